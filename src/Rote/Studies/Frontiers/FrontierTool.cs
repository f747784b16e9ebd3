using Rote.Memorization;
using Rote.Memorization.Tools;
using Rote.Networks;
using Rote.Recipes;
using Rote.Training;
using Rote.Training.Losses;
using Rote.Training.Schedules;

namespace Rote.Studies.Frontiers;

/// <summary>How a tool's curve is made.</summary>
public enum FrontierKind
{
    /// <summary>One run per target degree; its point is the final network.</summary>
    Dial,

    /// <summary>As the dial, without one part, to measure the effect of the part.</summary>
    Part,

    /// <summary>One run; its points are the epochs where training could have stopped.</summary>
    Path,

    /// <summary>One run; its points are the degrees that its two networks are set to.</summary>
    Adjustable,
}

/// <summary>One way to trade memorization against accuracy.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">A few words for figures and tables.</param>
/// <param name="Kind">How its curve is made.</param>
/// <param name="Method">Returns the control of a run from its target degree.</param>
/// <param name="Change">Changes the recipe that all tools share.</param>
public sealed record FrontierTool(
    string Name,
    string Title,
    FrontierKind Kind,
    Func<double, ControlMethod> Method,
    Func<Recipe, Recipe> Change
)
{
    /// <summary>Whether it has one run for each target degree.</summary>
    public bool HasTargets => Kind is FrontierKind.Dial or FrontierKind.Part;

    /// <summary>Dropout rate; null: that of the network.</summary>
    public double? Dropout { get; init; }

    /// <summary>Example-tied dropout of the network; null: that of the network.</summary>
    public ExampleTiedDropout? TiedDropout { get; init; }

    /// <summary>Whether a network has what the tool changes.</summary>
    /// <param name="network">The network.</param>
    public bool Suits(NetworkSpec network) =>
        (TiedDropout is null || network.CanBeTied) && (Dropout is null || network.CanDrop) && Method(1).Refusal(network) is null;

    /// <summary>All tools; the dial first.</summary>
    /// <remarks>The base recipe is the dial's starting point: augmentation, weight decay and averaged weights. Each blunt tool is combined
    /// with early stopping, as in practice, because none ends at a degree by itself. Each has one or two strengths, from its paper or
    /// common use; the dial has none to choose.</remarks>
    public static IReadOnlyList<FrontierTool> All { get; } =
    [
        new("dial", "dial", FrontierKind.Dial, target => new MemorizationDial { Target = target }, recipe => recipe),
        new(
            "adjustable",
            "one training for every degree",
            FrontierKind.Adjustable,
            _ => new AdjustableMemorization(),
            DialRecipe.ForEveryDegree
        ),
        Blunt("plain", "nothing but early stopping", recipe => recipe with { WeightDecay = 0, AverageDecay = null, Augmentation = null }),
        Blunt("average", "averaged weights", recipe => recipe with { WeightDecay = 0, Augmentation = null }),
        Blunt("augmentation", "augmentation, averaged weights", recipe => recipe with { WeightDecay = 0 }),
        Blunt("base", "base recipe", recipe => recipe),
        Blunt("weight-decay", "base recipe, weight decay × 10", recipe => recipe with { WeightDecay = 10 * recipe.WeightDecay }),
        Blunt("label-smoothing", "base recipe, label smoothing 0.2", recipe => recipe with { LabelSmoothing = 0.2 }),
        Blunt("dropout", "base recipe, dropout 0.5", recipe => recipe) with
        {
            Dropout = 0.5,
        },
        Blunt("example-tied", "base recipe, example-tied dropout", recipe => recipe) with
        {
            TiedDropout = new ExampleTiedDropout(),
        },
        new(
            "two-phases",
            "the dial's two phases without the dial",
            FrontierKind.Path,
            _ => new MemorizationDial { Target = 1, Parts = DialParts.None },
            recipe => recipe
        ),
        Blunt("elr", "base recipe, early-learning regularization", recipe => recipe with { Loss = new EarlyLearningRegularization() }),
        Blunt("selc", "base recipe, self-ensemble label correction", recipe => recipe with { Loss = new SelfEnsembleLabelCorrection() }),
        Blunt("sop", "base recipe, sparse over-parameterization", recipe => recipe with { Loss = new SparseOverparameterization() }),
        Blunt("co-teaching", "base recipe, co-teaching", recipe => recipe with { Epochs = (recipe.Epochs + 1) / 2 }) with // two networks
        {
            Method = _ => new CoTeaching(),
        },
        new(
            "dividemix",
            "base recipe, DivideMix",
            FrontierKind.Path,
            _ => new DivideMix(),
            recipe => Longer(recipe) with { Epochs = DivideMix.EpochsAtCost(Longer(recipe).Epochs) }
        ),
        Blunt("dp-sgd", "base recipe, DP-SGD", recipe => recipe) with
        {
            Method = _ => new DpSgd(),
        },
        Blunt("gce", "base recipe, generalized cross-entropy", recipe => recipe with { Loss = new GeneralizedCrossEntropy() }),
        Blunt("mixup", "base recipe, mixup", recipe => recipe with { MixupAlpha = 8 }),
    ];

    /// <summary>The dial without each of its parts.</summary>
    public static IReadOnlyList<FrontierTool> Parts { get; } =
    [
        Without(DialParts.Robust, "robust", "the robust loss"),
        Without(DialParts.Tempering, "tempering", "tempering"),
        Without(DialParts.Views, "views", "views"),
        Without(DialParts.Gate, "gate", "the gate"),
        Without(DialParts.Trust, "trust", "trust"),
        Without(DialParts.Anchors, "anchors", "anchors"),
        Without(DialParts.Boost, "boost", "boost"),
        Without(DialParts.Feedback, "feedback", "feedback"),
    ];

    /// <summary>Finds a tool.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The tool.</returns>
    /// <exception cref="InputException">The name is unknown; the message suggests the nearest one.</exception>
    public static FrontierTool Find(string name) =>
        All.Concat(Parts).FirstOrDefault(tool => tool.Name == name)
        ?? throw Nearest.Unknown("tool", name, [.. All.Concat(Parts).Select(tool => tool.Name)]);

    private static FrontierTool Without(DialParts part, string name, string words) =>
        new(
            $"dial-without-{name}",
            $"dial without {words}",
            FrontierKind.Part,
            target => new MemorizationDial { Target = target, Parts = DialParts.All & ~part },
            recipe => recipe
        );

    private static FrontierTool Blunt(string name, string title, Func<Recipe, Recipe> change) =>
        new(name, title, FrontierKind.Path, _ => new WatchedMemorization(), recipe => Longer(change(recipe)));

    /// <summary>Trains on at least as many images as the dial at m = 1, and on more than the dial below. In its second phase (three
    /// quarters of the epochs, or 0.55 where pictures are cropped) the dial adds half of what is to be memorized, and up to six tenths of
    /// the examples.</summary>
    private static Recipe Longer(Recipe recipe) =>
        recipe with
        {
            Epochs = ((recipe.Epochs * 5) + 3) / 4,
            Schedule = new OneCycleSchedule { WarmUp = 0.1 },
        };
}
