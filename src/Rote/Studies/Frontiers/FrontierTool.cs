using Rote.Memorization;
using Rote.Memorization.Tools;
using Rote.Training;
using Rote.Training.Losses;
using Rote.Training.Schedules;

namespace Rote.Studies.Frontiers;

/// <summary>How a tool's curve comes about.</summary>
public enum FrontierKind
{
    /// <summary>A run for every degree asked for; its point is what the run ended with.</summary>
    Dial,

    /// <summary>As the dial, with a part left out, to show what the part is worth.</summary>
    Part,

    /// <summary>One run; its points are where training might have stopped.</summary>
    Path,
}

/// <summary>One way to trade memorization against accuracy.</summary>
/// <param name="Name">What the command calls it.</param>
/// <param name="Title">A few words for pictures and tables.</param>
/// <param name="Kind">How its curve comes about.</param>
/// <param name="Method">What controls a run that is asked for a degree.</param>
/// <param name="Change">What it changes in the recipe that all tools share.</param>
public sealed record FrontierTool(
    string Name,
    string Title,
    FrontierKind Kind,
    Func<double, ControlMethod> Method,
    Func<Recipe, Recipe> Change
)
{
    /// <summary>Share of hidden values dropped; null: as the network has it.</summary>
    public double? Dropout { get; init; }

    /// <summary>All tools; the dial first.</summary>
    /// <remarks>The base recipe is what the dial begins with: augmentation, weight decay and averaged weights. Blunt tools as they are
    /// used: each beside early stopping, because none ends at a degree by itself. One or two strengths each, from the papers or in common
    /// use; the dial has none to choose.</remarks>
    public static IReadOnlyList<FrontierTool> All { get; } =
    [
        new("dial", "dial", FrontierKind.Dial, target => new MemorizationDial { Target = target }, recipe => recipe),
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
        new(
            "two-phases",
            "the dial's two phases without the dial",
            FrontierKind.Path,
            _ => new MemorizationDial { Target = 1, Parts = DialParts.None },
            recipe => recipe
        ),
        Blunt("elr", "base recipe, early-learning regularization", recipe => recipe with { Loss = new EarlyLearningRegularization() }),
        Blunt("gce", "base recipe, generalized cross-entropy", recipe => recipe with { Loss = new GeneralizedCrossEntropy() }),
        Blunt("mixup", "base recipe, mixup", recipe => recipe with { MixupAlpha = 8 }),
    ];

    /// <summary>The dial with each of its parts left out.</summary>
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
    /// <exception cref="InputException">The name is not known; the message suggests the nearest one.</exception>
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

    /// <summary>As many images as the dial takes at m = 1, and more than it takes below: it adds half of what is to be memorized in its
    /// second phase, which is three quarters of the epochs, and up to six tenths of the examples.</summary>
    private static Recipe Longer(Recipe recipe) =>
        recipe with
        {
            Epochs = ((recipe.Epochs * 5) + 3) / 4,
            Schedule = new OneCycleSchedule { WarmUp = 0.1 },
        };
}
