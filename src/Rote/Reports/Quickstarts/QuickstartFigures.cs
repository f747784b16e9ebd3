using Rote.Measurement;
using Rote.Reports.Charts;
using Rote.Studies;

namespace Rote.Reports.Quickstarts;

/// <summary>The two charts of the quickstart's report. Accuracies are drawn in percent.</summary>
/// <param name="result">The numbers.</param>
/// <param name="facts">What the numbers show.</param>
internal sealed class QuickstartFigures(QuickstartResult result, QuickstartFacts facts)
{
    // A variant has the same colour in every report, whichever other variants are there.
    private static readonly string[] Styles = ["true-labels", "random-labels", "random-pixels", "shuffled-pixels", "gaussian-pixels"];

    /// <summary>Training accuracy per epoch, one line a variant.</summary>
    public LineChart Learning() =>
        new()
        {
            Title = $"Training accuracy per epoch of {result.Network} on {result.Data}",
            Description = string.Join(" ", result.Variants.Select(Course)),
            X = new ChartAxis("Epoch (log scale)") { IsLogarithmic = true, Minimum = 1 },
            Y = new ChartAxis("Training accuracy, %") { Minimum = 0, Maximum = 100 },
            Lines =
            [
                .. result.Variants.Select((variant, index) => new ChartLine(variant.Title, Style(variant.Id, index), Points(variant))),
            ],
            References =
            [
                new ReferenceLevel(100 * result.FitTarget, "fitted", Numbers.Level(result.FitTarget)),
                new ReferenceLevel(100 * facts.Chance, "chance", Numbers.Level(facts.Chance)),
            ],
        };

    /// <summary>What the reader sees in <see cref="Learning"/>.</summary>
    public Html LearningCaption()
    {
        var unfitted = result.Variants.Count(variant => !facts.Fitted(variant));
        var ends =
            unfitted == 0
                ? Html.Of($"A line ends with the epoch that reached {Numbers.Level(result.FitTarget)}.")
                : Html.Of(
                    $"A line ends with the epoch that reached {Numbers.Level(result.FitTarget)}, or, for "
                        + $"{Numbers.Count(unfitted, "variant")}, where training stopped before that."
                );
        return Html.Of(
            $"Share of the training images that get the label they were given, evaluated after the epoch. {ends} Equal distances to the "
                + $"right are equal factors in time."
        );
    }

    /// <summary>Training against test accuracy, one pair of bars a variant.</summary>
    public BarChart TrainAgainstTest() =>
        new()
        {
            Title = $"Training and test accuracy of {result.Network} on {result.Data}",
            Description =
                string.Join(
                    " ",
                    result.Variants.Select(variant =>
                        $"{variant.Title}: {Numbers.PercentWithError(variant.TrainAccuracy)} training, "
                        + $"{Numbers.PercentWithError(variant.TestAccuracy)} test."
                    )
                ) + $" Chance is {Numbers.Level(facts.Chance)}.",
            Axis = new ChartAxis("Accuracy, %") { Minimum = 0, Maximum = 100 },
            Kinds = [new BarKind("training", 4, IsPale: true), new BarKind("test", 0, IsPale: false)],
            Groups =
            [
                .. result.Variants.Select(variant => new BarGroup(
                    variant.Title,
                    [Percent(variant.TrainAccuracy), Percent(variant.TestAccuracy)]
                )),
            ],
            Label = value => Numbers.Percent(new Estimate(value.Value / 100, value.StandardError / 100, value.Samples), result.FitTarget),
            Reference = new ReferenceLevel(100 * facts.Chance, "chance", Numbers.Level(facts.Chance)),
        };

    /// <summary>What the reader sees in <see cref="TrainAgainstTest"/>.</summary>
    public static Html TrainAgainstTestCaption() =>
        Html.Text(
            "The final networks. Pale bar: share of the training images that get the label they were given. Blue bar: share of the test "
                + "images that get their true label, which no network has seen. The whiskers are one standard error each side, of a "
                + "share of that many images."
        );

    private static int Style(string id, int position) => Array.IndexOf(Styles, id) is var known and >= 0 ? known : position;

    private static Estimate Percent(Estimate share) => new(100 * share.Value, 100 * share.StandardError, share.Samples);

    private static ChartPoint[] Points(VariantResult variant) =>
        [
            .. variant
                .Epochs.Where(epoch => epoch.TrainAccuracy is not null)
                .Select(epoch => new ChartPoint(epoch.Epoch, 100 * epoch.TrainAccuracy!.Value)),
        ];

    private string Course(VariantResult variant)
    {
        var known = variant.Epochs.Where(epoch => epoch.TrainAccuracy is { } share && double.IsFinite(share)).ToArray();
        return known.Length == 0
            ? $"{variant.Title}: not evaluated."
            : $"{variant.Title}: {Share(known[0].TrainAccuracy!.Value)} at epoch {known[0].Epoch}, "
                + $"{Share(known[^1].TrainAccuracy!.Value)} at epoch {known[^1].Epoch}.";

        string Share(double share) =>
            Numbers.Percent(new Estimate(share, Math.Sqrt(share * (1 - share) / result.TrainCount), result.TrainCount), result.FitTarget);
    }
}
