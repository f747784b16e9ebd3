using System.Text.Json.Serialization;

namespace Rote.Training.Schedules;

/// <summary>How the step size changes while training goes on. Its name in JSON is the name the command uses; <see
/// cref="ScheduleCatalog.Register"/> adds one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConstantSchedule), "constant")]
[JsonDerivedType(typeof(ExponentialSchedule), "exponential")]
[JsonDerivedType(typeof(StepSchedule), "step")]
[JsonDerivedType(typeof(CosineSchedule), "cosine")]
[JsonDerivedType(typeof(OneCycleSchedule), "one-cycle")]
public abstract record Schedule
{
    /// <summary>The schedule in words, empty for a constant one.</summary>
    [JsonIgnore]
    public abstract string Title { get; }

    /// <summary>The factor on the step size at one step.</summary>
    /// <param name="epoch">Epochs done, from 0 to below <paramref name="epochs"/>; 2.5 is the middle of the third.</param>
    /// <param name="epochs">Epochs planned.</param>
    /// <returns>A factor in [0, 1].</returns>
    public abstract double Factor(double epoch, int epochs);
}

/// <summary>The step size stays.</summary>
public sealed record ConstantSchedule : Schedule
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "";

    /// <inheritdoc/>
    public override double Factor(double epoch, int epochs) => 1;
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
        init =>
            field = value is > 0 and <= 1
                ? value
                : throw new InputException($"The decay of the learning rate is {value}, expected a number above 0 and at most 1.");
    } = 0.95;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"× {Decay} per epoch";

    /// <inheritdoc/>
    public override double Factor(double epoch, int epochs) => Math.Pow(Decay, Math.Floor(epoch));
}

/// <summary>The step size is multiplied by a factor after every so many epochs, as torch.optim.lr_scheduler.StepLR.</summary>
public sealed record StepSchedule : Schedule
{
    /// <summary>Epochs from one change to the next, at least 1. Default 30, PyTorch's example.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int Every
    {
        get;
        init =>
            field =
                value >= 1 ? value : throw new InputException($"The learning rate cannot fall every {value} epochs, expected at least 1.");
    } = 30;

    /// <summary>The factor, in (0, 1]. Default 0.1.</summary>
    /// <exception cref="InputException">The value is not in (0, 1].</exception>
    public double Decay
    {
        get;
        init =>
            field = value is > 0 and <= 1
                ? value
                : throw new InputException($"The decay of the learning rate is {value}, expected a number above 0 and at most 1.");
    } = 0.1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"× {Decay} every {Every} epochs";

    /// <inheritdoc/>
    public override double Factor(double epoch, int epochs) => Math.Pow(Decay, Math.Floor(epoch / Every));
}

/// <summary>Half a cosine from the initial step size at the first step down to 0 at the end of the last epoch.</summary>
/// <remarks>Loshchilov and Hutter 2017 (arXiv:1608.03983), equation 5 with one period and η_min = 0.</remarks>
public sealed record CosineSchedule : Schedule
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "falling to 0 on a half cosine";

    /// <inheritdoc/>
    public override double Factor(double epoch, int epochs) => 0.5 * (1 + Math.Cos(Math.PI * epoch / epochs));
}

/// <summary>The step size rises in a straight line to its full value and falls in a straight line to 0.</summary>
/// <remarks>Smith and Topin 2018 (arXiv:1708.07120); its momentum, which falls and rises the other way, is left constant here.</remarks>
public sealed record OneCycleSchedule : Schedule
{
    /// <summary>Share of the training that the rise takes, in (0, 1). Default 0.25.</summary>
    /// <exception cref="InputException">The value is not in (0, 1).</exception>
    public double WarmUp
    {
        get;
        init =>
            field = value is > 0 and < 1
                ? value
                : throw new InputException(
                    $"The share of training in which the learning rate rises is {value}, expected a number between 0 and 1."
                );
    } = 0.25;

    /// <summary>Factor at the first step, in [0, 1]. Default 0.2.</summary>
    /// <exception cref="InputException">The value is not in [0, 1].</exception>
    public double Start
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new InputException($"The cycle starts at {value} of the learning rate, expected 0 to 1.");
    } = 0.2;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"in one cycle: from {Start} of it up for {WarmUp:P0} of the epochs, then down to 0";

    /// <inheritdoc/>
    public override double Factor(double epoch, int epochs)
    {
        var done = epoch / epochs;
        return done < WarmUp ? Start + ((1 - Start) * done / WarmUp) : (1 - done) / (1 - WarmUp);
    }
}
