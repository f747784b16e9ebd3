using Rote.Corruptions;
using Rote.Networks;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Schedules;

namespace Rote.Recipes;

/// <summary>How a network is trained under the dial where the user asks for nothing else: the network's own recipe, held long enough for
/// labels to be let through one after the other.</summary>
public static class DialRecipe
{
    /// <summary>Half the width of the 95 % interval of m that is asked for on the held-out canaries.</summary>
    public const double Precision = 0.07;

    /// <summary>The fewest training examples, those held out among them, that the dial can steer by: eight canaries in each
    /// set.</summary>
    public const int FewestExamples = 200;

    private const double HoldOut = 0.05;
    private const double MostHeldOut = 0.2;
    private const int FewestHeldOut = 100; // where a fifth is as many: chance, and the end of the learning phase, are read off them
    private const double UsualShare = 0.05; // of the examples trained on, that canaries are
    private const double SmallDataShare = 0.1; // the same where a twentieth is too few
    private const int FewestCanaries = 8; // a set
    private const int MostCanaries = 1000; // a set: ± 0.03
    private const double UsualChance = 0.07; // of ten classes at 37 % agreement: noisy labels, hard pictures
    private const int UsualBatch = 128;
    private const double FewestSteps = 1500; // of a training
    private const double MostTimesEpochs = 4; // as many epochs as usual
    private const double AverageEpochs = 2; // the average reaches back so far

    /// <summary>The recipe.</summary>
    /// <param name="network">The network.</param>
    /// <param name="shape">What it is given.</param>
    /// <param name="examples">Training examples, those held out among them.</param>
    /// <param name="batch">Examples a step, which say over how many steps weights are averaged; null: as many as suit the network.</param>
    /// <returns>Flips, weight decay and averaged weights, as far as they suit the network; no smoothing, no early end.</returns>
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
        };
    }

    /// <summary>The network's own number, more of them where an epoch has few steps: of 1,000 texts whose labels are all to be fitted 50
    /// epochs leave a sixth of the steering canaries.</summary>
    private static int EpochsFor(int examples, int usual)
    {
        var steps = usual * (double)examples / UsualBatch; // not by the batch asked for: it is for the user to say what follows from that
        return (int)Math.Ceiling(usual * Math.Clamp(FewestSteps / steps, 1, MostTimesEpochs));
    }

    /// <summary>The share held out: a twentieth; of small data a hundred examples, up to a fifth. In whole per cent.</summary>
    private static double HeldOutOf(int examples) =>
        Math.Max(HoldOut, Math.Min(MostHeldOut, Math.Ceiling(100.0 * FewestHeldOut / examples) / 100));

    /// <summary>As many canaries as the data can bear: up to a thousand in each set.</summary>
    /// <remarks>A twentieth of the examples trained on where that is enough to know memorization to ± <see cref="Precision"/>; where it is
    /// not, as many as that takes, up to a tenth. Smaller data has fewer, and a wider interval: <see cref="CanaryOutlook"/> says how
    /// wide.</remarks>
    /// <param name="examples">Training examples, those held out among them.</param>
    /// <param name="recipe">Says the share held out.</param>
    /// <returns>Two equal sets.</returns>
    /// <exception cref="InputException">There are fewer than <see cref="FewestExamples"/> examples, or too few of them are trained
    /// on.</exception>
    public static CanaryPlan Canaries(int examples, Recipe recipe)
    {
        var trained = Trained(examples, recipe);
        var usual = Math.Min(MostCanaries, (int)(UsualShare * trained / 2));
        var each = Math.Max(usual, Math.Min(CanariesFor(Precision, UsualChance), (int)(SmallDataShare * trained / 2)));
        return examples >= FewestExamples && each >= FewestCanaries
            ? new CanaryPlan { Steering = each, HeldOut = each }
            : throw new InputException(
                $"{examples} examples, of which {trained} are trained on, are too few for the dial: it takes {FewestExamples}, and "
                    + $"{2 * FewestCanaries / SmallDataShare:F0} to train on, so that {FewestCanaries} canaries steer and as many are "
                    + "held out. Test examples do not count."
            );
    }

    /// <summary>About how many examples there must be for so many canaries in each set, where data is small.</summary>
    /// <param name="each">Canaries in each of the two sets.</param>
    /// <returns>Those held out among them.</returns>
    public static int ExamplesFor(int each)
    {
        var trained = 2 * each / (each <= CanariesFor(Precision, UsualChance) ? SmallDataShare : UsualShare);
        return (int)Math.Ceiling(Math.Max(trained / (1 - HoldOut), Math.Min(trained + FewestHeldOut, trained / (1 - MostHeldOut))));
    }

    /// <summary>As many canaries as a precision takes.</summary>
    /// <param name="precision">Half the width of the 95 % interval of m on the held-out canaries, at worst; in (0, 0.5].</param>
    /// <param name="classes">K, at least 2.</param>
    /// <returns>Two equal sets; whether the data can bear them is seen when they are planted.</returns>
    /// <exception cref="InputException">The precision is out of range, or takes more canaries than can be counted.</exception>
    public static CanaryPlan CanariesFor(double precision, int classes)
    {
        if (precision is not (> 0 and <= 0.5))
        {
            throw new InputException($"The precision of memorization is {precision}, expected a number above 0 and up to 0.5.");
        }

        var each = CanariesFor(precision, CanaryOutlook.UsualChance(classes));
        return new CanaryPlan { Steering = each, HeldOut = each };
    }

    private static int CanariesFor(double precision, double chance)
    {
        const int Most = 1_000_000;
        var (few, many) = (1, Most);
        if (Measurement.MemorizationReading.WorstHalfWidth(Most, chance) > precision)
        {
            throw new InputException(
                $"To know memorization to ± {precision} takes more than {Most:N0} canaries in each set; ask for less precision."
            );
        }

        while (few < many) // the width falls with the number
        {
            var middle = few + ((many - few) / 2);
            (few, many) = Measurement.MemorizationReading.WorstHalfWidth(middle, chance) <= precision ? (few, middle) : (middle + 1, many);
        }

        return few;
    }

    /// <summary>Examples that are trained on.</summary>
    /// <param name="examples">All, those held out among them.</param>
    /// <param name="recipe">Says the share held out.</param>
    public static int Trained(int examples, Recipe recipe) =>
        examples - (int)Math.Round(recipe.HoldOut * examples, MidpointRounding.AwayFromZero);
}
