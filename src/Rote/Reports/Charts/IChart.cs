namespace Rote.Reports.Charts;

/// <summary>The width a chart is drawn for. A page holds both drawings and shows the one that fits, so that text stays readable on a
/// phone.</summary>
/// <param name="Name">Class name in the page.</param>
/// <param name="Width">In CSS pixels.</param>
/// <param name="FontSize">In CSS pixels.</param>
internal sealed record ChartSize(string Name, double Width, double FontSize)
{
    public static readonly ChartSize Wide = new("wide", 760, 14);
    public static readonly ChartSize Narrow = new("narrow", 360, 12);

    /// <summary>True where there is no room beside a thing and its name stands above it.</summary>
    public bool IsNarrow => Width < 500;
}

/// <summary>Something that can be drawn as SVG.</summary>
internal interface IChart
{
    /// <summary>The drawing: <c>&lt;svg&gt;</c> with text as text, colours as CSS variables, a title and a description in words.</summary>
    /// <param name="size">The width it is drawn for.</param>
    /// <param name="id">Unique in the page; letters, digits and dashes.</param>
    /// <returns>The same string for the same chart, always.</returns>
    string ToSvg(ChartSize size, string id);
}
