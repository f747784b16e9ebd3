using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using OxyPlot;

namespace Rote.Reports.Charts;

/// <summary>Turns the library's drawing into one for a page: scalable, in the page's font and colours, described in words.</summary>
internal static partial class SvgDrawing
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws a model.</summary>
    /// <param name="model">A model coloured with <see cref="Palette.StandIn"/>.</param>
    /// <param name="size">The width and the font size.</param>
    /// <param name="height">In CSS pixels.</param>
    /// <param name="id">Unique in the page.</param>
    /// <param name="title">What the chart shows, in a few words.</param>
    /// <param name="description">Its facts in words, for readers who cannot see it.</param>
    public static string Export(PlotModel model, ChartSize size, double height, string id, string title, string description)
    {
        var exporter = new SvgExporter
        {
            Width = size.Width,
            Height = height,
            IsDocument = false,
        };
        var root = XDocument.Parse(exporter.ExportToString(model)).Root!;
        Simplify(root);
        var drawing = new XElement(
            Svg + "svg",
            new XAttribute("class", $"chart {size.Name}"),
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {size.Width:0.#} {height:0.#}")),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{id}-title {id}-description"),
            new XAttribute("font-family", "system-ui, sans-serif"),
            new XElement(Svg + "title", new XAttribute("id", $"{id}-title"), PlainText.Clean(title)),
            new XElement(Svg + "desc", new XAttribute("id", $"{id}-description"), PlainText.Clean(description)),
            root.Elements()
        );
        return Palette.ToVariables(Write(drawing));
    }

    // The library clips every series to the plot, which would cut end markers and labels in half. Its clip paths have the same ids in every
    // drawing. Our axes hold all numbers, so nothing needs clipping. It also draws empty frames and writes four decimals.
    private static void Simplify(XElement root)
    {
        root.Elements(Svg + "defs").Remove();
        foreach (var group in root.Elements(Svg + "g").ToArray())
        {
            group.ReplaceWith(group.Elements());
        }

        root.Descendants().Where(IsInvisible).Remove();
        foreach (var element in root.Descendants())
        {
            element.Attribute("font-family")?.Remove();
            element.Attributes("font-weight").Where(weight => weight.Value == "400").Remove();
            foreach (var attribute in element.Attributes())
            {
                attribute.Value = LongNumbers().Replace(attribute.Value, Round);
            }
        }
    }

    private static bool IsInvisible(XElement element)
    {
        var style = element.Attribute("style")?.Value ?? "";
        return style.Contains("fill:none", StringComparison.Ordinal)
            && (style.Contains("stroke:none", StringComparison.Ordinal) || style.Contains("stroke-width:0", StringComparison.Ordinal));
    }

    // Adding 0 turns −0 into 0.
    private static string Round(Match number) =>
        (Math.Round(double.Parse(number.ValueSpan, CultureInfo.InvariantCulture), 1) + 0.0).ToString(CultureInfo.InvariantCulture);

    private static string Write(XElement drawing)
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings
        {
            OmitXmlDeclaration = true,
            Indent = true,
            IndentChars = "",
            NewLineChars = "\n",
        };
        using (var writer = XmlWriter.Create(text, settings))
        {
            drawing.Save(writer);
        }

        return text.Append('\n').ToString();
    }

    [GeneratedRegex(@"-?\d+\.\d\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex LongNumbers();
}
