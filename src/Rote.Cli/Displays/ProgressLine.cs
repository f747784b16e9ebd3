namespace Rote.Cli.Displays;

/// <summary>One line that says how far something is, once it takes longer than two seconds: overwritten on a terminal, written anew every
/// so often elsewhere.</summary>
/// <param name="screen">Where to; silent under --quiet.</param>
/// <param name="time">The clock, which runs from now on.</param>
/// <param name="pause">Time between two lines where nothing can be overwritten.</param>
internal sealed class ProgressLine(Screen screen, TimeProvider time, TimeSpan pause) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LivePause = TimeSpan.FromSeconds(0.1);

    private readonly long _begun = time.GetTimestamp();
    private TimeSpan _told;
    private int _shown;

    /// <summary>Shows a line, unless it is too early for one.</summary>
    /// <param name="line">Makes the line, from the time since the beginning.</param>
    /// <param name="isNew">Whether it says that another part has begun: that does not wait for its turn.</param>
    /// <returns>Whether it was shown.</returns>
    public bool Show(Func<TimeSpan, string> line, bool isNew = false)
    {
        var elapsed = time.GetElapsedTime(_begun);
        var isTooEarly = !isNew && _told > TimeSpan.Zero && elapsed - _told < (screen.IsLive ? LivePause : pause);
        if (screen.Quiet || elapsed < Patience || isTooEarly)
        {
            return false;
        }

        _told = elapsed;
        var text = line(elapsed);
        if (screen.IsLive)
        {
            screen.PeopleWriter.Write("\r" + text.PadRight(_shown));
            _shown = text.Length;
        }
        else
        {
            screen.Line(text);
        }

        return true;
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        if (_shown > 0)
        {
            screen.PeopleWriter.Write("\r" + new string(' ', _shown) + "\r");
        }
    }
}
