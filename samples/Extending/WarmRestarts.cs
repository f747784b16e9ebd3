using System.Text.Json.Serialization;
using Rote.Foundation;
using Rote.Training.Schedules;

namespace Extending;

/// <summary>A schedule: half a cosine from the full step size to 0, and again from the start.</summary>
/// <remarks>SGDR: Loshchilov and Hutter 2017 (arXiv:1608.03983), equation 5 with periods of one length.</remarks>
public sealed record WarmRestarts : Schedule
{
    internal const int DefaultEvery = 10;

    /// <summary>Epochs of a period, at least 1. Default 10.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int Every
    {
        get;
        init => field = value >= 1 ? value : throw new InputException($"The step size restarts every {value} epochs, expected at least 1.");
    } = DefaultEvery;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"on half a cosine, restarted every {Every} epochs";

    /// <inheritdoc/>
    public override double Factor(double epoch, int epochs) => 0.5 * (1 + Math.Cos(Math.PI * (epoch % Every) / Every));
}
