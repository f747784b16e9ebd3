using System.Text.Json.Serialization;

using Rote.Training;

namespace Rote.Memorization.Tools;

/// <summary>Plain training that ends when memorization has reached a degree: the simplest tool there is, once memorization can be read.</summary>
/// <remarks>Its whole curve is in one run: the network after each epoch is what stopping there would have given.</remarks>
public sealed record EarlyStopping : ControlMethod
{
    /// <summary>The degree m to end at, in [0, 1]; null: only watch. Default null.</summary>
    /// <exception cref="InputException">The value is not in [0, 1], or not a number.</exception>
    public double? Target
    {
        get;
        init => field = value is null or (>= 0 and <= 1) ? value : throw new InputException($"The degree of memorization is {value}, expected a number from 0 to 1.");
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => Target is { } target ? $"early stopping at memorization {target}" : "plain training, watched";

    /// <inheritdoc/>
    public override TrainingMethod Create(ControlSetting setting) => new WatchedTraining(setting, Target);
}
