using Rote.Reports.Charts;

namespace Rote.Reports;

/// <summary>The colours of every page, for pages that other code makes.</summary>
public static class PageColors
{
    /// <summary>The variables of a style sheet, light and dark: <c>--paper</c>, <c>--ink</c>, <c>--muted</c>, <c>--grid</c>, the colours of
    /// series from <c>--series-0</c> on, and those of text in a series' colour from <c>--text-0</c> on.</summary>
    /// <returns>CSS rules.</returns>
    public static string Css() =>
        $$"""
            :root { color-scheme: light dark; {{Palette.Css(dark: false)}} }
            @media screen and (prefers-color-scheme: dark) { :root { {{Palette.Css(dark: true)}} } }
            """;
}
