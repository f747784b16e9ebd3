using System.Globalization;
using System.Xml.Linq;

namespace Rote.Reports.Charts;

/// <summary>What is taken for what: a row a label, a column a prediction. Right predictions are in one colour, wrong ones in
/// another.</summary>
/// <param name="Names">[K] a name a class.</param>
/// <param name="Counts">[K][K] examples by label and prediction.</param>
/// <remarks>The strength of a cell is the square root of its share of the row, because confusions of some percent would not be seen
/// otherwise.</remarks>
internal sealed record ConfusionChart(IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<int>> Counts) : IChart
{
    /// <summary>More classes would give cells of a pixel or two.</summary>
    public const int MostClasses = 100;

    // At full strength: light enough that a number on it reaches a contrast of 4 to the ink, in light and dark.
    private const double Strongest = 0.55;

    private const int LongestName = 16;
    private const double Gap = 6;
    private const double HighestCell = 34;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public string ToSvg(ChartSize size, string id)
    {
        var names = Names.Select(Short).ToArray();
        var text = new ChartText(size.FontSize);
        var labels = names.Max(n => text.Measure(n).Width);
        var left = Math.Min(labels + Gap, size.Width / 3) + size.FontSize;
        var cellWidth = (size.Width - left) / names.Length;
        var cellHeight = Math.Min(cellWidth, HighestCell);
        var hasNames = cellHeight >= size.FontSize;
        var hasNumbers = hasNames && Counts.SelectMany(row => row).Max(n => text.Measure($"{n}").Width) <= cellWidth;
        var top = (hasNames ? labels + Gap : 0) + (1.5 * size.FontSize);
        var drawing = new XElement(
            Svg + "svg",
            new XAttribute("class", $"chart {size.Name}"),
            new XAttribute("viewBox", Invariant($"0 0 {size.Width:0.#} {top + (names.Length * cellHeight):0.#}")),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{id}-title {id}-description"),
            new XAttribute("font-size", Invariant($"{size.FontSize:0.#}")),
            new XElement(Svg + "title", new XAttribute("id", $"{id}-title"), "Confusion matrix"),
            new XElement(Svg + "desc", new XAttribute("id", $"{id}-description"), Describe()),
            Text(left + ((size.Width - left) / 2), size.FontSize, "predicted", Palette.Muted, "middle")
        );
        for (var row = 0; row < names.Length; row++)
        {
            var middle = top + ((row + 0.5) * cellHeight);
            if (hasNames)
            {
                var across = left + ((row + 0.5) * cellWidth);
                drawing.Add(Text(left - Gap, middle, names[row], Palette.Ink, "end"));
                drawing.Add(Turned(Text(across, top - Gap, names[row], Palette.Ink, "start"), across, top - Gap));
            }

            foreach (var column in Enumerable.Range(0, names.Length).Where(column => Counts[row][column] > 0))
            {
                drawing.Add(Cell(row, column, left + (column * cellWidth), top + (row * cellHeight), (cellWidth, cellHeight), hasNumbers));
            }
        }

        drawing.Add(
            Turned(
                Text(size.FontSize, top + (names.Length * cellHeight / 2), "label", Palette.Muted, "middle"),
                size.FontSize,
                top + (names.Length * cellHeight / 2)
            )
        );
        return drawing.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private IEnumerable<XElement> Cell(int row, int column, double left, double top, (double Width, double Height) cell, bool hasNumbers)
    {
        var (count, total) = (Counts[row][column], Counts[row].Sum());
        var strength = Strongest * Math.Sqrt((double)count / total);
        yield return new XElement(
            Svg + "rect",
            new XAttribute("x", Invariant($"{left + 0.5:0.##}")),
            new XAttribute("y", Invariant($"{top + 0.5:0.##}")),
            new XAttribute("width", Invariant($"{Math.Max(cell.Width - 1, 1):0.##}")),
            new XAttribute("height", Invariant($"{Math.Max(cell.Height - 1, 1):0.##}")),
            new XAttribute("fill", Variable(row == column ? Palette.Series[0] : Palette.Series[1])),
            new XAttribute("fill-opacity", Invariant($"{strength:0.###}")),
            new XElement(Svg + "title", PlainText.Clean($"{Names[row]}, predicted {Names[column]}: {count:N0} of {total:N0}"))
        );
        if (hasNumbers)
        {
            var number = Text(left + (cell.Width / 2), top + (cell.Height / 2), $"{count}", Palette.Ink, "middle");
            number.SetAttributeValue("style", "stroke:none"); // the page's outline of text would cover the cell
            yield return number;
        }
    }

    private string Describe()
    {
        var (right, all) = (Counts.Select((row, c) => (long)row[c]).Sum(), Counts.Sum(row => row.Sum(n => (long)n)));
        return $"{all:N0} examples of {Names.Count} classes, a row a label and a column a prediction; {right:N0} on the diagonal "
            + $"are right.";
    }

    private static XElement Text(double left, double middle, string text, ChartColor color, string anchor) =>
        new(
            Svg + "text",
            new XAttribute("x", Invariant($"{left:0.#}")),
            new XAttribute("y", Invariant($"{middle:0.#}")),
            new XAttribute("dy", ".35em"),
            new XAttribute("text-anchor", anchor),
            new XAttribute("fill", Variable(color)),
            text
        );

    private static XElement Turned(XElement text, double left, double top)
    {
        text.SetAttributeValue("transform", Invariant($"rotate(-90 {left:0.#} {top:0.#})"));
        return text;
    }

    private static string Short(string name)
    {
        var clean = new StringInfo(PlainText.Clean(name));
        return clean.LengthInTextElements <= LongestName ? clean.String : clean.SubstringByTextElements(0, LongestName - 1) + "…";
    }

    private static string Variable(ChartColor color) => $"var(--{color.Variable},{color.Light})";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
