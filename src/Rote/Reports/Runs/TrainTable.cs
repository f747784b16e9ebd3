using Rote.Storage;

namespace Rote.Reports.Runs;

/// <summary>The table of <c>rote train</c>: the result of one run.</summary>
public static class TrainTable
{
    /// <summary>Creates the table: one row a set of examples.</summary>
    /// <param name="run">A finished run.</param>
    /// <returns>Accuracy with its error on the training examples, the held-out examples if any, and the test examples.</returns>
    public static Table Create(FinishedRun run)
    {
        var summary = run.Summary;
        var rows = new List<IReadOnlyList<TableCell>>
        {
            new TableCell[] { "training", Numbers.PercentCell(summary.TrainAccuracy()), Numbers.Count(summary.TrainCount), "as given" },
            new TableCell[] { "test", Numbers.PercentCell(summary.TestAccuracy()), Numbers.Count(summary.TestCount), "true" },
        };
        if (summary.CleanAccuracy() is { } clean && summary.MemorizedShare() is { } memorized && summary.RecoveredShare() is { } recovered)
        {
            rows.InsertRange(
                1,
                [
                    [new TableCell("· unchanged"), Numbers.PercentCell(clean), Numbers.Count(clean.Samples), new TableCell("as given")],
                    [
                        new TableCell("· changed"),
                        Numbers.PercentCell(memorized),
                        Numbers.Count(memorized.Samples),
                        new TableCell("as given"),
                    ],
                    [new TableCell("· changed"), Numbers.PercentCell(recovered), Numbers.Count(recovered.Samples), new TableCell("true")],
                ]
            );
        }

        if (summary.HeldOutAccuracy() is { } heldOut)
        {
            rows.Insert(
                rows.Count - 1,
                [new TableCell("held out"), Numbers.PercentCell(heldOut), Numbers.Count(summary.HeldOutCount!.Value), "as given"]
            );
        }

        return new Table(
            $"{run.Experiment.Network.Title}, {Numbers.Count(summary.Parameters)} parameters, on {run.Experiment.Data.Name} after "
                + $"{summary.Epochs} epoch{(summary.Epochs == 1 ? "" : "s")}{RunWords.Kept(summary)}.",
            [
                new TableColumn(
                    "Examples",
                    "Those trained on, apart where the corruption changed the labels of some of them, those held out of the training set "
                        + "if any, and those of the test set.",
                    ColumnKind.Text
                ),
                new TableColumn(
                    "Accuracy",
                    "Share whose label the network predicts, in percent. ± is the standard error of a share of that many examples; it "
                        + "leaves out the spread between seeds."
                ),
                new TableColumn("Number", "How many examples."),
                new TableColumn(
                    "Labels",
                    "Labels as given are those after the corruption that was asked for, if any; test labels are never corrupted.",
                    ColumnKind.Text
                ),
            ],
            rows
        );
    }
}
