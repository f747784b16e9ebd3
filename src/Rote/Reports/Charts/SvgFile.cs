using System.Globalization;
using System.Xml.Linq;

namespace Rote.Reports.Charts;

/// <summary>A chart as its own file, for a README, a slide or a paper. It carries its colours, for light and dark pages.</summary>
internal static class SvgFile
{
    // Space around the drawing, where names of lines and levels may stand.
    private const double Margin = 12;
    private const double RightMargin = 48;

    /// <summary>Returns the drawing together with what a page would add.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="id">Letters, digits and dashes.</param>
    /// <returns>An SVG document in UTF-8, always the same for the same chart.</returns>
    public static string Of(IChart chart, string id)
    {
        var drawing = XElement.Parse(chart.ToSvg(ChartSize.Wide, id), LoadOptions.PreserveWhitespace);
        var box = drawing
            .Attribute("viewBox")!
            .Value.Split(' ')
            .Select(value => double.Parse(value, CultureInfo.InvariantCulture))
            .ToArray();
        drawing.SetAttributeValue("width", box[2]);
        drawing.SetAttributeValue("height", box[3]);
        drawing.SetAttributeValue("overflow", "visible");
        var (width, height) = (box[2] + Margin + RightMargin, box[3] + (2 * Margin));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="{{-Margin}} {{-Margin}} {{width:0.#}} {{height:0.#}}"
            width="{{width:0.#}}" height="{{height:0.#}}">
            <style>
            svg { {{Palette.Css(dark: false)}} font-family: system-ui, sans-serif; font-variant-numeric: tabular-nums; }
            @media (prefers-color-scheme: dark) { svg { {{Palette.Css(dark: true)}} } }
            text { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
            </style>
            <rect x="{{-Margin}}" y="{{-Margin}}" width="{{width:0.#}}" height="{{height:0.#}}" fill="var(--paper)"/>
            {{drawing.ToString(SaveOptions.DisableFormatting)}}
            </svg>

            """
        );
    }
}
