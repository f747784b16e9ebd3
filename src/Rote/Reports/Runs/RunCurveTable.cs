using Rote.Measurement;
using Rote.Storage;
using Rote.Training;

namespace Rote.Reports.Runs;

/// <summary>The curve of a run as a small table: the numbers of its first epochs, its last epoch, and several between.</summary>
internal static class RunCurveTable
{
    private const int MostRows = 10;

    /// <summary>Creates the table.</summary>
    /// <param name="run">A run with at least one epoch.</param>
    public static Table Create(StoredRun run)
    {
        var shown = Choose(run.History);
        var hasParts = run.History.Any(epoch => epoch.MemorizedShare is not null);
        var error = run.Summary is null ? "" : " ± is the binomial standard error.";
        return new Table(
            shown.Count < run.History.Count
                ? $"The curve: {shown.Count} of {Numbers.Count(run.History.Count)} epochs."
                : "The curve: every epoch.",
            [
                new TableColumn("Epoch", "Epochs done; 0 is the untrained network."),
                new TableColumn("Learning rate", "Step size in that epoch."),
                new TableColumn("Running loss", "Mean training loss over the epoch's batches as each was trained on, in nats."),
                new TableColumn(
                    "Training accuracy",
                    $"Share of the training examples that get the label they were given, evaluated after the epoch.{error}"
                ),
                .. hasParts ? Parts(error) : [],
                new TableColumn("Test accuracy", $"Share of the test examples that get their true label.{error}"),
                new TableColumn("Seconds", "Wall time since the run began, over all sessions."),
            ],
            [.. shown.Select(epoch => Row(epoch, run.Summary, hasParts))]
        );
    }

    private static TableColumn[] Parts(string error) =>
        [
            new("Unchanged", $"Share of the training examples whose label the corruption left alone that get it.{error}"),
            new("Memorized", $"Share of the training examples with a changed label that get this wrong label.{error}"),
            new("Recovered", $"Share of the training examples with a changed label that get their true label.{error}"),
        ];

    /// <summary>Chooses all of few epochs; of many, the first two, the last, and others at equal distances. Prefers evaluated epochs, and
    /// tested ones if they fill the table: a row of dashes tells little.</summary>
    public static IReadOnlyList<EpochMetrics> Choose(IReadOnlyList<EpochMetrics> history)
    {
        var evaluated = history.Where(epoch => epoch.TrainAccuracy is not null || epoch == history[^1]).ToArray();
        var tested = evaluated.Where(epoch => epoch.TestAccuracy is not null || epoch == history[^1]).ToArray();
        var from =
            tested.Length >= MostRows ? tested
            : evaluated.Length >= 3 ? evaluated
            : history;
        if (from.Count <= MostRows)
        {
            return from;
        }

        var indices = Enumerable
            .Range(0, MostRows - 1)
            .Select(i => 1 + (int)Math.Round(i * (from.Count - 2) / (MostRows - 2.0)))
            .Prepend(0);
        return [.. indices.Distinct().Select(index => from[index])];
    }

    private static TableCell[] Row(EpochMetrics epoch, RunSummary? summary, bool hasParts) =>
        [
            Numbers.Count(epoch.Epoch),
            epoch.Epoch == 0 ? TableCell.Missing("–") : epoch.LearningRate.ToString("G3"),
            epoch.RunningLoss is { } loss ? Numbers.Loss(loss) : TableCell.Missing("–"),
            Accuracy(epoch.TrainAccuracy, summary?.TrainCount),
            .. hasParts
                ?
                [
                    Accuracy(epoch.CleanAccuracy, summary?.CleanCount ?? (summary?.TrainCount - summary?.ChangedCount)),
                    Accuracy(epoch.MemorizedShare, summary?.ChangedCount),
                    Accuracy(epoch.RecoveredShare, summary?.ChangedCount),
                ]
                : Array.Empty<TableCell>(),
            Accuracy(epoch.TestAccuracy, summary?.TestCount),
            Numbers.Seconds(epoch.Seconds),
        ];

    private static TableCell Accuracy(double? share, int? count) =>
        share switch
        {
            null => TableCell.Missing("–"),
            { } known when count is { } n => Numbers.PercentCell(Estimate.Share((long)Math.Round(known * n), n)),
            { } known => Numbers.Percent(new Estimate(known, 0, 0)),
        };
}
