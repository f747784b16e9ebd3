namespace Rote.Data.Formats.Pictures;

/// <summary>Lets threads hold so many bytes together and no more; one that wants more than all of it waits until it is alone.</summary>
internal sealed class MemoryGate(long bytes)
{
    private readonly object _lock = new();
    private long _held;

    /// <summary>Waits for its turn, works, and lets others in.</summary>
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
