using Rote.Measurement;
using Rote.Theory.Representation;

namespace Rote.Reports.Theories;

/// <summary>The table and the page of <c>rote theory theorem1</c>.</summary>
/// <remarks>Equal results give equal files.</remarks>
public static class Theorem1Report
{
    /// <summary>How well each arithmetic reproduces the labels.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The table, with its legends.</returns>
    public static Table Create(Theorem1Result result) =>
        new(
            $"One network of {Numbers.Count(result.Weights)} weights (2n + d; n = {Numbers.Count(result.Points)}, d = "
                + $"{Numbers.Count(result.Dimension)}) for the labels of {result.Data}, computed in three ways.",
            [
                new TableColumn(
                    "Arithmetic",
                    "Double-double keeps every number as a pair of float64 numbers, about 32 digits.",
                    ColumnKind.Text
                ),
                new TableColumn(
                    "Computed by",
                    "Running sums over the sorted points, or a forward pass as networks are computed: every hidden unit, then their sum.",
                    ColumnKind.Text
                ),
                new TableColumn(
                    "Points",
                    "Distinct points at which it was computed: all of them, or as many evenly spread over the sorted ones."
                ),
                new TableColumn(
                    "Right",
                    "Share of them whose value is nearest to their own class's number, in percent. All of these points were given to the "
                        + "construction: there is nothing to generalize."
                ),
                new TableColumn(
                    "Largest residual",
                    "Largest distance between the network's value, rounded to float64 in the end, and the class's number; 0.5 and more "
                        + "is another class."
                ),
            ],
            [
                .. result.Computations.Select(c =>
                    new TableCell[]
                    {
                        c.Name,
                        c.How,
                        Numbers.Count(c.Points),
                        c.Right == c.Points ? "100 %" : Share(c),
                        c.LargestResidual.ToString("0.0e+0"),
                    }
                ),
            ]
        );

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="result">The result.</param>
    /// <param name="provenance">What makes it reproducible, as (name, value).</param>
    /// <param name="path">The file; an existing one is replaced, missing folders are created.</param>
    /// <exception cref="MachineException">The file cannot be written; an existing one stays untouched.</exception>
    public static void Write(Theorem1Result result, IReadOnlyList<(string Name, string Value)> provenance, string path) =>
        AtomicFile.WriteText(path, ToHtml(result, provenance));

    /// <summary>The page's text.</summary>
    /// <param name="result">The result.</param>
    /// <param name="provenance">What makes it reproducible, as (name, value).</param>
    /// <returns>An HTML document in UTF-8; lines end with a line feed.</returns>
    public static string ToHtml(Theorem1Result result, IReadOnlyList<(string Name, string Value)> provenance)
    {
        var page = new HtmlPage("Any labels, by two layers and no training", $"rote theory theorem1 · {result.Data}");
        page.Lead(
            Html.Of(
                $"A network of two layers and {Numbers.Count(result.Weights)} weights gives the label of each of "
                    + $"{Numbers.Count(result.Points)} different points of {result.Data}. Nothing was trained: the weights are written "
                    + $"down. It would do so for any other labels."
            )
        );
        page.Heading("construction", "The construction");
        page.Paragraph(
            Html.Text(
                "Project every point onto one random direction a: that is d weights. Now the points lie on a line, in some order. Put "
                    + "one hidden unit before each of them: a unit is 0 up to its bias and rises from there, "
                    + "so it changes nothing for the points before it. Go from left to right, and choose each unit's weight so that the "
                    + "sum meets the next point. That is n biases and n weights: 2n + d in all."
            )
        );
        page.Figure(
            "one-dimension",
            Theorem1Picture.Create(),
            Html.Text(
                "The same construction for ten points on a line with random digits as labels. The network bends at its biases, each a "
                    + "quarter of the way between two points, and passes through every point. Between them it does as it must."
            )
        );
        page.Paragraph(
            Html.Text(
                "The theorem is about real numbers as targets, so the target is the number of the class, and the predicted class is the "
                    + "nearest whole number. One output a class would need n weights more for each class, and show nothing more."
            )
        );
        page.Heading("computable", "Representable is not the same as computable");
        page.Table(Create(result), wide: true);
        page.Paragraph(Html.Text($"{Conditioning(result)} {Outcome(result)}"));
        page.Paragraph(
            Html.Text(
                "A forward pass adds large numbers that nearly cancel. What is left is the label, and beside it the rounding errors of "
                    + "the large numbers: with float64 of 10⁻¹⁶ of them, with float32 of 10⁻⁷. In float32 most neighbours do not even have "
                    + "different projections. So the theorem says what such a network can express; it does not say that it can be "
                    + "computed in the usual arithmetic, and even less that training would find it."
            )
        );
        page.Heading("again", "Make it again");
        return AgainSection.Add(page, provenance).ToHtml();
    }

    private static string Conditioning(Theorem1Result result) =>
        double.IsNaN(result.SmallestGap)
            ? "With one point there are no neighbours, and every arithmetic is exact enough."
            : $"The closest two neighbours on the line are {result.SmallestGap:0.0e+0} of its whole range apart. Between them the "
                + $"network must climb from one label to the next: its weights reach {result.LargestWeight:0.0e+0}, where the range is 1.";

    private static string Outcome(Theorem1Result result) =>
        string.Join(
            " ",
            result
                .Computations.Skip(1)
                .Select(c =>
                    $"A forward pass in {c.Name} gives {Numbers.Percent(Estimate.Share(c.Right, c.Points))} of the labels and is off by "
                    + $"up to {c.LargestResidual:0.0e+0}."
                )
        );

    private static TableCell Share(Computation c) => Numbers.PercentCell(Estimate.Share(c.Right, c.Points)) with { Error = "" };
}
