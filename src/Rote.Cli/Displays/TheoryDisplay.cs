using Rote.Theory;

namespace Rote.Cli.Displays;

/// <summary>How far a computation is.</summary>
/// <param name="screen">Where to; silent under --quiet.</param>
/// <param name="time">The clock.</param>
internal sealed class TheoryDisplay(Screen screen, TimeProvider time) : IProgress<TheoryProgress>, IDisposable
{
    private readonly ProgressLine _line = new(screen, time, TimeSpan.FromSeconds(5));
    private string _part = "";

    public void Report(TheoryProgress value)
    {
        if (_line.Show(elapsed => $"{Line(value)} ({elapsed.TotalSeconds:F0} s)", isNew: value.What != _part))
        {
            _part = value.What;
        }
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose() => _line.Dispose();

    private static string Line(TheoryProgress value) =>
        value switch
        {
            { Unit.Length: 0 } => value.What,
            { Total: 0 } => $"{value.What}: {value.Done:N0} {value.Unit}",
            _ => $"{value.What}: {value.Done:N0} of {value.Total:N0} {value.Unit}",
        };
}
