using Rote.Corruptions;
using Rote.Networks;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Schedules;

namespace Rote.Recipes;

/// <summary>The default training under the dial: the network's own recipe, long enough for the dial to let labels through one after the
/// other.</summary>
public static class DialRecipe
{
    /// <summary>The targeted half-width of the 95 % interval of m on the held-out canaries.</summary>
    public const double Precision = 0.07;

    /// <summary>The fewest training examples, with those held out, that the dial can steer by: eight canaries in each set.</summary>
    public const int FewestExamples = 200;

    private const double HoldOut = 0.05;
    private const double MostHeldOut = 0.2;
    private const int FewestHeldOut = 100; // if a fifth is as many: they estimate chance and show the end of the learning phase
    private const double UsualShare = 0.05; // the canaries' share of the examples trained on
    private const double SmallDataShare = 0.1; // the same if a twentieth is too few
    private const int FewestCanaries = 8; // per set
    private const int MostCanaries = 1000; // per set: ± 0.03
    private const int MostCounted = 1_000_000; // canaries per set that a precision may take
    private const double UsualChance = 0.07; // of ten classes at 37 % agreement: noisy labels, hard pictures
    private const int UsualBatch = 128;
    private const double FewestSteps = 1500; // in one training
    private const double MostTimesEpochs = 4; // times the usual number of epochs
    private const double AdjustableEpochs = 1.3;
    private const double CostlyNetwork = 10; // times an MLP's step, from which on evaluating all examples takes a third of an epoch
    private const int ManyExamples = 20_000;
    private const int EvaluateEvery = 5; // epochs, where both hold
    private const double AverageEpochs = 2; // the EMA reaches back this far

    /// <summary>Returns the recipe.</summary>
    /// <param name="network">The network.</param>
    /// <param name="shape">The shape of its inputs and outputs.</param>
    /// <param name="examples">The number of training examples, with those held out.</param>
    /// <param name="batch">Batch size, which also sets over how many steps the EMA of the weights reaches; null: 128.</param>
    /// <returns>A recipe with flips, weight decay and an EMA of the weights, as they suit the network; no label smoothing, no early
    /// stopping.</returns>
    public static Recipe For(NetworkSpec network, TaskShape shape, int examples, int? batch = null)
    {
        var recipes = NetworkRecipes.Of(network);
        var own = recipes.Train(shape);
        var heldOut = HeldOutOf(examples);
        var size = batch ?? UsualBatch;
        var steps = Math.Max(1, examples * (1 - heldOut) / size);
        return own with
        {
            Schedule = new ConstantSchedule(),
            LearningRate = recipes.Dial.LearningRate,
            LabelSmoothing = 0,
            WeightDecay = recipes.Dial.WeightDecay,
            AverageDecay = 1 - (1 / (1 + (AverageEpochs * steps))),
            Augmentation =
                own.Augmentation ?? (shape is { IsVector: false, Channels: 3 } ? new Augmentation { HorizontalFlip = true } : null),
            BatchSize = size,
            Epochs = EpochsFor(examples, recipes.Dial.Epochs),
            StopAtTrainAccuracy = null,
            HoldOut = heldOut,
            EvaluateEvery = recipes.Cost >= CostlyNetwork && examples >= ManyExamples ? EvaluateEvery : 1,
        };
    }

    /// <summary>The recipe of adjustable memorization: the dial's, and <see cref="AdjustableEpochs"/> times the epochs, because two
    /// networks are trained one after the other.</summary>
    /// <param name="recipe">What <see cref="For"/> returned.</param>
    public static Recipe ForEveryDegree(Recipe recipe) => recipe with { Epochs = (int)Math.Ceiling(AdjustableEpochs * recipe.Epochs) };

    /// <summary>The network's own number of epochs, or more if an epoch has few steps. On 1,000 texts whose labels should all be fitted, 50
    /// epochs leave a sixth of the steering canaries unfitted.</summary>
    private static int EpochsFor(int examples, int usual)
    {
        var steps = usual * (double)examples / UsualBatch; // not the user's batch size: its consequences are the user's to set
        return (int)Math.Ceiling(usual * Math.Clamp(FewestSteps / steps, 1, MostTimesEpochs));
    }

    /// <summary>The share held out: a twentieth, or for small data a hundred examples, up to a fifth. In whole per cent.</summary>
    private static double HeldOutOf(int examples) =>
        Math.Max(HoldOut, Math.Min(MostHeldOut, Math.Ceiling(100.0 * FewestHeldOut / examples) / 100));

    /// <summary>Returns as many canaries as the data can bear: up to a thousand in each set.</summary>
    /// <remarks>A twentieth of the examples trained on if that measures memorization to ± <see cref="Precision"/>; otherwise as many as
    /// that takes, up to a tenth. Smaller data has fewer canaries and a wider interval: <see cref="CanaryOutlook"/> computes it.</remarks>
    /// <param name="examples">The number of training examples, with those held out.</param>
    /// <param name="recipe">Sets the share held out.</param>
    /// <returns>Two equal sets.</returns>
    /// <exception cref="InputException">Fewer than <see cref="FewestExamples"/> examples, too few that are trained on, or none held
    /// out.</exception>
    public static CanaryPlan Canaries(int examples, Recipe recipe)
    {
        var trained = Trained(examples, recipe);
        var each = DefaultEach(trained);
        if (examples < FewestExamples || each < FewestCanaries)
        {
            throw new InputException(
                $"{examples} examples, of which {trained} are trained on, are too few for the dial: it takes {FewestExamples}, and "
                    + $"{2 * FewestCanaries / SmallDataShare:F0} to train on, so that {FewestCanaries} canaries steer and as many are "
                    + "held out. Test examples do not count."
            );
        }

        return HeldOutRows.Number(examples, recipe.HoldOut) > 0
            ? new CanaryPlan { Steering = each, HeldOut = each }
            : throw HeldOutRows.NoneToReadBy;
    }

    /// <summary>The fewest examples that get a number of canaries in each set by default.</summary>
    /// <param name="each">Canaries in each of the two sets, at least 1.</param>
    /// <returns>The number of examples, with those held out; null if no data gets as many, however large.</returns>
    public static int? ExamplesFor(int each)
    {
        const int Enough = 100_000; // for the most canaries that data gets
        return each > MostCanaries
            ? null
            : Fewest(FewestExamples, Enough, examples => DefaultEach(Trained(examples, HeldOutOf(examples))) >= each);
    }

    /// <summary>Returns the canaries that a precision requires.</summary>
    /// <param name="precision">The largest half-width of the 95 % interval of m on the held-out canaries, in (0, 0.5].</param>
    /// <param name="classes">K, at least 2.</param>
    /// <param name="heldOut">The number of examples held out, which estimate chance, at least 1.</param>
    /// <returns>Two equal sets; planting them checks that the data can bear them.</returns>
    /// <exception cref="InputException">The precision is out of range, or takes more canaries or held-out examples than there can
    /// be.</exception>
    public static CanaryPlan CanariesFor(double precision, int classes, int heldOut)
    {
        RequirePrecision(precision);
        if (CanaryOutlook.WorstHalfWidth(MostCounted, classes, heldOut) > precision)
        {
            throw new InputException(
                $"To know memorization to ± {precision} takes more than {MostCounted:N0} canaries in each set, or more than {heldOut:N0} "
                    + "examples held out, which tell how many are hit by chance; hold out more, or ask for less precision."
            );
        }

        var each = Fewest(1, MostCounted, count => CanaryOutlook.WorstHalfWidth(count, classes, heldOut) <= precision);
        return new CanaryPlan { Steering = each, HeldOut = each };
    }

    /// <summary>Throws where a precision can be that of no run.</summary>
    /// <param name="precision">A half-width of the interval of m.</param>
    /// <exception cref="InputException">It is out of range.</exception>
    public static void RequirePrecision(double precision)
    {
        if (precision is not (> 0 and <= 0.5))
        {
            throw new InputException($"The precision of memorization is {precision}, expected a number above 0 and up to 0.5.");
        }
    }

    /// <summary>Returns as many canaries as data gets by default in each set.</summary>
    /// <param name="trained">The number of examples that are trained on.</param>
    private static int DefaultEach(int trained)
    {
        var usual = Math.Min(MostCanaries, (int)(UsualShare * trained / 2));
        return Math.Max(usual, Math.Min(PreciseEach, (int)(SmallDataShare * trained / 2)));
    }

    /// <summary>The canaries of a set that measure memorization to ± <see cref="Precision"/>.</summary>
    private static int PreciseEach { get; } =
        Fewest(1, MostCounted, count => Measurement.MemorizationReading.WorstHalfWidth(count, UsualChance) <= Precision);

    /// <summary>The fewest for which something holds that holds for all above.</summary>
    /// <param name="few">The least in question.</param>
    /// <param name="many">The most, returned where it holds for none below.</param>
    /// <param name="holds">Whether it holds.</param>
    internal static int Fewest(int few, int many, Func<int, bool> holds)
    {
        while (few < many)
        {
            var middle = few + ((many - few) / 2);
            (few, many) = holds(middle) ? (few, middle) : (middle + 1, many);
        }

        return few;
    }

    /// <summary>The number of examples that are trained on.</summary>
    /// <param name="examples">All training examples, with those held out.</param>
    /// <param name="recipe">Sets the share held out.</param>
    public static int Trained(int examples, Recipe recipe) => Trained(examples, recipe.HoldOut);

    private static int Trained(int examples, double heldOut) => examples - HeldOutRows.Rounded(examples, heldOut);
}
