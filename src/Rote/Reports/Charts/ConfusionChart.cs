using System.Globalization;
using System.Xml.Linq;
using static Rote.Reports.Charts.CellDrawing;

namespace Rote.Reports.Charts;

/// <summary>The confusion matrix: a row for each label, a column for each prediction. Right and wrong predictions have different
/// colours.</summary>
/// <param name="Names">[K] the classes' names.</param>
/// <param name="Counts">[K][K] examples by label and prediction.</param>
/// <remarks>The strength of a cell is the square root of its share of the row; otherwise confusions of a few percent would be
/// invisible.</remarks>
internal sealed record ConfusionChart(IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<int>> Counts) : IChart
{
    /// <summary>With more classes, cells would be only a pixel or two wide.</summary>
    public const int MostClasses = 100;

    private const int LongestName = 16;
    private const double Gap = 6;
    private const double HighestCell = 34;

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
        var drawing = Frame(size, top + (names.Length * cellHeight), id, "Confusion matrix", Describe());
        drawing.Add(Text(left + ((size.Width - left) / 2), size.FontSize, "predicted", Palette.Muted, "middle"));
        for (var row = 0; row < names.Length; row++)
        {
            var middle = top + ((row + 0.5) * cellHeight);
            if (hasNames)
            {
                var across = left + ((row + 0.5) * cellWidth);
                drawing.Add(Text(left - Gap, middle, names[row], Palette.Ink, "end"));
                drawing.Add(Turned(across, top - Gap, names[row], Palette.Ink, "start"));
            }

            foreach (var column in Enumerable.Range(0, names.Length).Where(column => Counts[row][column] > 0))
            {
                drawing.Add(
                    Entry(row, column, (left + (column * cellWidth), top + (row * cellHeight)), (cellWidth, cellHeight), hasNumbers)
                );
            }
        }

        drawing.Add(Turned(size.FontSize, top + (names.Length * cellHeight / 2), "label", Palette.Muted, "middle"));
        return drawing.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private IEnumerable<XElement> Entry(
        int row,
        int column,
        (double Left, double Top) place,
        (double Width, double Height) size,
        bool hasNumbers
    )
    {
        var (count, total) = (Counts[row][column], Counts[row].Sum());
        return Cell(
            place,
            size,
            row == column ? Palette.Series[0] : Palette.Series[1],
            Strongest * Math.Sqrt((double)count / total),
            $"{Names[row]}, predicted {Names[column]}: {count:N0} of {total:N0}",
            hasNumbers ? $"{count}" : null
        );
    }

    private string Describe()
    {
        var (right, all) = (Counts.Select((row, c) => (long)row[c]).Sum(), Counts.Sum(row => row.Sum(n => (long)n)));
        return $"{all:N0} examples of {Names.Count} classes, a row a label and a column a prediction; {right:N0} on the diagonal "
            + $"are right.";
    }

    private static string Short(string name)
    {
        var clean = new StringInfo(PlainText.Clean(name));
        return clean.LengthInTextElements <= LongestName ? clean.String : clean.SubstringByTextElements(0, LongestName - 1) + "…";
    }
}
