using Rote.Studies;

namespace Rote.Reports.Quickstarts;

/// <summary>Says in plain words what a quickstart shows and why it matters. It gives an explanation where the numbers agree with it;
/// otherwise it says that they do not.</summary>
/// <param name="result">The numbers.</param>
/// <param name="facts">What the numbers show.</param>
internal sealed class QuickstartWords(QuickstartResult result, QuickstartFacts facts)
{
    private static readonly Html Paper = Html.Trusted("<a href=\"https://arxiv.org/abs/1611.03530\">Zhang et al. 2017</a>");

    // From this difference between training and test accuracy on, the report calls it large.
    private const double LargeGap = 0.1;

    private readonly string _chance = Numbers.Level(facts.Chance);

    /// <summary>The headings, each with its paragraph.</summary>
    public IEnumerable<(string Heading, Html Text)> Findings()
    {
        if (facts.RandomLabels is { } labels)
        {
            yield return Labels(labels);
        }

        if (facts.Noise.Count > 0)
        {
            yield return Noise();
        }

        if (
            facts is { ShuffledPixels: { } shuffled, TrueLabels: { } rule }
            && facts.Test(shuffled) != AgainstChance.Unknown
            && facts.Test(rule) != AgainstChance.Unknown
        )
        {
            yield return result.IgnoresPixelOrder ? Control(shuffled, rule) : Neighbours(shuffled, rule);
        }

        yield return NewImages();
        yield return WhyItMatters();
        yield return ("What this does not show", Limits());
    }

    private (string Heading, Html Text) Labels(VariantResult labels)
    {
        var rule = facts.TrueLabels;
        if (!facts.Fitted(labels))
        {
            return (
                "Random labels were not fitted",
                Html.Of(
                    $"This run did not show the expected. After its last epoch the network gave {Share(labels)} of the images their "
                        + $"random label; {Numbers.Level(result.FitTarget)} count as fitted. More epochs, a larger network or fewer "
                        + $"examples make it easier."
                )
            );
        }

        if (rule is null || !facts.Fitted(rule))
        {
            return (
                "Random labels were fitted",
                Html.Of($"It took {Times(labels)}. There is no time of true labels to compare it with, because they were not fitted.")
            );
        }

        if (!facts.IsFaster(rule, labels))
        {
            return (
                "Random labels were fitted, and not more slowly",
                Html.Of(
                    $"This run did not show the expected. Random labels took {Times(labels)} and true labels {Times(rule)}; {Paper} "
                        + $"found random labels slower, because nothing that is learned from one of them helps with another. One seed on "
                        + $"little data can turn the order round."
                )
            );
        }

        return (
            "Random labels are fitted too, only more slowly",
            Html.Of(
                $"""
                They took {Times(labels)}, the true labels {Times(rule)}. With true labels, what is learned from one image helps with the
                others of its class, so that many are learned together. With random labels nothing that is learned from one image can be
                used for another: every answer has to be stored for itself. {Paper} found the same on larger networks, and also that the
                factor stays small.
                """
            )
        );
    }

    private (string Heading, Html Text) Noise()
    {
        var times = Html.Of(
            $"{Sentence(facts.Noise.Select(variant => $"{variant.Title} took {TimesOrNot(variant)}"))}, true labels "
                + $"{TimesOrNot(facts.TrueLabels)}."
        );
        var cosine = facts.Dimensions == 0 ? 0 : 1 / Math.Sqrt(facts.Dimensions);
        var angle = Html.Of(
            $"two independent random images of {Numbers.Count(facts.Dimensions)} numbers are nearly at right angles (the cosine between "
                + $"them is about 1/√{Numbers.Count(facts.Dimensions)} = {cosine.ToString("0.000")})"
        );
        if (facts.Noise.All(variant => facts.IsFaster(variant, facts.TrueLabels)))
        {
            return (
                "Images of noise are fitted faster than the true ones",
                Html.Of(
                    $"""
                    {times} It looks wrong: noise has nothing in it to learn. The likely reason is that {angle}, so that the answer to
                    one can be stored with hardly any effect on the answer to another. The true images resemble each other, also across
                    classes, and get in each other’s way.
                    """
                )
            );
        }

        return result.IgnoresPixelOrder
            ? (
                "Images of noise were not all fitted faster",
                Html.Of(
                    $"This run did not show the expected. {times} A network without a sense of place is expected to fit noise faster "
                        + $"than the true images, because {angle} and disturb each other little."
                )
            )
            : (
                "Images of noise",
                Html.Of(
                    $"{times} For a network that looks at neighbouring pixels no order is expected here: noise has no neighbourhoods to "
                        + $"use, but {angle} and disturb each other little."
                )
            );
    }

    private static (string Heading, Html Text) Control(VariantResult shuffled, VariantResult rule)
    {
        var numbers = Both(shuffled, rule);
        const string Same = "this network does not know which pixels are neighbours, so that both are the same task to it";
        return QuickstartFacts.TestsAgree(shuffled, rule)
            ? (
                "Shuffled pixels change nothing: the control",
                Html.Of(
                    $"All images were rearranged in one and the same way. {numbers} It must be so: {Same}. Had they differed by more "
                        + $"than the size of the test set explains, something would be wrong with the experiment."
                )
            )
            : (
                "Shuffled pixels differ from true labels, which they should not",
                Html.Of(
                    $"This run did not show the expected. {numbers} That is more than the "
                        + $"{Numbers.Points(QuickstartFacts.Tolerance(shuffled.TestAccuracy, rule.TestAccuracy))} that the size of the "
                        + $"test set explains, and {Same}. Another random start moves a result a little too; run it with other seeds "
                        + $"before trusting the rest."
                )
            );
    }

    private static (string Heading, Html Text) Neighbours(VariantResult shuffled, VariantResult rule)
    {
        var numbers = Both(shuffled, rule);
        return shuffled.TestAccuracy.Value < rule.TestAccuracy.Value && !QuickstartFacts.TestsAgree(shuffled, rule)
            ? (
                "Shuffled pixels take away the neighbours",
                Html.Of(
                    $"All images were rearranged in one and the same way. {numbers} Nothing was lost but which pixels lie side by side, "
                        + $"and that is what this network uses."
                )
            )
            : (
                "Shuffled pixels cost nothing here",
                Html.Of(
                    $"This run did not show the expected. All images were rearranged in one and the same way. {numbers} A network that "
                        + $"looks at neighbouring pixels was expected to lose by it."
                )
            );
    }

    private static Html Both(VariantResult shuffled, VariantResult rule) =>
        Html.Of(
            $"They end at {Numbers.PercentWithError(shuffled.TestAccuracy)} on the test images, the true ones at "
                + $"{Numbers.PercentWithError(rule.TestAccuracy)}, and took {TimesOrNot(shuffled)} and {TimesOrNot(rule)}: the "
                + $"accuracies are {Numbers.Points(shuffled.TestAccuracy.Value - rule.TestAccuracy.Value)} apart."
        );

    private (string Heading, Html Text) NewImages()
    {
        var random = facts.Noise.Concat(facts.RandomLabels is { } labels ? [labels] : []).ToArray();
        var pieces = new List<Html>();
        var at = random.Where(variant => facts.Test(variant) == AgainstChance.At).ToArray();
        if (at.Length > 0)
        {
            pieces.Add(
                Html.Of(
                    $"{Sentence(at.Select(variant => $"{variant.Title} ended at {Numbers.PercentWithError(variant.TestAccuracy)}"))} on "
                        + $"test images: guessing ({_chance}) within three standard errors. Nothing of what was learned there holds for "
                        + $"other images, even of the same kind."
                )
            );
        }

        foreach (var variant in random.Where(variant => facts.Test(variant) is AgainstChance.Above or AgainstChance.Below))
        {
            var side = facts.Test(variant) == AgainstChance.Above ? "above" : "below";
            pieces.Add(
                Html.Of(
                    $"{variant.Title} ended at {Numbers.PercentWithError(variant.TestAccuracy)}, {side} guessing by "
                        + $"{Numbers.Points(variant.TestAccuracy.Value - facts.Chance)}. {Remainder(variant)}"
                )
            );
        }

        if (facts.TrueLabels is { } rule && rule.TrainAccuracy.Value - rule.TestAccuracy.Value is var gap && double.IsFinite(gap))
        {
            pieces.Add(
                Html.Of(
                    $"With true labels {Numbers.Points(gap)} lie between training and "
                        + $"test{(gap > LargeGap ? ": a network that finds a rule learns much by rote as well" : "")}."
                )
            );
        }

        return ("On images it has never seen", Html.Join(" ", pieces));
    }

    private Html Remainder(VariantResult variant) =>
        variant.Id == "random-pixels" && facts.Test(variant) == AgainstChance.Above
            ? Html.Text(
                "Rearranging an image keeps the histogram of its values, and that says a little about the class: this weak rule, which "
                    + "was left in, is the likely cause."
            )
            : Html.Text("This run did not show the expected, which is guessing: three standard errors do not explain it.");

    private (string Heading, Html Text) WhyItMatters()
    {
        var shown =
            facts.Fitted(facts.TrueLabels)
            && facts.Fitted(facts.RandomLabels)
            && facts.Test(facts.TrueLabels) == AgainstChance.Above
            && facts.Test(facts.RandomLabels) == AgainstChance.At;
        var count = Numbers.Count(result.TrainCount);
        return (
            "Why it matters",
            shown
                ? Html.Of(
                    $"""
                    A high training accuracy does not say that anything was understood: this network reached it with a rule and without one.
                    Nor can its size be the reason why it does well on new images. It is large enough to store {count} arbitrary answers, so
                    a bound that only counts what a network could fit allows it to fail on every new image, and with true labels it does
                    not. This is the point of {Paper}.
                    """
                )
                : Html.Of(
                    $"The argument of {Paper} is that one and the same network fits true labels by a rule and random labels by rote, so "
                        + $"that neither its size nor its training accuracy explains how it does on new images. This run does not show "
                        + $"both halves of it, so it does not support the argument."
                )
        );
    }

    private static Html Limits() =>
        Html.Of(
            $"""
            It is one run of one network with one seed on one data set: the errors are those of a finite number of examples, not of other
            seeds, and the seconds are those of this machine. That a network is able to learn by rote does not say how much it does so when
            there is a rule. No regularizer, no larger network and no partly wrong labels were tried here.
            """
        );

    private string Share(VariantResult variant) =>
        double.IsNaN(variant.TrainAccuracy.Value) ? "an unknown share" : Numbers.Percent(variant.TrainAccuracy, result.FitTarget);

    private static string Times(VariantResult variant) =>
        variant.EpochsToFit is { } epochs ? Numbers.Count(epochs, "epoch") : "an unknown number of epochs";

    private static string TimesOrNot(VariantResult? variant) =>
        variant?.EpochsToFit is { } epochs ? Numbers.Count(epochs, "epoch") : "more epochs than were run";

    /// <summary>"A", "A and B", "A, B and C"; each part after the first begins in lower case.</summary>
    private static string Sentence(IEnumerable<string> parts)
    {
        var words = parts
            .Select(
                (part, index) =>
                    index == 0 || part.Length == 0 || part.StartsWith("Gaussian", StringComparison.Ordinal)
                        ? part
                        : char.ToLowerInvariant(part[0]) + part[1..]
            )
            .ToArray();
        return words.Length < 2 ? string.Concat(words) : $"{string.Join(", ", words[..^1])} and {words[^1]}";
    }
}
