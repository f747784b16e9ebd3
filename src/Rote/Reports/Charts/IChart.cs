namespace Rote.Reports.Charts;

/// <summary>A width to draw a chart for. A page holds both drawings and shows the one that fits, so that text stays readable on a
/// phone.</summary>
/// <param name="Name">The class name in the page.</param>
/// <param name="Width">In CSS pixels.</param>
/// <param name="FontSize">In CSS pixels.</param>
internal sealed record ChartSize(string Name, double Width, double FontSize)
{
    public static readonly ChartSize Wide = new("wide", 760, 14);
    public static readonly ChartSize Narrow = new("narrow", 360, 12);

    /// <summary>True where names stand above their things because there is no room beside them.</summary>
    public bool IsNarrow => Width < 500;
}

/// <summary>Something that can be drawn as SVG.</summary>
internal interface IChart
{
    /// <summary>Draws an <c>&lt;svg&gt;</c> with text as text, colours as CSS variables, and a title and a description in words.</summary>
    /// <param name="size">The width to draw for.</param>
    /// <param name="id">Unique in the page; letters, digits and dashes.</param>
    /// <returns>Always the same string for the same chart.</returns>
    string ToSvg(ChartSize size, string id);
}
