using Rote.Studies;

namespace Rote.Reports.Quickstarts;

/// <summary>The table of <c>rote quickstart</c>, for the terminal and for the report.</summary>
public static class QuickstartTable
{
    /// <summary>Makes the table: one row a variant.</summary>
    /// <param name="result">What the quickstart found.</param>
    /// <returns>Training and test accuracy with their errors, epochs and seconds to fit, and epochs relative to true labels; with a legend
    /// for every column.</returns>
    public static Table Create(QuickstartResult result)
    {
        var target = Numbers.Level(result.FitTarget);
        var chance = Numbers.Level(1.0 / result.Classes);
        const string Error = "± is the standard error of a share of that many examples; it leaves out the spread between seeds.";
        return new Table(
            $"{result.Network} on {result.Data}: {Numbers.Count(result.TrainCount)} training and {Numbers.Count(result.TestCount)} test "
                + $"examples, {Numbers.Count(result.Classes)} classes.",
            [
                new TableColumn(
                    "Trained on",
                    "What was done to the data before training. Pixels are treated alike in training and test images; the labels of test "
                        + "images are always the true ones.",
                    ColumnKind.Text
                ),
                new TableColumn(
                    "Training accuracy",
                    $"Share of the training examples to which the final network gives the label they came with, in percent. {Error}"
                ),
                new TableColumn(
                    "Test accuracy",
                    $"Share of the test examples to which it gives the true label, in percent; guessing gives {chance}. {Error}"
                ),
                new TableColumn("Epochs to fit", $"Passes over the training data until the training accuracy reached {target}. One run."),
                new TableColumn("Seconds to fit", "Wall time of training and evaluation until then, in seconds, on this machine. One run."),
                new TableColumn("Relative epochs", "Epochs to fit divided by those of true labels: above 1 is slower, below 1 faster."),
            ],
            [.. result.Variants.Select(variant => Row(variant, result.FitTarget))]
        );
    }

    private static TableCell[] Row(VariantResult variant, double target) =>
        [
            variant.Title,
            Numbers.PercentCell(variant.TrainAccuracy, target),
            Numbers.PercentCell(variant.TestAccuracy),
            variant.EpochsToFit is { } epochs ? Numbers.Count(epochs) : TableCell.Missing("not reached"),
            variant.SecondsToFit is { } seconds ? Numbers.Seconds(seconds) : TableCell.Missing("not reached"),
            variant.EpochsRelativeToTrueLabels is { } ratio ? Numbers.Ratio(ratio) : TableCell.Missing("–"),
        ];
}
