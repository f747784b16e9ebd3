using Rote.Data.Encoders;

namespace Rote.Cli.Displays;

/// <summary>How far encoding is, once it takes longer than two seconds: one line that is overwritten on a terminal, a line every ten
/// seconds elsewhere.</summary>
internal sealed class EncodingDisplay : IProgress<EncodingProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Screen _screen;
    private readonly string _encoder;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private TimeSpan _told;
    private int _shown;

    /// <param name="screen">Where to; silent under --quiet.</param>
    /// <param name="encoder">The encoder's name.</param>
    /// <param name="time">The clock.</param>
    public EncodingDisplay(Screen screen, string encoder, TimeProvider time) =>
        (_screen, _encoder, _time, _begun) = (screen, encoder, time, time.GetTimestamp());

    public void Report(EncodingProgress value)
    {
        var elapsed = _time.GetElapsedTime(_begun);
        var pause = _screen.IsLive ? TimeSpan.FromSeconds(0.1) : TimeSpan.FromSeconds(10);
        if (_screen.Quiet || elapsed < Patience || (_told > TimeSpan.Zero && elapsed - _told < pause))
        {
            return;
        }

        _told = elapsed;
        var rest = value.PerSecond > 0 ? $", {value.PerSecond:N0} a second, {(value.Total - value.Done) / value.PerSecond:F0} s left" : "";
        var line = $"Encoded {value.Done:N0} of {value.Total:N0} examples with {_encoder}{rest}";
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
