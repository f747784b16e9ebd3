using System.Text.Json.Serialization;
using Rote.Tensors;
using Rote.Training.Augmentations;
using Rote.Training.Losses;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Training;

/// <summary>How a network is trained: the steps of gradient descent, what holds them back, and when to stop.</summary>
public sealed record Recipe
{
    /// <summary>Largest step size, above 0. Default 0.05.</summary>
    /// <exception cref="InputException">The value is not a positive number.</exception>
    public double LearningRate
    {
        get;
        init =>
            field =
                value > 0 && double.IsFinite(value)
                    ? value
                    : throw new InputException($"The learning rate is {value}, expected a number above 0.");
    } = 0.05;

    /// <summary>How the step size changes. Default: × 0.97 an epoch.</summary>
    public Schedule Schedule { get; init; } = new ExponentialSchedule { Decay = 0.97 };

    /// <summary>How a gradient becomes a step. Default: SGD with momentum 0.9.</summary>
    /// <remarks>In JSON, SGD's members stay in the recipe itself, so that older experiments keep their identity. Another optimizer is the
    /// member <c>optimizer</c>.</remarks>
    [JsonIgnore]
    public Optimizer Optimizer { get; init; } = new Sgd();

    /// <summary>How much of the last step goes into the next under SGD, in [0, 1); null under another optimizer.</summary>
    /// <seealso cref="Sgd.Momentum"/>
    /// <exception cref="InputException">The value is not in [0, 1), or the optimizer is another one.</exception>
    public double? Momentum
    {
        get => (Optimizer as Sgd)?.Momentum;
        init => Optimizer = value is { } momentum ? OfSgd("momentum") with { Momentum = momentum } : Optimizer;
    }

    /// <summary>Whether SGD's momentum is Nesterov's; null under another optimizer.</summary>
    /// <seealso cref="Sgd.Nesterov"/>
    /// <exception cref="InputException">The optimizer is another one.</exception>
    public bool? Nesterov
    {
        get => (Optimizer as Sgd)?.Nesterov;
        init => Optimizer = value is { } nesterov ? OfSgd("Nesterov step") with { Nesterov = nesterov } : Optimizer;
    }

    /// <summary>Coefficient λ of the penalty ½λ‖w‖² on all parameters, at least 0; with <see cref="AdamW"/> of the decay that is apart from
    /// the gradient. Default 0.</summary>
    /// <exception cref="InputException">The value is negative or not finite.</exception>
    public double WeightDecay
    {
        get;
        init =>
            field =
                value >= 0 && double.IsFinite(value)
                    ? value
                    : throw new InputException($"The weight decay is {value}, expected 0 or a number above it.");
    }

    /// <summary>Gradients of all parameters together are shortened to this Euclidean length if they are longer; above 0; null: never.
    /// Default null.</summary>
    /// <exception cref="InputException">The value is not a positive number.</exception>
    public double? ClipNorm
    {
        get;
        init =>
            field =
                value is null || (value > 0 && double.IsFinite(value.Value))
                    ? value
                    : throw new InputException($"The gradient's largest norm is {value}, expected a number above 0.");
    }

    /// <summary>What a step makes smaller; null: <see cref="CrossEntropy"/>, so that one recipe has one record. Default null.</summary>
    public Loss? Loss
    {
        get;
        init => field = value is CrossEntropy ? null : value;
    }

    /// <summary>α of mixup: mixtures of two examples are trained on, in a proportion drawn from Beta(α, α) a step; small values mix little,
    /// large ones halve; above 0; null: no mixup. Default null.</summary>
    /// <remarks>Zhang et al. 2018 (arXiv:1710.09412).</remarks>
    /// <exception cref="InputException">The value is not a positive number.</exception>
    public double? MixupAlpha
    {
        get;
        init =>
            field =
                value is null || (value > 0 && double.IsFinite(value.Value))
                    ? value
                    : throw new InputException($"The α of mixup is {value}, expected a number above 0.");
    }

    /// <summary>Share s of every target that is spread evenly over all classes, in [0, 1): 1 − s + s/K for the label, s/K for the others.
    /// Default 0.</summary>
    /// <remarks>Szegedy et al. 2016 (arXiv:1512.00567), section 7.</remarks>
    /// <exception cref="InputException">The value is not in [0, 1).</exception>
    public double LabelSmoothing
    {
        get;
        init =>
            field = value is >= 0 and < 1
                ? value
                : throw new InputException($"The label smoothing is {value}, expected a number from 0 to below 1.");
    }

    /// <summary>Random changes of the training images; null: none. Default null.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Decay of the EMA of the weights: the network that is evaluated and kept has averaged weights, each older step weighing this
    /// factor less; in (0, 1); null: the last weights. Default null.</summary>
    /// <exception cref="InputException">The value is not in (0, 1).</exception>
    public double? AverageDecay
    {
        get;
        init =>
            field = value is null or (> 0 and < 1)
                ? value
                : throw new InputException($"The decay of the averaged weights is {value}, expected a number between 0 and 1.");
    }

    /// <summary>Examples a step, from 1 to 65,536; the last batch of an epoch may be smaller. Default 256.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int BatchSize
    {
        get;
        init => field = value is >= 1 and <= 65_536 ? value : throw new InputException($"The batch size is {value}, expected 1 to 65536.");
    } = 256;

    /// <summary>Passes over the training examples at most, from 1 to 100,000. Default 100.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int Epochs
    {
        get;
        init =>
            field = value is >= 1 and <= 100_000
                ? value
                : throw new InputException($"The number of epochs is {value}, expected 1 to 100000.");
    } = 100;

    /// <summary>How the order of examples that do not fit into memory is drawn; null: all of them are shuffled. Default null.</summary>
    public ChunkedOrder? Order { get; init; }

    /// <summary>Training stops after the epoch whose evaluated training accuracy reaches this share, in (0, 1]; null: never for this
    /// reason. Default null.</summary>
    /// <exception cref="InputException">The value is not in (0, 1].</exception>
    public double? StopAtTrainAccuracy
    {
        get;
        init =>
            field = value is null or (> 0 and <= 1)
                ? value
                : throw new InputException($"The training accuracy to stop at is {value}, expected a share above 0 and at most 1.");
    }

    /// <summary>Training stops after the epoch whose evaluated mean cross-entropy over the training examples, against the labels given, in
    /// nats, is at most this; above 0; null: never for this reason. Default null.</summary>
    /// <remarks>Networks that are compared for what they have become are compared at one loss: accuracy stands still at 100 % while margins
    /// grow. Jiang et al. 2020 (arXiv:1912.02178), section 4.</remarks>
    /// <exception cref="InputException">The value is not a positive number.</exception>
    public double? StopAtTrainLoss
    {
        get;
        init =>
            field =
                value is null || (value > 0 && double.IsFinite(value.Value))
                    ? value
                    : throw new InputException($"The training loss to stop at is {value}, expected a number above 0.");
    }

    /// <summary>Share of the training examples that are kept away from training, to stop by and to watch, in [0, 0.9]. Default 0.</summary>
    /// <exception cref="InputException">The value is not in [0, 0.9].</exception>
    public double HoldOut
    {
        get;
        init =>
            field = value is >= 0 and <= 0.9
                ? value
                : throw new InputException($"The share of examples held out is {value}, expected 0 to 0.9.");
    }

    /// <summary>Training stops after so many evaluated epochs without a new best accuracy on the examples held out, and keeps the network
    /// of the best epoch (the first of equals); at least 1; null: never for this reason. Needs <see cref="HoldOut"/>. Default
    /// null.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int? Patience
    {
        get;
        init =>
            field = value is null or >= 1
                ? value
                : throw new InputException($"The patience of early stopping is {value} epochs, expected at least 1.");
    }

    /// <summary>Epochs between evaluations of the whole training set, and of the examples held out, at least 1; the last epoch is always
    /// evaluated. Default 1.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int EvaluateEvery
    {
        get;
        init =>
            field = value >= 1 ? value : throw new InputException($"Evaluating every {value} epochs is not possible, expected at least 1.");
    } = 1;

    /// <summary>Epochs between evaluations of the whole test set, at least 1; null: with every evaluation of the training set. Default
    /// null.</summary>
    /// <remarks>The network that is kept is always tested: after the last epoch, after the one that reaches the training accuracy asked
    /// for, and with the weights that early stopping goes back to. A test set evaluated rarely saves its time and changes no
    /// weight.</remarks>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int? TestEvery
    {
        get;
        init =>
            field = value is null or >= 1
                ? value
                : throw new InputException($"Testing every {value} epochs is not possible, expected at least 1.");
    }

    /// <summary>The format that layers compute in. Default bfloat16; <c>auto</c> is resolved before a recipe is made.</summary>
    public Precision Precision { get; init; } = Precision.BFloat16;

    /// <summary>Where it is computed. Default: the processor; <c>auto</c> is resolved before a recipe is made.</summary>
    /// <remarks>Part of what a run is, as the precision: a GPU adds in another order, which gives other last bits. The number of the GPU is
    /// not. Files name a GPU alone, so that runs on the processor keep the names they had before there was a choice.</remarks>
    [JsonIgnore]
    public ComputeDevice Device { get; init; }

    /// <summary>Steps in an epoch; the last batch may be smaller.</summary>
    /// <param name="examples">Training examples.</param>
    internal int StepsAnEpoch(int examples) => (examples + BatchSize - 1) / BatchSize;

    /// <summary>Refuses members that make sense alone but not together.</summary>
    /// <exception cref="InputException">Early stopping without examples to stop by, a loss with label smoothing or mixup that it does not
    /// have, or Nesterov's step without momentum.</exception>
    public void RequireConsistent()
    {
        if (Patience is not null && HoldOut == 0)
        {
            throw new InputException(
                $"Early stopping needs training examples that are held out, and none are: set {Setting.HoldOut}, as to 0.1."
            );
        }

        if (Loss is { TakesLabelSmoothing: false } loss && LabelSmoothing > 0)
        {
            throw new InputException(
                $"The label smoothing is {LabelSmoothing}, and {loss.Title} has none: set it to 0, or choose cross-entropy."
            );
        }

        if (Loss is { TakesMixup: false } plain && MixupAlpha is not null)
        {
            throw new InputException($"Mixup mixes two examples, and {plain.Title} remembers each one by itself: leave one of them out.");
        }

        if (Optimizer is Sgd { Nesterov: true, Momentum: 0 })
        {
            throw new InputException(
                "Nesterov's step looks ahead along the momentum, and the momentum is 0: give a momentum, or take the plain step."
            );
        }
    }

    /// <summary>Whether an epoch has the training accuracy or the training loss at which training stops.</summary>
    /// <param name="metrics">An evaluated epoch.</param>
    /// <returns>Null where the recipe stops at neither.</returns>
    public bool? IsReached(EpochMetrics metrics) =>
        StopAtTrainAccuracy is null && StopAtTrainLoss is null
            ? null
            : metrics.TrainAccuracy >= StopAtTrainAccuracy || metrics.TrainLoss <= StopAtTrainLoss;

    /// <summary>The recipe in one line, for reports.</summary>
    /// <returns>As "SGD with momentum 0.9, learning rate 0.05 × 0.97 per epoch, batch 256, bfloat16".</returns>
    public string Describe() =>
        string.Join(
            ", ",
            new[]
            {
                Optimizer.Title,
                $"learning rate {LearningRate} {Schedule.Title}".TrimEnd(),
                $"batch {BatchSize}",
                WeightDecay > 0 ? $"weight decay {WeightDecay}" : "",
                ClipNorm is { } norm ? $"gradients clipped to norm {norm}" : "",
                Loss?.Title ?? "",
                MixupAlpha is { } alpha ? $"mixup with α = {alpha}" : "",
                LabelSmoothing > 0 ? $"label smoothing {LabelSmoothing}" : "",
                Augmentation?.Describe() ?? "",
                Order?.Describe() ?? "",
                AverageDecay is { } decay ? $"weights averaged with decay {decay:0.#####}" : "",
                HoldOut > 0 ? $"{HoldOut:P0} of the examples held out" : "",
                Patience is { } patience ? $"early stopping with patience {patience}" : "",
                Precision == Precision.BFloat16 ? "bfloat16" : "float32",
                Device.IsGpu ? "on a GPU" : "",
            }.Where(part => part.Length > 0)
        );

    /// <summary>How weights are changed; null for SGD, whose own members stand beside this one.</summary>
    [JsonInclude]
    [JsonPropertyName("optimizer")]
    private Optimizer? OtherThanSgd
    {
        get => Optimizer is Sgd ? null : Optimizer;
        init => Optimizer = value ?? Optimizer;
    }

    /// <summary>The kind of device; null for the processor.</summary>
    [JsonInclude]
    [JsonPropertyName("device")]
    private DeviceKind? OtherThanCpu
    {
        get => Device.IsGpu ? Device.Kind : null;
        init => Device = ComputeDevice.First(value ?? DeviceKind.Cpu);
    }

    private Sgd OfSgd(string member) =>
        Optimizer as Sgd ?? throw new InputException($"{Optimizer.Title} has no {member}: that belongs to SGD; leave it out.");
}
