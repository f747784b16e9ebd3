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

    private const double HoldOut = 0.05;
    private const int MostCanaries = 1000; // a set: ± 0.03
    private const double UsualChance = 0.07; // of ten classes at 37 % agreement: noisy labels, hard pictures
    private const int UsualBatch = 128;
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
        var size = batch ?? UsualBatch;
        var steps = Math.Max(1, examples * (1 - HoldOut) / size);
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
            Epochs = recipes.Dial.Epochs,
            StopAtTrainAccuracy = null,
            HoldOut = HoldOut,
        };
    }

    /// <summary>As many canaries as the data can bear, up to a thousand in each set.</summary>
    /// <param name="examples">Training examples, those held out among them.</param>
    /// <param name="recipe">Says the share held out.</param>
    /// <returns>Two equal sets, at most a twentieth of the examples trained on together.</returns>
    /// <exception cref="InputException">There are too few examples for the precision.</exception>
    public static CanaryPlan Canaries(int examples, Recipe recipe)
    {
        var trained = examples - (int)Math.Round(recipe.HoldOut * examples, MidpointRounding.AwayFromZero);
        var each = Math.Min(MostCanaries, (int)(CanaryPlan.LargestShare * trained / 2));
        var least = Enumerable
            .Range(1, MostCanaries)
            .First(count => Measurement.MemorizationReading.WorstHalfWidth(count, UsualChance) <= Precision);
        return each >= least
            ? new CanaryPlan { Steering = each, HeldOut = each }
            : throw new InputException(
                $"{examples} examples are too few for the dial: to know memorization to ± {Precision} it plants {2 * least} wrong "
                    + $"labels, which may be {CanaryPlan.LargestShare:P0} of the examples at most; "
                    + $"{Math.Ceiling(2 * least / CanaryPlan.LargestShare / (1 - recipe.HoldOut)):F0} examples are needed."
            );
    }
}
