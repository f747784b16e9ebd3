using Rote.Studies;

namespace Rote.Reports.Quickstarts;

/// <summary>The question of the quickstart, and its answer in three sentences built from the numbers.</summary>
/// <param name="result">The numbers.</param>
/// <param name="facts">What the numbers show.</param>
internal sealed class QuickstartAnswer(QuickstartResult result, QuickstartFacts facts)
{
    private readonly string _target = Numbers.Level(result.FitTarget);

    private readonly string _chance = Numbers.Level(facts.Chance);

    public Html Question()
    {
        var (parameters, images) = (Numbers.Count(result.Parameters), Numbers.Count(result.TrainCount));
        return Html.Of(
            $"""
            A network that is right about its training images may have found a rule that holds for other images too, or it may have stored
            the answers one by one. During training the two look alike. So one network, {result.Network} with {parameters} parameters, was
            trained on {images} images of {result.Data} again and again, each time with something taken away that a rule needs: the meaning
            of the labels, the places of the pixels, or the images themselves.
            """
        );
    }

    /// <summary>One paragraph a sentence; fewer where a variant was not run.</summary>
    public IEnumerable<Html> Sentences()
    {
        if (facts.TrueLabels is { } rule)
        {
            yield return Html.Of($"<b>By rule.</b> {ByRule(rule)}");
        }

        if (facts.RandomLabels is { } rote)
        {
            yield return Html.Of($"<b>By rote.</b> {ByRote(rote)}");
            yield return Html.Of($"<b>The difference.</b> {Difference(rote)}");
        }
    }

    private Html ByRule(VariantResult rule)
    {
        var train = facts.Fitted(rule)
            ? Html.Of($"With the true labels the network gives {Share(rule)} of its training images their label")
            : Html.Of(
                $"With the true labels the network gives {Share(rule)} of its training images their label, short of the target of "
                    + $"{_target},"
            );
        var test = Numbers.PercentWithError(rule.TestAccuracy);
        return facts.Test(rule) switch
        {
            AgainstChance.Above => Html.Of(
                $"{train} and gets {test} of the test images right, which it has never seen and of which guessing gets {_chance}: part "
                    + $"of what it learned is a rule."
            ),
            AgainstChance.At => Html.Of(
                $"{train} and gets {test} of the test images right, no more than guessing ({_chance}): it found no rule that holds for "
                    + $"other images."
            ),
            AgainstChance.Below => Html.Of(
                $"{train} and gets {test} of the test images right, less than guessing ({_chance}): it found no rule that holds for "
                    + $"other images."
            ),
            _ => Html.Of($"{train}; its test accuracy was not measured."),
        };
    }

    private Html ByRote(VariantResult rote)
    {
        var train = Share(rote);
        if (!facts.Fitted(rote))
        {
            return Html.Of(
                $"Trained on random labels, the same network gave {train} of the same images those labels after {Epochs(rote)}, not the "
                    + $"{_target} that count as fitted: this run does not show that it can learn them by rote."
            );
        }

        var time =
            facts.TrueLabels is { } rule && facts.Fitted(rule) && rule.EpochsToFit is { } epochs && rote.EpochsToFit is { } own
                ? $"{Numbers.Count(own, "epoch")}, where the true ones took {epochs}"
                : Epochs(rote);
        return Html.Of(
            $"Trained on random labels, the same network gives {train} of the same images those labels, after {time}: there is no rule "
                + $"in them to find, so it has stored the answers."
        );
    }

    private Html Difference(VariantResult rote)
    {
        var test = Numbers.PercentWithError(rote.TestAccuracy);
        var apart =
            facts.Fitted(rote) && facts.Fitted(facts.TrueLabels) && facts.Test(facts.TrueLabels) == AgainstChance.Above
                ? Html.Of(
                    $": both networks fit what they were given, and on new images they are "
                        + $"{Numbers.Points(facts.TrueLabels!.TestAccuracy.Value - rote.TestAccuracy.Value)} apart."
                )
                : Html.Text(".");
        return facts.Test(rote) switch
        {
            AgainstChance.At => Html.Of(
                $"On the test images the network trained on random labels is right {test} of the time, which is guessing{apart}"
            ),
            AgainstChance.Above => Html.Of(
                $"On the test images the network trained on random labels is right {test} of the time, more than guessing ({_chance}), "
                    + $"which random labels should not allow: look for what carried over before trusting this run."
            ),
            AgainstChance.Below => Html.Of(
                $"On the test images the network trained on random labels is right {test} of the time, less than guessing ({_chance}) by "
                    + $"more than the size of the test set explains."
            ),
            _ => Html.Of($"The test accuracy with random labels was not measured, so this run cannot tell rule from rote."),
        };
    }

    private string Share(VariantResult variant) =>
        double.IsNaN(variant.TrainAccuracy.Value) ? "an unknown share" : Numbers.Percent(variant.TrainAccuracy, result.FitTarget);

    private static string Epochs(VariantResult variant) =>
        Numbers.Count(variant.EpochsToFit ?? (variant.Epochs.Count == 0 ? 0 : variant.Epochs[^1].Epoch), "epoch");
}
