using Rote.Reports.Charts;
using Rote.Theory.MinimumNorm;

namespace Rote.Reports.Theories;

/// <summary>The table and the page of <c>rote theory minimum-norm</c>.</summary>
/// <remarks>Equal results give equal files.</remarks>
public static class MinimumNormReport
{
    /// <summary>One row a start.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The table, with its legends.</returns>
    public static Table Create(MinimumNormResult result) =>
        new(
            $"SGD on least squares with {Numbers.Count(result.Examples)} examples of {result.Data} and {Numbers.Count(result.Dimension)} "
                + $"weights.",
            [
                new TableColumn("Start", "", ColumnKind.Text),
                new TableColumn("Epochs", "Passes over the examples, one example a step."),
                new TableColumn(
                    "Distance",
                    "‖w − w*‖ / ‖w*‖ at the end, where w* = Xᵀ(XXᵀ)⁻¹y is the solution of least norm, from a direct solve in float64."
                ),
                new TableColumn(
                    "Floor",
                    "What linear algebra says the distance ends at: the part of the start that is outside of the span of the examples."
                ),
                new TableColumn("Misses", "‖Xw − y‖ / ‖y‖ at the end: both solutions meet the labels."),
            ],
            [
                .. new[] { result.FromZero, result.FromElsewhere }.Select(descent =>
                    new TableCell[]
                    {
                        descent.Start,
                        Numbers.Count(descent.Steps[^1].Epoch),
                        Show(descent.Steps[^1].Distance),
                        Show(descent.Floor),
                        Show(descent.Steps[^1].Residual),
                    }
                ),
            ]
        );

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="result">The result.</param>
    /// <param name="provenance">What makes it reproducible, as (name, value).</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written; an existing one stays untouched.</exception>
    public static void Write(MinimumNormResult result, IReadOnlyList<(string Name, string Value)> provenance, string path) =>
        AtomicFile.WriteText(path, ToHtml(result, provenance));

    /// <summary>The page's text.</summary>
    /// <param name="result">The result.</param>
    /// <param name="provenance">What makes it reproducible, as (name, value).</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(MinimumNormResult result, IReadOnlyList<(string Name, string Value)> provenance)
    {
        var page = new HtmlPage("Which solution does SGD find?", $"rote theory minimum-norm · {result.Data}");
        page.Lead(
            Html.Of(
                $"With {Numbers.Count(result.Dimension)} weights and only {Numbers.Count(result.Examples)} labels to meet there are "
                    + $"endlessly many solutions. SGD from zero finds the one of least norm, without being asked to. From elsewhere it "
                    + $"finds another one."
            )
        );
        page.Figure(
            "distances",
            Distances(result),
            Html.Text(
                "Distance to the solution of least norm, relative to its own norm, after each epoch. A step of SGD adds a multiple of an "
                    + "example, so what the start has outside of the span of the examples is never touched: from zero that is nothing."
            )
        );
        page.Table(Create(result), wide: true);
        page.Heading("again", "Make it again");
        return AgainSection.Add(page, provenance).ToHtml();
    }

    private static LineChart Distances(MinimumNormResult result) =>
        new()
        {
            Title = "Distance to the minimum-norm solution",
            Description = string.Join(
                " ",
                new[] { result.FromZero, result.FromElsewhere }.Select(d =>
                    $"From {d.Start}: {Show(d.Steps[^1].Distance)} after {Numbers.Count(d.Steps[^1].Epoch, "epoch")}."
                )
            ),
            X = new ChartAxis("Epochs") { IsLogarithmic = true },
            Y = new ChartAxis("Distance, as a power of ten") { Maximum = 0 },
            Lines = [Line(result.FromZero, 0), Line(result.FromElsewhere, 1)],
        };

    private static ChartLine Line(Descent descent, int style) =>
        new(
            $"from {descent.Start}",
            style,
            [.. descent.Steps.Skip(1).Select(step => new ChartPoint(step.Epoch, Math.Log10(step.Distance)))]
        );

    private static string Show(double value) => value is 0 or >= 0.01 ? value.ToString("0.###") : value.ToString("0.0e+0");
}
