using System.Text.Json.Serialization;

namespace Rote.Training;

/// <summary>How the step size changes from epoch to epoch.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConstantSchedule), "constant")]
[JsonDerivedType(typeof(ExponentialSchedule), "exponential")]
[JsonDerivedType(typeof(CosineSchedule), "cosine")]
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>The schedule in words, empty for a constant one.</summary>
    [JsonIgnore]
    public abstract string Title { get; }

    /// <summary>The factor on the initial step size.</summary>
    /// <param name="epoch">The epoch about to be trained, from 0.</param>
    /// <param name="epochs">Epochs planned, above <paramref name="epoch"/>.</param>
    /// <returns>A factor in [0, 1].</returns>
    public abstract double Factor(int epoch, int epochs);
}

/// <summary>The step size stays.</summary>
public sealed record ConstantSchedule : Schedule
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "";

    /// <inheritdoc/>
    public override double Factor(int epoch, int epochs) => 1;
}

/// <summary>The step size is multiplied by a factor after every epoch.</summary>
/// <remarks>Zhang et al. 2017, appendix A: 0.95.</remarks>
public sealed record ExponentialSchedule : Schedule
{
    /// <summary>Factor an epoch, in (0, 1]. Default 0.95, the paper's.</summary>
    /// <exception cref="InputException">The value is not in (0, 1].</exception>
    public double Decay
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw new InputException($"The decay of the learning rate is {value}, expected a number above 0 and at most 1.");
    }
    = 0.95;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"× {Decay} per epoch";

    /// <inheritdoc/>
    public override double Factor(int epoch, int epochs) => Math.Pow(Decay, epoch);
}

/// <summary>Half a cosine from the initial step size down to 0 at the end of the last epoch.</summary>
/// <remarks>Loshchilov and Hutter 2017 (arXiv:1608.03983), equation 5 with one period and η_min = 0.</remarks>
public sealed record CosineSchedule : Schedule
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "falling to 0 on a half cosine";

    /// <inheritdoc/>
    public override double Factor(int epoch, int epochs) => 0.5 * (1 + Math.Cos(Math.PI * epoch / epochs));
}
