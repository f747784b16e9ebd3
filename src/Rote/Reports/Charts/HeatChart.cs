using System.Xml.Linq;
using static Rote.Reports.Charts.CellDrawing;

namespace Rote.Reports.Charts;

/// <summary>A number for each pair from two lists, from 0 (pale) to 1 (strong): one list gives the rows, the other the columns.</summary>
/// <param name="Title">What the chart shows, in a few words.</param>
/// <param name="Rows">Names from top to bottom.</param>
/// <param name="Columns">Names from left to right.</param>
/// <param name="Values">[rows][columns]; NaN leaves a cell empty.</param>
/// <param name="RowTitle">The title of the rows, beside them.</param>
/// <param name="ColumnTitle">The title of the columns, above them.</param>
internal sealed record HeatChart(
    string Title,
    IReadOnlyList<string> Rows,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<double>> Values,
    string RowTitle,
    string ColumnTitle
) : IChart
{
    private const double Gap = 6;
    private const double HighestCell = 40;
    private const double WidestCell = 90;

    public string ToSvg(ChartSize size, string id)
    {
        var text = new ChartText(size.FontSize);
        var left = Rows.Max(name => text.Measure(name).Width) + Gap + (2 * size.FontSize);
        var above = Columns.Max(name => text.Measure(name).Width) + Gap + (2 * size.FontSize);
        var cellWidth = Math.Min((size.Width - left) / Columns.Count, WidestCell);
        var cellHeight = Math.Min(cellWidth, HighestCell);
        var hasNumbers = text.Measure("0.00").Width < cellWidth;
        var drawing = Frame(size, above + (Rows.Count * cellHeight), id, Title, Describe());
        drawing.Add(
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
                drawing.Add(
                    Entry(row, column, (left + (column * cellWidth), above + (row * cellHeight)), (cellWidth, cellHeight), hasNumbers)
                );
            }
        }

        return drawing.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private IEnumerable<XElement> Entry(
        int row,
        int column,
        (double Left, double Top) place,
        (double Width, double Height) size,
        bool hasNumber
    )
    {
        var value = Values[row][column];
        return double.IsNaN(value)
            ? []
            : Cell(
                place,
                size,
                Palette.Series[0],
                Strongest * Math.Clamp(value, 0.03, 1),
                Invariant($"{Rows[row]}, {Columns[column]}: {value:0.000}"),
                hasNumber ? Show(value) : null
            );
    }

    private string Describe() =>
        string.Join(
            " ",
            Rows.Select((row, r) => $"{row}: {string.Join(", ", Columns.Select((column, c) => $"{column} {Show(Values[r][c])}"))}.")
        );

    private static string Show(double value) => double.IsNaN(value) ? "none" : Invariant($"{value:0.00}").Replace('-', '−');
}
