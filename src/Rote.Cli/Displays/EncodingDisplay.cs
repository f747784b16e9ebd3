using Rote.Data.Encoders;

namespace Rote.Cli.Displays;

/// <summary>How far encoding is.</summary>
/// <param name="screen">Where to; silent under --quiet.</param>
/// <param name="encoder">The encoder's name.</param>
/// <param name="time">The clock.</param>
internal sealed class EncodingDisplay(Screen screen, string encoder, TimeProvider time) : IProgress<EncodingProgress>, IDisposable
{
    private readonly ProgressLine _line = new(screen, time, TimeSpan.FromSeconds(10));

    public void Report(EncodingProgress value) =>
        _line.Show(_ =>
            $"Encoded {value.Done:N0} of {value.Total:N0} examples with {encoder}"
            + (value.PerSecond > 0 ? $", {value.PerSecond:N0} a second, {(value.Total - value.Done) / value.PerSecond:F0} s left" : "")
        );

    /// <summary>Wipes the line.</summary>
    public void Dispose() => _line.Dispose();
}
