using Rote.Reports.Charts;

namespace Rote.Reports;

/// <summary>The colours of every page, for pages that are made elsewhere.</summary>
public static class PageColors
{
    /// <summary>Variables of a style sheet, light and dark: <c>--paper</c>, <c>--ink</c>, <c>--muted</c>, <c>--grid</c>,
    /// <c>--series-0</c> and on,
    /// and <c>--text-0</c> and on for writing in a series' colour.</summary>
    /// <returns>CSS rules.</returns>
    public static string Css() =>
        $$"""
            :root { color-scheme: light dark; {{Palette.Css(dark: false)}} }
            @media screen and (prefers-color-scheme: dark) { :root { {{Palette.Css(dark: true)}} } }
            """;
}
