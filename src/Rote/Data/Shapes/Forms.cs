namespace Rote.Data.Shapes;

/// <summary>The ten forms, as signed distances: negative inside, positive outside, in units of the form's radius.</summary>
/// <remarks>
/// A form fits in the circle of radius 1 around the origin and points up (y grows upwards). Distances are exact near the edge, which is
/// all that anti-aliasing needs. Only +, −, ×, ÷ and √ are used: IEEE 754 fixes their results, so every machine draws the same bits.
/// Source of the polygon and heart distances: Inigo Quilez, "2D distance functions", https://iquilezles.org/articles/distfunctions2d.
/// </remarks>
internal static class Forms
{
    // Corners, x then y, once around. The five-pointed star's are sin and cos of multiples of 36°, its inner radius 0.45.
    private static readonly float[] Square = [-0.72f, -0.72f, 0.72f, -0.72f, 0.72f, 0.72f, -0.72f, 0.72f];
    private static readonly float[] Triangle = [0f, 1f, -0.8660254f, -0.5f, 0.8660254f, -0.5f];

    // csharpier-ignore
    private static readonly float[] Star =
    [
        0f, 1f, -0.2645034f, 0.3640576f, -0.9510565f, 0.3090170f, -0.4279754f, -0.1390576f, -0.5877853f, -0.8090170f,
        0f, -0.45f, 0.5877853f, -0.8090170f, 0.4279754f, -0.1390576f, 0.9510565f, 0.3090170f, 0.2645034f, 0.3640576f,
    ];

    // csharpier-ignore
    private static readonly float[] Cross =
    [
        -0.3f, 0.95f, -0.3f, 0.3f, -0.95f, 0.3f, -0.95f, -0.3f, -0.3f, -0.3f, -0.3f, -0.95f,
        0.3f, -0.95f, 0.3f, -0.3f, 0.95f, -0.3f, 0.95f, 0.3f, 0.3f, 0.3f, 0.3f, 0.95f,
    ];

    private static readonly float[] Arrow = [0f, 1f, -0.8f, 0.1f, -0.27f, 0.1f, -0.27f, -0.95f, 0.27f, -0.95f, 0.27f, 0.1f, 0.8f, 0.1f];

    private static readonly float[] Hourglass = [-0.68f, 0.73f, -0.12f, 0f, -0.68f, -0.73f, 0.68f, -0.73f, 0.12f, 0f, 0.68f, 0.73f];

    /// <summary>Class names, in the order of the labels.</summary>
    public static readonly string[] Names =
    [
        "circle",
        "ring",
        "square",
        "triangle",
        "star",
        "cross",
        "crescent",
        "heart",
        "arrow",
        "hourglass",
    ];

    /// <summary>The signed distance of a point from a form's edge.</summary>
    /// <param name="form">Index into <see cref="Names"/>.</param>
    /// <param name="x">To the right.</param>
    /// <param name="y">Upwards.</param>
    public static float Distance(int form, float x, float y) =>
        form switch
        {
            0 => Length(x, y) - 0.85f,
            1 => MathF.Abs(Length(x, y) - 0.75f) - 0.2f,
            2 => Polygon(Square, x, y),
            3 => Polygon(Triangle, x, y),
            4 => Polygon(Star, x, y),
            5 => Polygon(Cross, x, y),
            6 => MathF.Max(Length(x, y) - 0.95f, 0.78f - Length(x - 0.42f, y)),
            7 => Heart(x, y),
            8 => Polygon(Arrow, x, y),
            9 => Polygon(Hourglass, x, y),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, $"A form is 0 to {Names.Length - 1}."),
        };

    private static float Length(float x, float y) => MathF.Sqrt((x * x) + (y * y));

    /// <summary>The least distance to any edge, negative if a ray crosses the outline an odd number of times.</summary>
    private static float Polygon(ReadOnlySpan<float> corners, float x, float y)
    {
        var least = float.PositiveInfinity;
        var isInside = false;
        var (previousX, previousY) = (corners[^2], corners[^1]);
        for (var i = 0; i < corners.Length; i += 2)
        {
            var (cornerX, cornerY) = (corners[i], corners[i + 1]);
            var (edgeX, edgeY) = (previousX - cornerX, previousY - cornerY);
            var (toX, toY) = (x - cornerX, y - cornerY);
            var along = Math.Clamp(((toX * edgeX) + (toY * edgeY)) / ((edgeX * edgeX) + (edgeY * edgeY)), 0f, 1f);
            var (offX, offY) = (toX - (edgeX * along), toY - (edgeY * along));
            least = MathF.Min(least, (offX * offX) + (offY * offY));

            // The point's side of the edge, times the edge's direction, tells whether a ray to the right crosses it.
            if (cornerY > y != previousY > y && (edgeX * toY > edgeY * toX) == (edgeY > 0))
            {
                isInside = !isInside;
            }

            (previousX, previousY) = (cornerX, cornerY);
        }

        return isInside ? -MathF.Sqrt(least) : MathF.Sqrt(least);
    }

    private static float Heart(float x, float y)
    {
        // Quilez' heart stands on the origin and is about 1.1 high; moved and enlarged so that it fills the unit circle.
        const float Scale = 1.5f;
        var (px, py) = (MathF.Abs(x) / Scale, (y / Scale) + 0.55f);
        if (py + px > 1)
        {
            return (Length(px - 0.25f, py - 0.75f) - 0.35355339f) * Scale;
        }

        var fold = 0.5f * MathF.Max(px + py, 0);
        var distance = MathF.Min(Length(px, py - 1), Length(px - fold, py - fold));
        return (px > py ? distance : -distance) * Scale;
    }
}
