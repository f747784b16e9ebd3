namespace Rote.Data.Download;

/// <summary>Counts the bytes that several threads read, and reports about ten times a second.</summary>
internal sealed class ByteProgress(string name, long total, IProgress<DownloadProgress>? target)
{
    private readonly Lock _lock = new();
    private long _done;
    private long _nextMilliseconds;

    /// <summary>Counts bytes that were read.</summary>
    public void Add(long bytes)
    {
        if (target is null)
        {
            return;
        }

        lock (_lock)
        {
            _done += bytes;
            var now = Environment.TickCount64;
            if (now >= _nextMilliseconds || _done == total)
            {
                _nextMilliseconds = now + 100;
                target.Report(new DownloadProgress(name, _done, total));
            }
        }
    }
}
