namespace Rote.Workers;

/// <summary>The pause between two looks at what others do: who has just begun wants to know soon, and who waits for hours needs no answer
/// every second from a shared disk or a busy controller.</summary>
public static class LookPause
{
    /// <summary>A tenth of the time so far.</summary>
    /// <param name="time">Since the first look.</param>
    /// <param name="shortest">The least pause.</param>
    /// <param name="longest">The greatest pause, which wins if it is below the least.</param>
    /// <returns>A pause between the two.</returns>
    public static TimeSpan After(TimeSpan time, TimeSpan shortest, TimeSpan longest)
    {
        var pause = time / 10;
        pause = pause < shortest ? shortest : pause;
        return pause > longest ? longest : pause;
    }
}
