using Rote.Measurement;
using Rote.Storage;

namespace Rote.Reports.Runs;

/// <summary>The table of <c>rote train --memorize auto</c>: what each degree of memorization reached on held-out examples.</summary>
public static class DegreesTable
{
    /// <summary>Creates the table: one row a degree.</summary>
    /// <param name="runs">Finished runs with the dial, the lowest degree first.</param>
    /// <param name="chosen">The run that is kept.</param>
    /// <returns>The degree asked for, what the held-out canaries show, and the accuracy on the held-out examples.</returns>
    public static Table Create(IReadOnlyList<FinishedRun> runs, FinishedRun chosen) =>
        new(
            $"{runs[0].Experiment.Network.Title} on {runs[0].Experiment.Data.Name}, seed {runs[0].Experiment.Seed}, a run a degree.",
            [
                new TableColumn("Asked", "Degree of memorization asked for."),
                new TableColumn("Held-out canaries", "Degree on the held-out canaries, with its 95 % interval."),
                new TableColumn(
                    "Held out",
                    "Share of the examples held out whose given label the network predicts; given labels may be wrong. ± is the binomial "
                        + "standard error; the runs share these examples, so that differences are surer than it says."
                ),
                new TableColumn("", "The one that is kept: the best on the examples held out.", ColumnKind.Text),
            ],
            [.. runs.Select(run => Row(run, run == chosen))]
        );

    private static TableCell[] Row(FinishedRun run, bool isChosen)
    {
        var canaries = run.Summary.Canaries!;
        var (low, high) = canaries.HeldOut.Interval;
        return
        [
            $"{Numbers.Degree(canaries.Asked)}",
            new TableCell($"{canaries.HeldOut.Value:F2}", $"({low:F2} to {high:F2})"),
            Numbers.PercentCell(Estimate.Share(canaries.HeldOutCorrect, canaries.HeldOutCount)),
            isChosen ? "kept" : "",
        ];
    }
}
