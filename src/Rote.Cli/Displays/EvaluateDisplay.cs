namespace Rote.Cli.Displays;

/// <summary>How far predicting is.</summary>
/// <param name="screen">Where to; silent under --quiet.</param>
/// <param name="total">Examples to predict.</param>
/// <param name="time">The clock.</param>
internal sealed class EvaluateDisplay(Screen screen, int total, TimeProvider time) : IProgress<int>, IDisposable
{
    private readonly ProgressLine _line = new(screen, time, TimeSpan.FromSeconds(5));

    public void Report(int value) =>
        _line.Show(elapsed =>
        {
            var rate = value / elapsed.TotalSeconds;
            return $"Predicted {value:N0} of {total:N0} examples, {rate:N0} a second, {(total - value) / rate:F0} s left";
        });

    /// <summary>Wipes the line.</summary>
    public void Dispose() => _line.Dispose();
}
