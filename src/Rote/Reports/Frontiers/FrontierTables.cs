using Rote.Studies.Frontiers;

namespace Rote.Reports.Frontiers;

/// <summary>The tables of a frontier.</summary>
internal static class FrontierTables
{
    /// <summary>Test accuracy of every tool at every degree.</summary>
    public static Table Accuracies(Frontier frontier)
    {
        var columns = frontier
            .Degrees.Select(
                (degree, i) =>
                    new TableColumn(
                        $"m {Numbers.Degree(degree)}",
                        i == 0
                            ? $"Test accuracy at a memorization of {Numbers.Degree(degree)}: of the dial asked for it, if it came within "
                                + $"{FrontierRun.Slack} on average; of two networks with a gate these set to it; of the other tools "
                                + $"the epoch that agrees best with the examples held out, of those as near in every seed."
                            : $"The same at {Numbers.Degree(degree)}."
                    )
            )
            .ToArray();
        return new Table(
            "Test accuracy against true labels, by tool and memorization.",
            [new TableColumn("Tool", "What holds memorization back.", ColumnKind.Text), .. columns],
            [
                .. frontier.Plan.Tools.Select(tool =>
                    (IReadOnlyList<TableCell>)
                        [
                            tool.Title,
                            .. frontier.Degrees.Select(degree =>
                                frontier.At(tool, degree) is { } accuracy ? Numbers.PercentCell(accuracy) : TableCell.Missing("not reached")
                            ),
                        ]
                ),
            ]
        );
    }

    /// <summary>The dial's targets and what it reached, one row a run; null where the dial is not among the tools.</summary>
    public static Table? Targets(Frontier frontier)
    {
        var runs = frontier
            .Runs.Where(run => run.Cell.Tool.HasTargets)
            .OrderBy(run => run.Cell.Tool.Kind)
            .ThenBy(run => run.Cell.Target)
            .ThenBy(run => run.Cell.Experiment.Seed)
            .ToArray();
        var hasParts = runs.Any(run => run.Cell.Tool.Kind == FrontierKind.Part);
        return runs.Length == 0
            ? null
            : new Table(
                "What the dial was asked for, and what it gave.",
                [
                    .. hasParts ? new[] { new TableColumn("Tool", "The dial, or the dial with a part left out.", ColumnKind.Text) } : [],
                    new TableColumn("Asked", "The degree of memorization m asked for, 0 to 1."),
                    new TableColumn("Seed", "The run's seed."),
                    new TableColumn("Steering canaries", "m of the final network on the canaries that steered it."),
                    new TableColumn("Held-out canaries", "m on the canaries that did not steer, with the 95 % interval."),
                    new TableColumn("Holds", "Whether that interval holds the degree asked for.", ColumnKind.Text),
                    new TableColumn("True", "m over the wrong labels of the data that are known to the experimenter alone."),
                    new TableColumn("Held out", "Agreement with the given labels of the examples held out."),
                    new TableColumn("Test", "Accuracy on test examples with true labels."),
                ],
                [.. runs.Select(run => hasParts ? [run.Cell.Tool.Title, .. Row(run)] : Row(run))]
            );
    }

    private static IReadOnlyList<TableCell> Row(FrontierRun run)
    {
        var (low, high) = run.HeldOut.Interval;
        var asked = run.Cell.Target!.Value;
        return
        [
            $"{Numbers.Degree(asked)}",
            $"{run.Cell.Experiment.Seed}",
            $"{run.End.Memorization:F3}",
            $"{run.HeldOut.Value:F3} ({low:F3} to {high:F3})",
            low <= asked && asked <= high ? "yes" : "no",
            run.TrueMemorization is { } truth ? $"{truth:F3}" : TableCell.Missing("no such labels"),
            Numbers.PercentCell(run.Run.Summary.HeldOutAccuracy()!.Value),
            Numbers.PercentCell(run.Run.Summary.TestAccuracy()),
        ];
    }
}
