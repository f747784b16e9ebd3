using Rote.Features;

namespace Rote.Cli.Displays;

/// <summary>How far the measuring of features is.</summary>
/// <param name="screen">Where to; silent under --quiet.</param>
/// <param name="time">The clock.</param>
internal sealed class FeaturesDisplay(Screen screen, TimeProvider time) : IProgress<FeatureProgress>, IDisposable
{
    private readonly ProgressLine _line = new(screen, time, TimeSpan.FromSeconds(5));

    public void Report(FeatureProgress value) =>
        _line.Show(elapsed => $"Step {value.Done + 1} of {value.Total}: {value.Doing} ({elapsed.TotalSeconds:F0} s)", isNew: true);

    /// <summary>Wipes the line.</summary>
    public void Dispose() => _line.Dispose();
}
