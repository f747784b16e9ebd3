using OxyPlot;

namespace Rote.Reports.Charts;

/// <summary>How series are told apart: by colour, and without colour by dash and marker.</summary>
internal static class SeriesStyle
{
    // Alternating stroke and gap, in units of the line's width; null is a solid line.
    private static readonly double[]?[] Dashes = [null, [7, 2, 1.5, 2], [4, 2], [1.5, 1.5], [10, 3]];

    // The dash of the first series of each colour. The next of that colour has the one before it, so that no two of 25 look the same.
    private static readonly int[] First = [0, 0, 1, 2, 3];

    private static readonly MarkerType[] Markers = [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];

    public static OxyColor Color(int style, byte alpha = 255) => Palette.StandIn(Palette.Series[style % Palette.Series.Count], alpha);

    public static OxyColor Text(int style) => Palette.StandIn(Palette.SeriesText[style % Palette.SeriesText.Count]);

    public static double[]? Dash(int style)
    {
        var (round, color) = Math.DivRem(style, First.Length);
        return Dashes[(First[color] + ((Dashes.Length - 1) * round)) % Dashes.Length];
    }

    public static MarkerType Marker(int style) => Markers[style % Markers.Length];
}
