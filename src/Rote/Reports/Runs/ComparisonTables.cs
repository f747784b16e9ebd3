using Rote.Storage;

namespace Rote.Reports.Runs;

/// <summary>The tables of a comparison of runs.</summary>
/// <param name="comparison">The runs side by side.</param>
internal sealed class ComparisonTables(RunComparison comparison)
{
    private const string Nothing = "–";

    /// <summary>What differs between the experiments: one row a member, one column a run.</summary>
    public Table Differences() =>
        new(
            "What differs between the experiments; everything else is equal.",
            [
                new TableColumn("Member", $"As in experiment.json; {Nothing} where a run's record has no such member.", ColumnKind.Text),
                .. comparison.Runs.Select(run => new TableColumn(RunWords.Short(run), "", ColumnKind.Text)),
            ],
            [
                .. comparison.Differences.Select(difference =>
                    (TableCell[])[difference.Path, .. difference.Values.Select(value => value is null ? TableCell.Missing(Nothing) : value)]
                ),
            ]
        );

    /// <summary>The results of each run.</summary>
    public Table Results() =>
        new(
            "What came of each run.",
            [
                new TableColumn("Run", "", ColumnKind.Text),
                new TableColumn("Differs by", "What is particular about it among these runs, besides its seed.", ColumnKind.Text),
                new TableColumn("Seed", ""),
                new TableColumn("Epochs", "Passes over the training data."),
                new TableColumn(
                    "Training accuracy",
                    "Share of the training examples that get the label they were given. ± is the binomial standard error of that many "
                        + "examples, not the spread between seeds."
                ),
                new TableColumn("Test accuracy", "Share of the test examples that get their true label, with the same error."),
                new TableColumn("Training loss", "Mean over the batches of the epoch whose weights are kept, in nats."),
                new TableColumn("Seconds", "Wall time of training and evaluation, over all sessions, on the machine it ran on."),
            ],
            [.. comparison.Runs.Select(Row)]
        );

    /// <summary>The results of runs that differ only by seed.</summary>
    public Table Groups() =>
        new(
            "Runs that differ by seed alone, together.",
            [
                new TableColumn("Differs by", "What is particular about these runs among all.", ColumnKind.Text),
                new TableColumn("Seeds", "Finished runs."),
                new TableColumn(
                    "Error",
                    "over seeds: ± is the standard error of the mean over seeds, s/√n with s over n − 1. binomial: one run, whose ± is "
                        + "that of its number of examples and knows nothing of seeds.",
                    ColumnKind.Text
                ),
                new TableColumn("Training accuracy", "Mean over the seeds."),
                new TableColumn("Test accuracy", "Mean over the seeds, all tested on the same examples."),
                new TableColumn("Epochs", "Mean over the seeds."),
            ],
            [.. comparison.Groups.Select(Row)]
        );

    private TableCell[] Row(StoredRun run) =>
        [
            RunWords.Short(run),
            comparison.Groups.First(group => group.Runs.Contains(run)).Label,
            $"{run.Experiment!.Seed}",
            RunWords.Epochs(run),
            run.TrainAccuracy is { } train ? Numbers.PercentCell(train) : TableCell.Missing(RunWords.State(run)),
            run.TestAccuracy is { } test ? Numbers.PercentCell(test) : TableCell.Missing(RunWords.State(run)),
            run.Summary?.RunningLoss is { } loss ? Numbers.Loss(loss) : TableCell.Missing(Nothing),
            run.Seconds is { } seconds ? Numbers.Seconds(seconds) : TableCell.Missing(Nothing),
        ];

    private static TableCell[] Row(SeedGroup group) =>
        [
            group.Label,
            Numbers.Count(group.Seeds),
            group.Seeds == 0 ? TableCell.Missing(Nothing)
            : group.IsOverSeeds ? "over seeds"
            : "binomial",
            group.Train is { } train ? Numbers.PercentCell(train) : TableCell.Missing("not finished"),
            group.Test is { } test ? Numbers.PercentCell(test) : TableCell.Missing("not finished"),
            group.Epochs is { } epochs
                ? new TableCell(
                    epochs.Value.ToString(group.IsOverSeeds ? "0.0" : "0"),
                    group.IsOverSeeds ? $"±\u00A0{epochs.StandardError:0.0}" : ""
                )
                : TableCell.Missing("not finished"),
        ];
}
