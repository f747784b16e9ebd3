using Rote.Tensors;

namespace Rote.Training;

/// <summary>How a network is trained: stochastic gradient descent with momentum, and when to stop.</summary>
public sealed record Recipe
{
    /// <summary>Initial step size, above 0. Default 0.05.</summary>
    /// <exception cref="InputException">The value is not a positive number.</exception>
    public double LearningRate
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new InputException($"The learning rate is {value}, expected a number above 0.");
    }
    = 0.05;

    /// <summary>How the step size changes. Default: × 0.97 an epoch.</summary>
    public Schedule Schedule { get; init; } = new ExponentialSchedule { Decay = 0.97 };

    /// <summary>Momentum, in [0, 1). Default 0.9, the paper's.</summary>
    /// <exception cref="InputException">The value is not in [0, 1).</exception>
    public double Momentum
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new InputException($"The momentum is {value}, expected a number from 0 to below 1.");
    }
    = 0.9;

    /// <summary>Coefficient λ of the penalty ½λ‖w‖² on all parameters, at least 0. Default 0.</summary>
    /// <exception cref="InputException">The value is negative or not finite.</exception>
    public double WeightDecay
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new InputException($"The weight decay is {value}, expected 0 or a number above it.");
    }

    /// <summary>Examples a step, from 1 to 65,536; the last batch of an epoch may be smaller. Default 256.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int BatchSize
    {
        get;
        init => field = value is >= 1 and <= 65_536 ? value : throw new InputException($"The batch size is {value}, expected 1 to 65536.");
    }
    = 256;

    /// <summary>Passes over the training examples at most, from 1 to 100,000. Default 100.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int Epochs
    {
        get;
        init => field = value is >= 1 and <= 100_000 ? value : throw new InputException($"The number of epochs is {value}, expected 1 to 100000.");
    }
    = 100;

    /// <summary>Training stops after the epoch whose evaluated training accuracy reaches this share, in (0, 1]; null: never early. Default null.</summary>
    /// <exception cref="InputException">The value is not in (0, 1].</exception>
    public double? StopAtTrainAccuracy
    {
        get;
        init => field = value is null or (> 0 and <= 1)
            ? value
            : throw new InputException($"The training accuracy to stop at is {value}, expected a share above 0 and at most 1.");
    }

    /// <summary>Epochs between evaluations of the whole training and test set, at least 1; the last epoch is always evaluated. Default 1.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int EvaluateEvery
    {
        get;
        init => field = value >= 1 ? value : throw new InputException($"Evaluating every {value} epochs is not possible, expected at least 1.");
    }
    = 1;

    /// <summary>The format that layers compute in. Default bfloat16; <c>auto</c> is resolved before a recipe is made.</summary>
    public Precision Precision { get; init; } = Precision.BFloat16;

    /// <summary>The recipe in one line, for reports.</summary>
    /// <returns>As "SGD with momentum 0.9, learning rate 0.05 × 0.97 per epoch, batch 256, bfloat16".</returns>
    public string Describe()
    {
        var rate = $"learning rate {LearningRate} {Schedule.Title}".TrimEnd();
        var decay = WeightDecay > 0 ? $", weight decay {WeightDecay}" : "";
        return $"SGD with momentum {Momentum}, {rate}, batch {BatchSize}{decay}, {(Precision == Precision.BFloat16 ? "bfloat16" : "float32")}";
    }
}
