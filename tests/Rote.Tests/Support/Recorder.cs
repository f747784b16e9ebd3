using Rote.Data.Download;

namespace Rote.Tests.Support;

/// <summary>Keeps what a fetch tells.</summary>
internal sealed class Recorder : IProgress<DownloadProgress>
{
    private readonly List<DownloadProgress> _all = [];

    public IReadOnlyList<DownloadProgress> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    public string Notes => string.Join("\n", All.Where(p => p.IsNote).Select(p => p.Text));

    public void Report(DownloadProgress value)
    {
        lock (_all)
        {
            _all.Add(value);
        }
    }
}
