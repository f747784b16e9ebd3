using System.Globalization;
using System.Xml.Linq;
using Rote.Reports.Charts;
using static Rote.Reports.Charts.CellDrawing;

namespace Rote.Reports.Audits;

/// <summary>The density of many points: a grid whose cells are stronger the more points they hold.</summary>
/// <param name="Title">What the chart shows.</param>
/// <param name="AcrossTitle">The horizontal axis, from <paramref name="AcrossEnd"/> backwards to 0.</param>
/// <param name="UpTitle">The vertical axis, from 0 to 1.</param>
/// <param name="AcrossEnd">The greatest value on the horizontal axis.</param>
/// <param name="Points">(across, up) of every point; points with NaN are ignored.</param>
internal sealed record DensityChart(
    string Title,
    string AcrossTitle,
    string UpTitle,
    double AcrossEnd,
    IReadOnlyList<(double Across, double Up)> Points
) : IChart
{
    private const int Columns = 40;
    private const int Rows = 30;

    /// <inheritdoc/>
    public string ToSvg(ChartSize size, string id)
    {
        var counts = Count();
        var most = Math.Max(1, counts.Cast<int>().Max());
        var (left, top, bottom) = (3.2 * size.FontSize, 1.6 * size.FontSize, 2.6 * size.FontSize);
        var (width, height) = (size.Width - left - size.FontSize, 0.62 * size.Width);
        var drawing = Frame(size, top + height + bottom, id, Title, Describe());
        drawing.Add(Border(left, top, width, height));
        for (var column = 0; column < Columns; column++)
        {
            for (var row = 0; row < Rows; row++)
            {
                if (counts[column, row] > 0)
                {
                    drawing.Add(
                        Square(
                            left + (column * width / Columns),
                            top + ((Rows - 1 - row) * height / Rows),
                            width / Columns,
                            height / Rows,
                            Math.Sqrt((double)counts[column, row] / most)
                        )
                    );
                }
            }
        }

        foreach (var share in new[] { 0, 0.5, 1 })
        {
            drawing.Add(
                Text(left - 5, top + ((1 - share) * height), share.ToString("0.0", CultureInfo.InvariantCulture), Palette.Muted, "end")
            );
            drawing.Add(
                Text(
                    left + (share * width),
                    top + height + (0.9 * size.FontSize),
                    (share * AcrossEnd).ToString("0.##", CultureInfo.InvariantCulture),
                    Palette.Muted,
                    share == 1 ? "end"
                        : share == 0 ? "start"
                        : "middle"
                )
            );
        }

        drawing.Add(
            Text(left, 0.8 * size.FontSize, UpTitle, Palette.Muted, "start"),
            Text(left + (width / 2), top + height + (2 * size.FontSize), AcrossTitle, Palette.Muted, "middle")
        );
        return drawing.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private int[,] Count()
    {
        var counts = new int[Columns, Rows];
        foreach (var (across, up) in Points.Where(p => !double.IsNaN(p.Across) && !double.IsNaN(p.Up)))
        {
            counts[Math.Clamp((int)(across / AcrossEnd * Columns), 0, Columns - 1), Math.Clamp((int)(up * Rows), 0, Rows - 1)]++;
        }

        return counts;
    }

    private string Describe()
    {
        var low = Points.Count(p => p.Up < 0.25);
        return $"{Points.Count:N0} examples; {Points.Count(p => p.Up >= 0.75):N0} at 0.75 or above on the vertical axis, {low:N0} "
            + $"below 0.25.";
    }

    private static XElement Square(double x, double y, double width, double height, double strength) =>
        new(
            Svg + "rect",
            new XAttribute("x", Invariant($"{x:0.#}")),
            new XAttribute("y", Invariant($"{y:0.#}")),
            new XAttribute("width", Invariant($"{width:0.#}")),
            new XAttribute("height", Invariant($"{height:0.#}")),
            new XAttribute("fill", Variable(Palette.Series[0])),
            new XAttribute("fill-opacity", Invariant($"{0.08 + (0.92 * strength):0.##}"))
        );

    private static XElement Border(double x, double y, double width, double height) =>
        new(
            Svg + "rect",
            new XAttribute("x", Invariant($"{x:0.#}")),
            new XAttribute("y", Invariant($"{y:0.#}")),
            new XAttribute("width", Invariant($"{width:0.#}")),
            new XAttribute("height", Invariant($"{height:0.#}")),
            new XAttribute("fill", "none"),
            new XAttribute("stroke", Variable(Palette.Grid))
        );
}
