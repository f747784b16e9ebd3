using OxyPlot;

namespace Rote.Reports.Charts;

/// <summary>The places around a curve where its name could stand, each with a cost; the ideal place costs 0.</summary>
internal static class LabelCandidates
{
    private const int Anchors = 24;

    /// <summary>Returns places around the end of the curve first, then around points further back.</summary>
    /// <param name="size">The text's size in pixels.</param>
    /// <param name="curve">Points a few pixels apart, at least one.</param>
    public static IEnumerable<PlacedLabel> Around(OxySize size, IReadOnlyList<ScreenPoint> curve)
    {
        var every = Math.Max(1, curve.Count / Anchors);
        for (var back = 0; back < curve.Count; back += every)
        {
            // Readers look at the end: leaving it costs as much as two rows, and more the further back.
            var far = back == 0 ? 0 : 60 + back;
            var anchor = curve[curve.Count - 1 - back];
            foreach (var (left, top, effort) in Offsets(size))
            {
                yield return new PlacedLabel(new OxyRect(anchor.X + left, anchor.Y + top, size.Width, size.Height), anchor, far + effort);
            }
        }
    }

    // To the right is best, then above and below in rows of growing distance; to the left is last.
    private static IEnumerable<(double Left, double Top, double Effort)> Offsets(OxySize size)
    {
        var (width, height) = (size.Width, size.Height);
        yield return (10, -height / 2, 0);
        for (var row = 0; row < 4; row++)
        {
            var distance = 9 + (row * (height + 3));
            foreach (var shift in new[] { -0.5, -0.15, -0.85 })
            {
                var effort = (30 * row) + (10 * Math.Abs(shift + 0.5));
                yield return (shift * width, -distance - height, 5 + effort);
                yield return (shift * width, distance, 15 + effort);
            }

            yield return (10 + (8 * row), -distance - height, 20 + (30 * row));
            yield return (10 + (8 * row), distance, 20 + (30 * row));
        }

        yield return (-width - 10, -height / 2, 60);
    }
}
