using System.CommandLine;
using System.Globalization;
using Rote.Data;
using Rote.Recipes;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Losses;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Cli.Commands;

/// <summary>The options that say how to train. What the user leaves out is the network's own (<see cref="NetworkRecipes"/>).</summary>
internal static class RecipeOptions
{
    private const string ByNetwork = "[default: by network]";

    private static readonly Option<int?> Epochs = new("--epochs")
    {
        Description = $"Passes over the training examples at most {ByNetwork}",
        HelpName = "N",
    };

    internal static readonly Option<int?> Batch = new("--batch") { Description = $"Examples a step {ByNetwork}", HelpName = "N" };

    private static readonly Option<double?> LearningRate = new("--learning-rate")
    {
        Description = $"Largest step size {ByNetwork}",
        HelpName = "X",
    };

    private static readonly Option<string?> Schedule = new("--schedule")
    {
        Description = $"How the step size changes: {string.Join(", ", ScheduleCatalog.Names)} {ByNetwork}",
        HelpName = "NAME",
    };

    private static readonly Option<string?> OptimizerName = new("--optimizer")
    {
        Description =
            $"How a gradient becomes a step: {string.Join(", ", OptimizerCatalog.Names)}; adam and adamw take steps of "
            + $"{Adam.UsualLearningRate} unless --learning-rate says otherwise [default: sgd]",
        HelpName = "NAME",
    };

    private static readonly Option<double?> Momentum = new("--momentum")
    {
        Description = "SGD's momentum, 0 to below 1 [default: 0.9]",
        HelpName = "X",
    };

    private static readonly Option<bool?> Nesterov = new("--nesterov")
    {
        Description = $"Steps of SGD that look ahead along the momentum, true or false {ByNetwork}",
    };

    private static readonly Option<double?> WeightDecay = new("--weight-decay")
    {
        Description = $"Coefficient λ of the penalty ½λ‖w‖²; of adamw's decay, which is apart from the gradient {ByNetwork}",
        HelpName = "X",
    };

    private static readonly Option<double?> Clip = new("--clip")
    {
        Description = "Shorten gradients to this norm [default: never]",
        HelpName = "X",
    };

    private static readonly Option<double?> LabelSmoothing = new("--label-smoothing")
    {
        Description = $"Share of every target that is spread over all classes {ByNetwork}",
        HelpName = "X",
    };

    private static readonly Option<string?> LossName = new("--loss")
    {
        Description =
            $"What a step makes smaller: {string.Join(", ", LossCatalog.Names)}; gce is generalized cross-entropy, elr early-learning "
            + $"regularization, selc self-ensemble label correction, sop sparse over-parameterization [default: cross-entropy]",
        HelpName = "NAME",
    };

    private static readonly Option<double?> MixupAlpha = new("--mixup")
    {
        Description = "Train on mixtures of two examples, in a proportion drawn from Beta(X, X) [default: none]",
        HelpName = "X",
    };

    private static readonly Option<string?> Augment = new("--augment")
    {
        Description =
            "Random changes of training images: none, or some of crop[=BORDER], flip, rotation[=DEGREES], color[=STRENGTH] with commas "
            + ByNetwork,
        HelpName = "LIST",
    };

    private static readonly Option<double?> Ema = new("--ema", "--average")
    {
        Description =
            $"Keep an exponential moving average (EMA) of the weights with this decay a step, as 0.999; 0 keeps the last ones {ByNetwork}",
        HelpName = "X",
    };

    private static readonly Option<double?> HoldOut = new("--hold-out")
    {
        Description = "Share of training examples kept away from training [default: 0; 0.1 with --patience]",
        HelpName = "X",
    };

    private static readonly Option<int?> Patience = new("--patience")
    {
        Description =
            "Early stopping: end after N evaluations without a new best on the held-out examples, and keep the best [default: off]",
        HelpName = "N",
    };

    private static readonly Option<string?> StopAt = new("--stop-at")
    {
        Description = $"Stop at this training accuracy, as 0.9995, or never {ByNetwork}",
        HelpName = "X",
    };

    private static readonly Option<double?> StopAtLoss = new("--stop-at-loss")
    {
        Description = "Stop at this training loss in nats, as 0.01; without --stop-at then at no accuracy [default: off]",
        HelpName = "X",
    };

    private static readonly Option<int?> EvaluateEvery = new("--evaluate-every")
    {
        Description = "Epochs between evaluations of all examples [default: 1; under the dial 5 for large data and networks]",
        HelpName = "N",
    };

    private static readonly Option<int?> TestEvery = new("--test-every")
    {
        Description =
            "Epochs between evaluations of the test examples; the network that is kept is always tested [default: with every evaluation]",
        HelpName = "N",
    };

    private static readonly Option<string?> Order = new("--order")
    {
        Description =
            "How the examples of an epoch are ordered: full shuffles all; chunks[=WINDOW] shuffles chunks of neighbours, then the "
            + "examples within so many, so that a packed set is read in few places [default: chunks for packed sets of more than 1 GiB, "
            + "else full]",
        HelpName = "WAY",
    };

    public static IEnumerable<Option> All =>
        [
            Epochs,
            Batch,
            LearningRate,
            Schedule,
            OptimizerName,
            Momentum,
            Nesterov,
            WeightDecay,
            Clip,
            LossName,
            MixupAlpha,
            LabelSmoothing,
            Augment,
            Ema,
            HoldOut,
            Patience,
            StopAt,
            StopAtLoss,
            EvaluateEvery,
            TestEvery,
            Order,
        ];

    /// <summary>The network's recipe with what the user asked for instead.</summary>
    /// <param name="parse">The command.</param>
    /// <param name="recipe">The network's own.</param>
    /// <param name="border">Border of a random crop whose size the user does not give: 0 where the network sees a part of the
    /// image.</param>
    /// <param name="train">What is trained on; null where it is not known yet.</param>
    /// <exception cref="InputException">A value is out of range or not known.</exception>
    public static Recipe Apply(ParseResult parse, Recipe recipe, int border, Dataset? train = null) =>
        recipe with
        {
            Epochs = parse.GetValue(Epochs) ?? recipe.Epochs,
            BatchSize = parse.GetValue(Batch) ?? recipe.BatchSize,
            LearningRate =
                parse.GetValue(LearningRate) ?? (Optimizer(parse, recipe) is Adam or AdamW ? Adam.UsualLearningRate : recipe.LearningRate),
            Schedule = parse.GetValue(Schedule) is { } schedule ? ScheduleCatalog.Find(schedule) : recipe.Schedule,
            Optimizer = Optimizer(parse, recipe),
            WeightDecay = parse.GetValue(WeightDecay) ?? recipe.WeightDecay,
            ClipNorm = parse.GetValue(Clip) ?? recipe.ClipNorm,
            Loss = Loss(parse),
            MixupAlpha = parse.GetValue(MixupAlpha),
            LabelSmoothing = parse.GetValue(LabelSmoothing) ?? (Loss(parse) is { TakesLabelSmoothing: false } ? 0 : recipe.LabelSmoothing),
            Augmentation = parse.GetValue(Augment) is { } changes ? Changes(changes, border) : recipe.Augmentation,
            AverageDecay = parse.GetValue(Ema) is { } decay ? (decay == 0 ? null : decay) : recipe.AverageDecay,
            HoldOut = parse.GetValue(HoldOut) ?? (parse.GetValue(Patience) is null ? recipe.HoldOut : 0.1),
            Patience = parse.GetValue(Patience) ?? recipe.Patience,
            StopAtTrainAccuracy =
                parse.GetValue(StopAt) is { } stop ? (stop == "never" ? null : Number("--stop-at", stop))
                : parse.GetValue(StopAtLoss) is null ? recipe.StopAtTrainAccuracy
                : null,
            StopAtTrainLoss = parse.GetValue(StopAtLoss) ?? recipe.StopAtTrainLoss,
            EvaluateEvery = parse.GetValue(EvaluateEvery) ?? recipe.EvaluateEvery,
            TestEvery = parse.GetValue(TestEvery) ?? recipe.TestEvery,
            Order = OrderOf(parse.GetValue(Order), train),
        };

    private static ChunkedOrder? OrderOf(string? text, Dataset? train)
    {
        var usual = train is null
            ? new ChunkedOrder()
            : ChunkedOrder.OfPictures(Math.Max(1L, (long)train.Height * train.Width * train.Channels));
        return text?.Split('=', 2) switch
        {
            null => train is null ? null : ChunkedOrder.For(train),
            ["full"] => null,
            ["chunks"] => usual,
            ["chunks", var window] => usual with { Window = Whole("--order chunks", window) },
            _ => throw new InputException($"--order is \"{text}\", expected full, chunks or chunks=WINDOW."),
        };
    }

    private static Loss? Loss(ParseResult parse) => parse.GetValue(LossName) is { } name ? LossCatalog.Find(name) : null;

    /// <summary>The requested optimizer; SGD keeps the numbers of the network's own recipe.</summary>
    private static Optimizer Optimizer(ParseResult parse, Recipe recipe)
    {
        var (momentum, nesterov) = (parse.GetValue(Momentum), parse.GetValue(Nesterov));
        var chosen = parse.GetValue(OptimizerName) is { } name ? OptimizerCatalog.Find(name) : recipe.Optimizer;
        if (chosen is Sgd sgd)
        {
            var own = recipe.Optimizer as Sgd ?? sgd;
            return own with { Momentum = momentum ?? own.Momentum, Nesterov = nesterov ?? (own.Nesterov && momentum is not 0) };
        }

        return momentum is null && nesterov is null
            ? chosen
            : throw new InputException(
                $"--momentum and --nesterov belong to SGD, and --optimizer is {parse.GetValue(OptimizerName)}; leave them out."
            );
    }

    private static Augmentation? Changes(string list, int border)
    {
        if (list == "none")
        {
            return null;
        }

        var augmentation = new Augmentation();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in list.Split(','))
        {
            var (name, value) = change.Split('=', 2) is [var left, var right] ? (left, right) : (change, null);
            if (!seen.Add(name))
            {
                throw new InputException($"--augment names '{name}' twice.");
            }

            augmentation = name switch
            {
                "crop" => augmentation with { CropPadding = value is null ? border : Whole("--augment crop", value) },
                "flip" when value is null => augmentation with { HorizontalFlip = true },
                "rotation" => augmentation with { RotationDegrees = value is null ? 25 : Number("--augment rotation", value) },
                "color" => augmentation with { Color = value is null ? 1 : Number("--augment color", value) },
                _ => throw Nearest.Unknown("augmentation", change, ["none", "crop", "flip", "rotation", "color"]),
            };
        }

        return augmentation;
    }

    private static int Whole(string option, string text) =>
        Number(option, text) is var value && double.IsInteger(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new InputException($"{option} is given '{text}', expected a whole number.");

    private static double Number(string option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new InputException($"{option} is given '{text}', expected a number.");
}
