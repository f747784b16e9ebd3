using Rote.Evaluation;
using Rote.Measurement;

namespace Rote.Reports.Evaluations;

/// <summary>The tables of <c>rote evaluate</c>, for the terminal and for the page.</summary>
public static class EvaluationTables
{
    /// <summary>The number of pairs of classes that <see cref="Confusions"/> shows.</summary>
    public const int Pairs = 5;

    /// <summary>The most classes that <see cref="Classes(NetworkEvaluation)"/> shows.</summary>
    public const int MostClasses = 40;

    private const string ShareError = "± is the standard error of a share of that many examples.";

    /// <summary>The overall numbers in one row: accuracy, loss, calibration.</summary>
    /// <param name="evaluation">The result.</param>
    /// <returns>The table, with its legends.</returns>
    public static Table Overall(NetworkEvaluation evaluation)
    {
        var (summary, given) = (evaluation.Summary, Given(evaluation));
        return new Table(
            $"{evaluation.Run.Experiment.Network.Title} of the run {Path.GetFileName(evaluation.Run.Folder)}: "
                + $"{Numbers.Count(evaluation.Predictions.Count, "example")}, {Numbers.Count(evaluation.ClassNames.Count)} classes.",
            [
                new TableColumn("Data", "The data set, and which part of it.", ColumnKind.Text),
                new TableColumn(
                    "Accuracy",
                    $"Share of the examples to which the network gives {given}, in percent; guessing gives "
                        + $"{Numbers.Level(1.0 / evaluation.ClassNames.Count)}. {ShareError}"
                ),
                new TableColumn("Loss", "Mean cross-entropy in nats; ± is its standard error, from the spread between the examples."),
                new TableColumn(
                    "Calibration error",
                    $"Expected calibration error with {Calibration.Bins} bins (Guo et al. 2017), in percentage points: how far the "
                        + $"probability of the predicted class is from the share that is right, on average."
                ),
            ],
            [
                [
                    $"{evaluation.Data}, {evaluation.Part.Name()}",
                    Numbers.PercentCell(summary.Accuracy),
                    new TableCell(
                        $"{summary.Loss.Value:0.000}",
                        double.IsNaN(summary.Loss.StandardError) ? "± n/a" : $"± {summary.Loss.StandardError:0.000}"
                    ),
                    new TableCell($"{100 * summary.CalibrationError.Value:0.0}", $"± {100 * summary.CalibrationError.StandardError:0.0}"),
                ],
            ]
        );
    }

    /// <summary>One row for each class that has examples. With more than <see cref="MostClasses"/> classes, only those with the lowest
    /// accuracy.</summary>
    /// <param name="evaluation">The result.</param>
    /// <returns>The table, with its legends.</returns>
    public static Table Classes(NetworkEvaluation evaluation) => Classes(evaluation, evaluation.Summary.Classes.Count);

    private static Table Classes(NetworkEvaluation evaluation, int all) =>
        new(
            all <= MostClasses ? "Each class by itself." : $"The {MostClasses} of {Numbers.Count(all)} classes with the lowest accuracy.",
            [
                new TableColumn("Class", "", ColumnKind.Text),
                new TableColumn("Examples", "Examples with this label."),
                new TableColumn("Accuracy", $"Share of them to which the network gives it, in percent. {ShareError}"),
                new TableColumn("Predicted", "Examples of any label to which the network gives this class."),
            ],
            [
                .. Shown(evaluation.Summary.Classes)
                    .Select(row =>
                        new[]
                        {
                            evaluation.ClassNames[row.Class],
                            Numbers.Count(row.Accuracy.Samples),
                            Numbers.PercentCell(row.Accuracy),
                            Numbers.Count(row.Predicted),
                        }
                    ),
            ]
        );

    /// <summary>The pairs of classes that are most often confused.</summary>
    /// <param name="evaluation">The result.</param>
    /// <returns>The table, with its legends; null if no classes are confused.</returns>
    public static Table? Confusions(NetworkEvaluation evaluation)
    {
        var pairs = evaluation.Summary.MostConfused(Pairs);
        return pairs.Count == 0
            ? null
            : new Table(
                "What is taken for what most often.",
                [
                    new TableColumn("Label", "The label that the examples came with.", ColumnKind.Text),
                    new TableColumn("Prediction", "The class that the network gives them.", ColumnKind.Text),
                    new TableColumn("Examples", "How many examples."),
                    new TableColumn("Share", $"Their share of all examples with this label, in percent. {ShareError}"),
                ],
                [
                    .. pairs.Select(pair =>
                        new[]
                        {
                            evaluation.ClassNames[pair.Label],
                            evaluation.ClassNames[pair.Predicted],
                            Numbers.Count(pair.Count),
                            Numbers.PercentCell(pair.Share),
                        }
                    ),
                ]
            );
    }

    private static IEnumerable<ClassAccuracy> Shown(IReadOnlyList<ClassAccuracy> classes) =>
        classes.Count <= MostClasses ? classes : classes.OrderBy(c => c.Accuracy.Value).ThenBy(c => c.Class).Take(MostClasses);

    /// <summary>Says in words which predictions count as right.</summary>
    internal static string Given(NetworkEvaluation evaluation) =>
        evaluation is { Part: EvaluationPart.Train, IsOwn: true } ? "the label that it was trained on" : "their label";
}
