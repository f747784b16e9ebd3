using Rote.Storage;
using Rote.Training;

namespace Rote.Reports.Runs;

/// <summary>The table of <c>rote runs list</c>.</summary>
public static class RunListTable
{
    /// <summary>Creates the table: one row a run, in the given order.</summary>
    /// <param name="runs">The runs, in any state.</param>
    /// <param name="store">The path of their store, for the caption.</param>
    /// <returns>Name, data, corruption, network, seed, epochs, accuracies with their errors, seconds and state, with a legend for every
    /// number.</returns>
    public static Table Create(IReadOnlyList<StoredRun> runs, string store) =>
        new(
            $"{Numbers.Count(runs.Count, "run")} in {store}",
            [
                new TableColumn(
                    "Run",
                    "The beginning of the folder's name; 'rote runs show' takes it, or as much of it as no other run has.",
                    ColumnKind.Text
                ),
                new TableColumn("Data", "", ColumnKind.Text),
                new TableColumn("Corruption", "", ColumnKind.Text),
                new TableColumn("Network", "", ColumnKind.Text),
                new TableColumn("Seed", ""),
                new TableColumn("Epochs", "Passes over the training data; of how many at most, where the run is not finished."),
                new TableColumn(
                    "Training",
                    "Share of the training examples that get the label they were given. ± is the binomial standard error; a run that is "
                        + "not finished has none."
                ),
                new TableColumn("Test", "Share of the test examples that get their true label, with its error."),
                new TableColumn("Seconds", "Wall time of training and evaluation, over all sessions."),
                new TableColumn("State", "", ColumnKind.Text),
            ],
            [.. runs.Select(Row)]
        );

    private static TableCell[] Row(StoredRun run)
    {
        var state = RunWords.State(run);
        if (run.Experiment is not { } experiment)
        {
            return [RunWords.Short(run), "", "", "", "", "", "", "", "", state];
        }

        return
        [
            RunWords.Short(run),
            experiment.Data.Name,
            RunWords.Corruption(experiment),
            experiment.Network.Title,
            $"{experiment.Seed}",
            RunWords.Epochs(run),
            run.TrainAccuracy is { } train ? Numbers.PercentCell(train) : SoFar(run, epoch => epoch.TrainAccuracy),
            run.TestAccuracy is { } test ? Numbers.PercentCell(test) : SoFar(run, epoch => epoch.TestAccuracy),
            run.Seconds is { } seconds ? Numbers.Seconds(seconds) : TableCell.Missing("–"),
            state,
        ];
    }

    /// <summary>The last evaluated share of an unfinished run, without error: the number of examples is written at the end.</summary>
    private static TableCell SoFar(StoredRun run, Func<EpochMetrics, double?> share) =>
        run.History.Select(share).LastOrDefault(value => value is not null) is { } known
            ? new TableCell(Numbers.Percent(new(known, 0, 0)), "", IsMissing: true)
            : TableCell.Missing("–");
}
