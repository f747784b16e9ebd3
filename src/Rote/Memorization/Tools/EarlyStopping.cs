using System.Text.Json.Serialization;
using Rote.Training;

namespace Rote.Memorization.Tools;

/// <summary>Plain training that ends when memorization has reached a degree: the simplest tool there is, once memorization can be
/// read.</summary>
public sealed record EarlyStopping : ControlMethod
{
    /// <summary>The degree m to end at, in [0, 1].</summary>
    /// <exception cref="InputException">The value is not in [0, 1], or not a number.</exception>
    public required double Target
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new InputException($"The degree of memorization is {value}, expected a number from 0 to 1.");
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"early stopping at memorization {Target}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsPlain => true;

    /// <inheritdoc/>
    public override TrainingMethod Create(ControlSetting setting) => new WatchedTraining(setting, Target);
}
