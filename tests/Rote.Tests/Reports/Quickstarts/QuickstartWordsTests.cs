using Rote.Measurement;
using Rote.Reports.Quickstarts;
using Rote.Studies;
using Rote.Tests.Support;

namespace Rote.Tests.Reports.Quickstarts;

/// <summary>The report says what the numbers show and nothing else.</summary>
[NoTensorLeaks]
public sealed class QuickstartWordsTests
{
    private const string Unexpected = "This run did not show the expected";

    [Fact]
    public void The_expected_result_is_explained_and_nothing_is_called_unexpected()
    {
        var text = Text(QuickstartSamples.Expected());
        Assert.Contains("Random labels are fitted too, only more slowly", text, StringComparison.Ordinal);
        Assert.Contains("Images of noise are fitted faster than the true ones", text, StringComparison.Ordinal);
        Assert.Contains("1/√12 = 0.289", text, StringComparison.Ordinal);
        Assert.Contains("Shuffled pixels change nothing: the control", text, StringComparison.Ordinal);
        Assert.Contains("part of what it learned is a rule", text, StringComparison.Ordinal);
        Assert.Contains("so it has stored the answers", text, StringComparison.Ordinal);
        Assert.Contains("on new images they are 41.1 points apart", text, StringComparison.Ordinal);
        Assert.Contains("This is the point of", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Unexpected, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_labels_that_were_not_fitted_are_not_said_to_be()
    {
        var text = Text(QuickstartSamples.With("random-labels", variant => QuickstartSamples.Unfitted(variant, 0.9948)));
        Assert.Contains("Random labels were not fitted", text, StringComparison.Ordinal);
        Assert.Contains(
            "gave 99.48 % of the same images those labels after 5 epochs, not the 99.5 % that count as fitted",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("does not support the argument", text, StringComparison.Ordinal);
        Assert.Contains("for 1 variant, where training stopped before that", text, StringComparison.Ordinal);
        Assert.DoesNotContain("so it has stored the answers", text, StringComparison.Ordinal);
        Assert.DoesNotContain("both networks fit", text, StringComparison.Ordinal);
    }

    [Fact]
    public void True_labels_that_were_not_fitted_give_no_time_to_compare_with()
    {
        var text = Text(QuickstartSamples.With("true-labels", variant => QuickstartSamples.Unfitted(variant, 0.7)));
        Assert.Contains("short of the target of 99.5 %", text, StringComparison.Ordinal);
        Assert.Contains("There is no time of true labels to compare it with", text, StringComparison.Ordinal);
        Assert.DoesNotContain("only more slowly", text, StringComparison.Ordinal);
        Assert.DoesNotContain("faster than the true ones", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_labels_that_were_not_slower_are_called_unexpected()
    {
        var text = Text(QuickstartSamples.With("random-labels", variant => variant with { EpochsToFit = 3 }));
        Assert.Contains("Random labels were fitted, and not more slowly", text, StringComparison.Ordinal);
        Assert.Contains(Unexpected, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_that_was_slower_is_called_unexpected_for_a_network_without_places()
    {
        var result = QuickstartSamples.With("gaussian-pixels", variant => variant with { EpochsToFit = 40 });
        var text = Text(result);
        Assert.Contains("Images of noise were not all fitted faster", text, StringComparison.Ordinal);
        Assert.Contains(
            $"{Unexpected}. Random pixels took 2 epochs and Gaussian pixels took 40 epochs, true labels 3 epochs.",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Shuffled_pixels_that_differ_are_a_warning()
    {
        var text = Text(QuickstartSamples.With("shuffled-pixels", variant => variant with { TestAccuracy = QuickstartSamples.Test(0.45) }));
        Assert.Contains("Shuffled pixels differ from true labels, which they should not", text, StringComparison.Ordinal);
        Assert.Contains("6.2 points apart. That is more than the 2.1 points", text, StringComparison.Ordinal);
        Assert.DoesNotContain("the control", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_looks_at_neighbours_is_expected_to_lose_by_shuffled_pixels()
    {
        var loses = QuickstartSamples.With("shuffled-pixels", variant => variant with { TestAccuracy = QuickstartSamples.Test(0.4) }) with
        {
            IgnoresPixelOrder = false,
        };
        Assert.Contains("Shuffled pixels take away the neighbours", Text(loses), StringComparison.Ordinal);
        Assert.Contains(
            "Shuffled pixels cost nothing here",
            Text(QuickstartSamples.Expected() with { IgnoresPixelOrder = false }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0.1012, "which is guessing")]
    [InlineData(0.1091, "more than guessing (10 %), which random labels should not allow")]
    [InlineData(0.0909, "less than guessing (10 %) by more than")]
    public void Chance_is_within_three_standard_errors(double test, string expected)
    {
        // The standard error of guessing among ten classes on 10,000 examples is 0.3 points.
        var text = Text(QuickstartSamples.With("random-labels", variant => variant with { TestAccuracy = QuickstartSamples.Test(test) }));
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Equal(test is 0.1012, text.Contains("This is the point of", StringComparison.Ordinal));
    }

    [Fact]
    public void Random_pixels_above_chance_are_traced_to_the_histogram_that_was_left()
    {
        var text = Text(QuickstartSamples.With("random-pixels", variant => variant with { TestAccuracy = QuickstartSamples.Test(0.124) }));
        Assert.Contains("above guessing by 2.4 points. Rearranging an image keeps the histogram", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_at_chance_on_true_labels_is_not_said_to_have_found_a_rule()
    {
        var text = Text(QuickstartSamples.With("true-labels", variant => variant with { TestAccuracy = QuickstartSamples.Test(0.1) }));
        Assert.Contains("it found no rule that holds for other images", text, StringComparison.Ordinal);
        Assert.DoesNotContain("points apart.</p>\n</div>", text, StringComparison.Ordinal);
        Assert.Contains("does not support the argument", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_accuracy_that_is_missing_is_told()
    {
        var text = Text(
            QuickstartSamples.With("random-labels", variant => variant with { TestAccuracy = new Estimate(double.NaN, double.NaN, 0) })
        );
        Assert.Contains("this run cannot tell rule from rote", text, StringComparison.Ordinal);
    }

    private static string Text(QuickstartResult result)
    {
        using (result)
        {
            return QuickstartReport.ToHtml(result).Replace('\u00A0', ' ');
        }
    }
}
