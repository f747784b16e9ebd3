using Rote.Measurement;
using Rote.Theory.Kernels;

namespace Rote.Reports.Theories;

/// <summary>The tables of <c>rote theory kernel</c>, for the terminal and for the page.</summary>
public static class KernelTables
{
    /// <summary>One row a solution: errors, norm, residual.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The table, with its legends.</returns>
    public static Table Solutions(KernelResult result) =>
        new(
            $"{result.Data}, {result.Description}: exp(−{result.Gamma:G4} ‖x − x′‖²) on {Numbers.Count(result.Train)} training examples, "
                + $"{Numbers.Count(result.Test)} test examples.",
            [
                new TableColumn(
                    "Ridge",
                    "What is added to the diagonal of the kernel matrix, whose own diagonal is 1; none: the solution passes through "
                        + "every label.",
                    ColumnKind.Text
                ),
                new TableColumn(
                    "Test error",
                    "Share of the test examples that get another label than their own, in percent. ± is the standard error of a share of "
                        + "that many examples."
                ),
                new TableColumn("Training error", "The same for the training examples."),
                new TableColumn("Norm", "Size of the solution in the kernel's own space, over all classes: √tr(αKα)."),
                new TableColumn(
                    "Residual",
                    "‖Y − α(K + λI)‖ / ‖Y‖ in the Frobenius norm, against the float32 kernel, in float64 arithmetic."
                ),
                new TableColumn("Products", "Products with the kernel matrix until then."),
                new TableColumn("Time", "Wall seconds of solving and judging; the kernel matrix is made once for all."),
            ],
            [
                .. result.Solutions.Select(s =>
                    new TableCell[]
                    {
                        s.Ridge == 0 ? "none" : $"{s.Ridge:G4}",
                        Numbers.PercentCell(Estimate.Share(s.TestWrong, result.Test)),
                        Numbers.PercentCell(Estimate.Share(s.TrainWrong, result.Train)),
                        $"{s.Norm:N1}",
                        new TableCell($"{s.Residual:0.0e+0}{(s.IsConverged ? "" : " (not reached)")}"),
                        Numbers.Count(s.Iterations),
                        Numbers.Seconds(s.Seconds),
                    }
                ),
            ]
        );

    /// <summary>Test errors on the way to the interpolant, which show whether they still change.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The table, with its legends.</returns>
    public static Table Milestones(KernelResult result) =>
        new(
            "The interpolant on its way: does its test error still move?",
            [
                new TableColumn("Residual", "Relative residual of the recursion at that moment, Frobenius norm."),
                new TableColumn("Products", "Products with the kernel matrix until then."),
                new TableColumn("Test error", "As above."),
            ],
            [
                .. result
                    .Solutions[0]
                    .Steps.Where(step => step.TestWrong is not null)
                    .Select(step =>
                        new TableCell[]
                        {
                            $"{step.Residual:0.0e+0}",
                            Numbers.Count(step.Iteration),
                            Numbers.PercentCell(Estimate.Share(step.TestWrong!.Value, result.Test)),
                        }
                    ),
            ]
        );

    /// <summary>The norm of each class's function.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The table, with its legends.</returns>
    public static Table Norms(KernelResult result) =>
        new(
            "Each class by itself: the norm of its function.",
            [
                new TableColumn("Class", "", ColumnKind.Text),
                .. result.Solutions.Select(s => new TableColumn(s.Ridge == 0 ? "No ridge" : $"Ridge {s.Ridge:G4}", "")),
            ],
            [
                .. result.ClassNames.Select(
                    (name, c) => (TableCell[])[name, .. result.Solutions.Select(s => (TableCell)$"{s.ClassNorms[c]:N1}")]
                ),
            ]
        );

    /// <summary>The bandwidths tried.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The table, with its legends; null where the bandwidth was given.</returns>
    public static Table? Trials(KernelResult result) =>
        result.Trials.Count == 0
            ? null
            : new Table(
                $"The bandwidth, chosen by five-fold cross-validation of the interpolant on {Numbers.Count(result.Trials[0].Count)} "
                    + $"training examples, in float64.",
                [
                    new TableColumn("Gamma", "γ of exp(−γ ‖x − x′‖²): powers of two over the median squared distance."),
                    new TableColumn(
                        "Held-out error",
                        "Share of the held-out examples of all folds that get another label than their own. ± is the standard error of a "
                            + "share of that many examples."
                    ),
                ],
                [
                    .. result.Trials.Select(trial =>
                        new TableCell[]
                        {
                            $"{trial.Gamma:G3}{(trial.Gamma == result.Gamma ? " (chosen)" : "")}",
                            trial.Wrong is { } wrong
                                ? Numbers.PercentCell(Estimate.Share(wrong, trial.Count))
                                : TableCell.Missing("singular"),
                        }
                    ),
                ]
            );

    /// <summary>The paper's numbers beside ours; null where it has none for this data and these features.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The table, with its legends.</returns>
    public static Table? Paper(KernelResult result)
    {
        var rows = KernelPaper.Of(result).ToArray();
        return rows.Length == 0
            ? null
            : new Table(
                "The paper and this run (Zhang et al. 2017, section 5).",
                [
                    new TableColumn("What", "", ColumnKind.Text),
                    new TableColumn("Paper", "Test error as the paper gives it."),
                    new TableColumn("Here", "Test error of this run. ± is the standard error of a share of that many examples."),
                    new TableColumn("Same?", "What the paper says of the setting, and what is different here.", ColumnKind.Text),
                ],
                [
                    .. rows.Select(row =>
                        new TableCell[]
                        {
                            row.What,
                            row.Paper,
                            Numbers.PercentCell(Estimate.Share(row.Solution.TestWrong, result.Test)),
                            row.Difference,
                        }
                    ),
                ]
            );
    }
}
