using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OxyPlot;

namespace Rote.Reports.Charts;

/// <summary>A colour of the reports: a CSS variable, named without the two dashes, with one hexadecimal colour on
/// <see cref="Palette.Paper"/> in light mode and one in dark mode.</summary>
internal sealed record ChartColor(string Variable, string Light, string Dark);

/// <summary>The colours of every page and chart, in one place: both the style sheet and the drawings use them.</summary>
/// <remarks>
/// The series colours are those of Okabe and Ito 2008 (Color Universal Design, jfly.uni-koeln.de/color) that reach a contrast of 3:1 on the
/// paper, as WCAG 2.2 (1.4.11) requires for graphics: blue, vermilion, bluish green, reddish purple and black. On dark paper, sky blue
/// replaces blue and light ink replaces black. The text variants are the same hues darkened to 4.5:1 (WCAG 1.4.3). A test computes both
/// contrasts, and that any two colours stay distinct for three kinds of colour blindness.
/// </remarks>
internal static partial class Palette
{
    public static readonly ChartColor Paper = new("paper", "#FFFFFF", "#15171A");
    public static readonly ChartColor Ink = new("ink", "#1D1F23", "#E4E4E0");
    public static readonly ChartColor Muted = new("muted", "#5C626B", "#A3A8B0");
    public static readonly ChartColor Grid = new("grid", "#E2E3E6", "#30343A");

    /// <summary>One colour a series; a sixth series uses the first again, with another dash and marker.</summary>
    public static readonly IReadOnlyList<ChartColor> Series =
    [
        new("series-0", "#0072B2", "#56B4E9"),
        new("series-1", "#D55E00", "#D55E00"),
        new("series-2", "#009E73", "#009E73"),
        new("series-3", "#CC79A7", "#CC79A7"),
        new("series-4", "#1D1F23", "#E4E4E0"),
    ];

    /// <summary>The colour of a series' name beside its line.</summary>
    public static readonly IReadOnlyList<ChartColor> SeriesText =
    [
        new("text-0", "#0072B2", "#56B4E9"),
        new("text-1", "#C15400", "#E06A0F"),
        new("text-2", "#008561", "#009E73"),
        new("text-3", "#A35F85", "#CC79A7"),
        new("text-4", "#1D1F23", "#E4E4E0"),
    ];

    private static readonly ChartColor[] All = [Paper, Ink, Muted, Grid, .. Series, .. SeriesText];

    /// <summary>The stand-in for a colour of this palette, with opacity in [0, 255], until <see cref="ToVariables"/> replaces it.</summary>
    public static OxyColor StandIn(ChartColor color, byte alpha = 255) =>
        OxyColor.FromArgb(alpha, 1, 2, (byte)(Array.IndexOf(All, color) + 100));

    /// <summary>Replaces every stand-in by its CSS variable; the light colour is the fallback where no page defines it.</summary>
    public static string ToVariables(string svg) =>
        StandIns()
            .Replace(
                svg,
                match =>
                {
                    var color = All[int.Parse(match.Groups["index"].ValueSpan, CultureInfo.InvariantCulture) - 100];
                    return $"var(--{color.Variable},{color.Light})";
                }
            );

    /// <summary>CSS declarations of all colours, as <c>--ink:#1D1F23;</c>.</summary>
    public static string Css(bool dark)
    {
        var css = new StringBuilder();
        foreach (var color in All)
        {
            css.Append(CultureInfo.InvariantCulture, $"--{color.Variable}:{(dark ? color.Dark : color.Light)};");
        }

        return css.ToString();
    }

    [GeneratedRegex(@"rgb\(1,2,(?<index>1\d\d)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex StandIns();
}
