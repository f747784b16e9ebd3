using System.Globalization;
using System.Xml.Linq;

namespace Rote.Reports.Charts;

/// <summary>A number for each pair of two lists of things, 0 pale and 1 strong: a row each of one, a column each of the other.</summary>
/// <param name="Title">What the chart shows, in a few words.</param>
/// <param name="Rows">Names from top to bottom.</param>
/// <param name="Columns">Names from left to right.</param>
/// <param name="Values">[rows][columns]; NaN leaves a cell empty.</param>
/// <param name="RowTitle">What the rows are, beside them.</param>
/// <param name="ColumnTitle">What the columns are, above them.</param>
internal sealed record HeatChart(
    string Title,
    IReadOnlyList<string> Rows,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<double>> Values,
    string RowTitle,
    string ColumnTitle
) : IChart
{
    // At full strength: light enough that a number on it reaches a contrast of 4 to the ink, in light and dark.
    private const double Strongest = 0.55;
    private const double Gap = 6;
    private const double HighestCell = 40;
    private const double WidestCell = 90;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public string ToSvg(ChartSize size, string id)
    {
        var text = new ChartText(size.FontSize);
        var left = Rows.Max(name => text.Measure(name).Width) + Gap + (2 * size.FontSize);
        var above = Columns.Max(name => text.Measure(name).Width) + Gap + (2 * size.FontSize);
        var cellWidth = Math.Min((size.Width - left) / Columns.Count, WidestCell);
        var cellHeight = Math.Min(cellWidth, HighestCell);
        var hasNumbers = text.Measure("0.00").Width < cellWidth;
        var drawing = new XElement(
            Svg + "svg",
            new XAttribute("class", $"chart {size.Name}"),
            new XAttribute("viewBox", Invariant($"0 0 {size.Width:0.#} {above + (Rows.Count * cellHeight):0.#}")),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{id}-title {id}-description"),
            new XAttribute("font-size", Invariant($"{size.FontSize:0.#}")),
            new XElement(Svg + "title", new XAttribute("id", $"{id}-title"), Title),
            new XElement(Svg + "desc", new XAttribute("id", $"{id}-description"), Describe()),
            Text(left + (Columns.Count * cellWidth / 2), size.FontSize, ColumnTitle, Palette.Muted, "middle"),
            Turned(size.FontSize, above + (Rows.Count * cellHeight / 2), RowTitle, Palette.Muted, "middle")
        );
        for (var column = 0; column < Columns.Count; column++)
        {
            drawing.Add(Turned(left + ((column + 0.5) * cellWidth), above - Gap, Columns[column], Palette.Ink, "start"));
        }

        for (var row = 0; row < Rows.Count; row++)
        {
            drawing.Add(Text(left - Gap, above + ((row + 0.5) * cellHeight), Rows[row], Palette.Ink, "end"));
            for (var column = 0; column < Columns.Count; column++)
            {
                drawing.Add(Cell(row, column, left + (column * cellWidth), above + (row * cellHeight), cellWidth, cellHeight, hasNumbers));
            }
        }

        return drawing.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private IEnumerable<XElement> Cell(int row, int column, double left, double top, double width, double height, bool hasNumber)
    {
        var value = Values[row][column];
        if (double.IsNaN(value))
        {
            yield break;
        }

        yield return new XElement(
            Svg + "rect",
            new XAttribute("x", Invariant($"{left + 0.5:0.##}")),
            new XAttribute("y", Invariant($"{top + 0.5:0.##}")),
            new XAttribute("width", Invariant($"{Math.Max(width - 1, 1):0.##}")),
            new XAttribute("height", Invariant($"{Math.Max(height - 1, 1):0.##}")),
            new XAttribute("fill", Variable(Palette.Series[0])),
            new XAttribute("fill-opacity", Invariant($"{Strongest * Math.Clamp(value, 0.03, 1):0.###}")),
            new XElement(Svg + "title", PlainText.Clean(Invariant($"{Rows[row]}, {Columns[column]}: {value:0.000}")))
        );
        if (hasNumber)
        {
            var number = Text(left + (width / 2), top + (height / 2), Show(value), Palette.Ink, "middle");
            number.SetAttributeValue("style", "stroke:none"); // the page's outline of text would cover the cell
            yield return number;
        }
    }

    private string Describe() =>
        string.Join(
            " ",
            Rows.Select((row, r) => $"{row}: {string.Join(", ", Columns.Select((column, c) => $"{column} {Show(Values[r][c])}"))}.")
        );

    private static string Show(double value) => double.IsNaN(value) ? "none" : Invariant($"{value:0.00}").Replace('-', '−');

    private static XElement Text(double left, double middle, string text, ChartColor color, string anchor) =>
        new(
            Svg + "text",
            new XAttribute("x", Invariant($"{left:0.#}")),
            new XAttribute("y", Invariant($"{middle:0.#}")),
            new XAttribute("dy", ".35em"),
            new XAttribute("text-anchor", anchor),
            new XAttribute("fill", Variable(color)),
            PlainText.Clean(text)
        );

    private static XElement Turned(double left, double top, string text, ChartColor color, string anchor)
    {
        var turned = Text(left, top, text, color, anchor);
        turned.SetAttributeValue("transform", Invariant($"rotate(-90 {left:0.#} {top:0.#})"));
        return turned;
    }

    private static string Variable(ChartColor color) => $"var(--{color.Variable},{color.Light})";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
