using System.Globalization;
using System.Xml.Linq;

namespace Rote.Reports.Charts;

/// <summary>The parts of charts that consist of cells. The library draws no cells whose colours a page can change.</summary>
internal static class CellDrawing
{
    /// <summary>Opacity of the strongest cell, light enough that a number on it has a contrast of 4 to the ink, in light and dark
    /// mode.</summary>
    public const double Strongest = 0.55;

    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Returns a drawing without its contents.</summary>
    /// <param name="size">The width and the font size.</param>
    /// <param name="height">In CSS pixels.</param>
    /// <param name="id">Unique in the page.</param>
    /// <param name="title">What the chart shows, in a few words.</param>
    /// <param name="description">Its facts in words, for readers who cannot see it.</param>
    public static XElement Frame(ChartSize size, double height, string id, string title, string description) =>
        new(
            Svg + "svg",
            new XAttribute("class", $"chart {size.Name}"),
            new XAttribute("viewBox", Invariant($"0 0 {size.Width:0.#} {height:0.#}")),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{id}-title {id}-description"),
            new XAttribute("font-size", Invariant($"{size.FontSize:0.#}")),
            new XElement(Svg + "title", new XAttribute("id", $"{id}-title"), PlainText.Clean(title)),
            new XElement(Svg + "desc", new XAttribute("id", $"{id}-description"), PlainText.Clean(description))
        );

    /// <summary>Returns a cell with a margin of half a pixel, and a number in it.</summary>
    /// <param name="place">Its top left corner.</param>
    /// <param name="size">Its width and height.</param>
    /// <param name="color">Its fill colour.</param>
    /// <param name="opacity">The fill's opacity, in [0, 1].</param>
    /// <param name="title">The tooltip.</param>
    /// <param name="number">The number in the cell; null: none.</param>
    public static IEnumerable<XElement> Cell(
        (double Left, double Top) place,
        (double Width, double Height) size,
        ChartColor color,
        double opacity,
        string title,
        string? number
    )
    {
        yield return new XElement(
            Svg + "rect",
            new XAttribute("x", Invariant($"{place.Left + 0.5:0.##}")),
            new XAttribute("y", Invariant($"{place.Top + 0.5:0.##}")),
            new XAttribute("width", Invariant($"{Math.Max(size.Width - 1, 1):0.##}")),
            new XAttribute("height", Invariant($"{Math.Max(size.Height - 1, 1):0.##}")),
            new XAttribute("fill", Variable(color)),
            new XAttribute("fill-opacity", Invariant($"{opacity:0.###}")),
            new XElement(Svg + "title", PlainText.Clean(title))
        );
        if (number is not null)
        {
            var text = Text(place.Left + (size.Width / 2), place.Top + (size.Height / 2), number, Palette.Ink, "middle");
            text.SetAttributeValue("style", "stroke:none"); // otherwise the page's outline of text would cover the cell
            yield return text;
        }
    }

    /// <summary>Returns a text.</summary>
    /// <param name="left">The position of its anchor.</param>
    /// <param name="middle">The position of its vertical middle.</param>
    /// <param name="text">The text.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="anchor">SVG's text-anchor.</param>
    public static XElement Text(double left, double middle, string text, ChartColor color, string anchor) =>
        new(
            Svg + "text",
            new XAttribute("x", Invariant($"{left:0.#}")),
            new XAttribute("y", Invariant($"{middle:0.#}")),
            new XAttribute("dy", ".35em"),
            new XAttribute("text-anchor", anchor),
            new XAttribute("fill", Variable(color)),
            PlainText.Clean(text)
        );

    /// <summary>Returns a text turned to be read from below.</summary>
    public static XElement Turned(double left, double top, string text, ChartColor color, string anchor)
    {
        var turned = Text(left, top, text, color, anchor);
        turned.SetAttributeValue("transform", Invariant($"rotate(-90 {left:0.#} {top:0.#})"));
        return turned;
    }

    /// <summary>A colour of the page, or the light one where no page defines it.</summary>
    public static string Variable(ChartColor color) => $"var(--{color.Variable},{color.Light})";

    /// <summary>Formats numbers as SVG requires.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
