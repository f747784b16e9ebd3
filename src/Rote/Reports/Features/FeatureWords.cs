using Rote.Features;
using Rote.Measurement;

namespace Rote.Reports.Features;

/// <summary>Describes what a network has learned, in three sentences that a newcomer can read.</summary>
public static class FeatureWords
{
    /// <summary>The three sentences.</summary>
    /// <param name="result">The measurement.</param>
    /// <returns>First what its features are worth, then what it has memorized, then what it is made of.</returns>
    public static IReadOnlyList<string> Summary(FeaturesResult result) => [Worth(result), ByRote(result), Made(result)];

    /// <summary>Whether the last hidden layer separates the classes better than before training, and better than the input does.</summary>
    /// <param name="result">The measurement.</param>
    public static bool HasFeatures(FeaturesResult result)
    {
        var (layer, before) = (LastHidden(Subject(result)), LastHidden(result.Of(NetworkRole.Untrained)!));
        return Exceeds(layer.TrueLabels, before.TrueLabels) && Exceeds(layer.TrueLabels, layer.Projection);
    }

    /// <summary>The layer before the logits; for a linear classifier, the logits themselves.</summary>
    internal static LayerFeatures LastHidden(NetworkFeatures network) => network.Layers[^Math.Min(2, network.Layers.Count - 1)];

    /// <summary>Which published finding the network supports: memorization in the last layers, or in all layers.</summary>
    internal static string? Sides(NetworkFeatures network)
    {
        if (network.KnockOuts.FirstOrDefault(known => known.Kind == DepthKind.Wrong) is not { Layers.Count: > 1 } wrong)
        {
            return null;
        }

        var (last, share) = (wrong.Layers[^1], wrong.Shares[^1]);
        var even = 1.0 / wrong.Layers.Count;
        return $"Of the channels that hold wrong labels {Numbers.Level(share)} are in the last hidden layer, {last}, of "
            + $"{wrong.Layers.Count}, where an even spread would have {Numbers.Level(even)}: "
            + (
                share > 0.5
                    ? "as in Stephenson et al. 2021, who find memory in the last layers."
                    : "as in Maini et al. 2023, who find memory spread over the layers."
            );
    }

    private static string Worth(FeaturesResult result)
    {
        var (layer, before) = (LastHidden(Subject(result)), LastHidden(result.Of(NetworkRole.Untrained)!));
        return (
                HasFeatures(result)
                    ? "This network has found features that tell the classes apart: "
                    : "This network has found no features that tell the classes apart better than it could at its start: "
            )
            + $"a linear rule on its last hidden layer gets {Numbers.PercentWithError(layer.TrueLabels)} of new examples right, "
            + $"where it gets {Numbers.Percent(before.TrueLabels)} before training and {Numbers.Percent(layer.Projection)} from "
            + $"the input in "
            + $"as many random directions.";
    }

    private static string ByRote(FeaturesResult result)
    {
        var subject = Subject(result);
        var wrong = subject.Depths.FirstOrDefault(group => group.Kind == DepthKind.Wrong);
        var said = wrong is null ? default : Estimate.Share(wrong.Right.Sum(), wrong.Counts.Sum());
        if (wrong is not null && result.WrongLabels >= result.TrainExamples / 2)
        {
            return $"It has learned by rote: most of its labels are wrong, and it predicts {Numbers.PercentWithError(said)} of them, "
                + $"and only {Numbers.Percent(subject.TestAccuracy)} of the labels of new examples.";
        }

        if (wrong is not null)
        {
            var clean = subject.Depths.First(group => group.Kind == DepthKind.Clean);
            return $"Beside the rule it {(said.Value > 0.5 ? "has learned by rote" : "has learned little by rote")}: it predicts "
                + $"{Numbers.PercentWithError(said)} of its {Numbers.Count(result.WrongLabels)} wrong labels, and settles them "
                + $"{Layers(wrong.Mean.Minus(clean.Mean))} than right ones.";
        }

        return result.Of(NetworkRole.RandomLabels) is { } random
            ? $"The same network predicts {Numbers.Percent(random.TrainAccuracy)} of random labels too when it is trained on them, "
                + $"but its last "
                + $"hidden layer then tells the classes of {Numbers.Percent(LastHidden(random).TrueLabels)} of new examples: to fit is no "
                + $"sign of features."
            : $"It predicts {Numbers.Percent(subject.TrainAccuracy)} of its training labels and {Numbers.Percent(subject.TestAccuracy)} of "
                + $"new ones; beside no run on random labels it cannot be said how much of the first is rote.";
    }

    private static string Made(FeaturesResult result)
    {
        var (subject, before) = (Subject(result), result.Of(NetworkRole.Untrained)!);
        var first = (subject.Gratings, before.Gratings) is ({ } seen, { } start)
            ? $"Its first layer has units tuned to {seen.Coverage} of {GratingSummary.Orientations} orientations of bars and is "
                + (Exceeds(seen.Selectivity, start.Selectivity) ? "" : "not ")
                + "more selective for them than before training, where cells of the brain's first visual area are tuned to all of them"
            : $"Its last hidden layer varies in about {LastHidden(subject).Dimension.Whole.Value:0} directions near an example";
        return subject.Pruning is { } pruning
            ? $"{first}; {Numbers.Level(Math.Floor(100 * pruning.Share.Value) / 100)} of its weights can be cut before a hundredth of its "
                + $"training labels is lost."
            : $"{first}.";
    }

    private static string Layers(Estimate later) =>
        $"{Math.Abs(later.Value):0.0}{(double.IsNaN(later.StandardError) ? "" : $" ± {later.StandardError:0.0}")} layers "
        + $"{(later.Value >= 0 ? "later" : "earlier")}";

    private static bool Exceeds(Estimate first, Estimate second) =>
        first.Minus(second) is var difference && difference.Value > 2 * difference.StandardError;

    private static NetworkFeatures Subject(FeaturesResult result) => result.Of(NetworkRole.Subject)!;
}
