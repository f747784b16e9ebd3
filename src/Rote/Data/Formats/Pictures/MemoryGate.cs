namespace Rote.Data.Formats.Pictures;

/// <summary>Limits the bytes that all threads hold together. A thread that wants more than the limit waits until it is alone.</summary>
internal sealed class MemoryGate(long bytes)
{
    private readonly object _lock = new();
    private long _held;

    /// <summary>Waits for enough free bytes, does the work, and releases them.</summary>
    public T Hold<T>(long share, Func<T> work)
    {
        lock (_lock)
        {
            while (_held > 0 && _held + share > bytes)
            {
                Monitor.Wait(_lock);
            }

            _held += share;
        }

        try
        {
            return work();
        }
        finally
        {
            lock (_lock)
            {
                _held -= share;
                Monitor.PulseAll(_lock);
            }
        }
    }
}
