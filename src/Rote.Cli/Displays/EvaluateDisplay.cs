namespace Rote.Cli.Displays;

/// <summary>How far predicting is, once it takes longer than two seconds: one line that is overwritten on a terminal, a line every five
/// seconds elsewhere.</summary>
internal sealed class EvaluateDisplay : IProgress<int>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Screen _screen;
    private readonly int _total;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private TimeSpan _told;
    private int _shown;

    /// <param name="screen">Where to; silent under --quiet.</param>
    /// <param name="total">Examples to predict.</param>
    /// <param name="time">The clock.</param>
    public EvaluateDisplay(Screen screen, int total, TimeProvider time) =>
        (_screen, _total, _time, _begun) = (screen, total, time, time.GetTimestamp());

    public void Report(int value)
    {
        var elapsed = _time.GetElapsedTime(_begun);
        var pause = _screen.IsLive ? TimeSpan.FromSeconds(0.1) : TimeSpan.FromSeconds(5);
        if (_screen.Quiet || elapsed < Patience || (_told > TimeSpan.Zero && elapsed - _told < pause))
        {
            return;
        }

        _told = elapsed;
        var rate = value / elapsed.TotalSeconds;
        var line = $"Predicted {value:N0} of {_total:N0} examples, {rate:N0} a second, {(_total - value) / rate:F0} s left";
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
}
