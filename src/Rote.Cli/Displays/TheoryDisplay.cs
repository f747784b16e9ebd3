using Rote.Theory;

namespace Rote.Cli.Displays;

/// <summary>How far a computation is, once it takes longer than two seconds: one line that is overwritten on a terminal, a line every five
/// seconds elsewhere.</summary>
internal sealed class TheoryDisplay : IProgress<TheoryProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private TimeSpan _told;
    private string _part = "";
    private int _shown;

    /// <param name="screen">Where to; silent under --quiet.</param>
    /// <param name="time">The clock.</param>
    public TheoryDisplay(Screen screen, TimeProvider time) => (_screen, _time, _begun) = (screen, time, time.GetTimestamp());

    public void Report(TheoryProgress value)
    {
        var elapsed = _time.GetElapsedTime(_begun);
        var pause = _screen.IsLive ? TimeSpan.FromSeconds(0.1) : TimeSpan.FromSeconds(5);
        var isNew = value.What != _part;
        if (_screen.Quiet || elapsed < Patience || (!isNew && elapsed - _told < pause))
        {
            return;
        }

        (_told, _part) = (elapsed, value.What);
        var line = $"{Line(value)} ({elapsed.TotalSeconds:F0} s)";
        if (_screen.IsLive)
        {
            _screen.PeopleWriter.Write("\r" + line.PadRight(_shown));
            _shown = line.Length;
        }
        else
        {
            _screen.Line(line);
        }
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        if (_shown > 0)
        {
            _screen.PeopleWriter.Write("\r" + new string(' ', _shown) + "\r");
        }
    }

    private static string Line(TheoryProgress value) =>
        value switch
        {
            { Unit.Length: 0 } => value.What,
            { Total: 0 } => $"{value.What}: {value.Done:N0} {value.Unit}",
            _ => $"{value.What}: {value.Done:N0} of {value.Total:N0} {value.Unit}",
        };
}
