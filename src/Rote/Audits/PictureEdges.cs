using static TorchSharp.torch;

namespace Rote.Audits;

/// <summary>Whether two pictures have their edges in the same places: what tells copies of a picture from pictures of different things on
/// the same plain ground.</summary>
/// <remarks>
/// Plain ground alone makes pixels of different objects correlate, at 32×32 often above 0.95. Ground has no edges. Edges of a copy that
/// was shifted a little lie elsewhere, so that small shifts are tried.
/// </remarks>
internal static class PictureEdges
{
    /// <summary>A shift is tried for each so many pixels of the shorter side: two at 32×32.</summary>
    private const int SideOfAShift = 16;

    private const int MostShift = 4;

    /// <summary>How well pairs of pictures agree where their edges agree best.</summary>
    /// <param name="first">[n, H, W, C] of any floating type.</param>
    /// <param name="second">[n, H, W, C] the other of each pair.</param>
    /// <returns>[n] cosine of the two fields of edges, at the shift where it is greatest, in [−1, 1], 0 where a picture has no edge; and
    /// [n] the correlation of their pixels at that shift.</returns>
    public static (float[] Edges, float[] Pixels) Agreement(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Edges(first), Edges(second)); // [n, 2C, H−3, W−3]
        var norm = (a.square().sum([1L, 2, 3]) * b.square().sum([1L, 2, 3])).sqrt_().clamp_min_(1e-12f); // [n]
        var most = Math.Min(MostShift, (int)Math.Min(first.shape[1], first.shape[2]) / SideOfAShift);
        var (best, pixels) = (full_like(norm, -1), full_like(norm, -1));
        var (x, y) = (first.to(float32).permute(0, 3, 1, 2), second.to(float32).permute(0, 3, 1, 2)); // [n, C, H, W]
        for (var down = -most; down <= most; down++)
        {
            for (var right = -most; right <= most; right++)
            {
                using var one = NewDisposeScope();
                var products = (Cut(a, down, right) * Cut(b, -down, -right)).sum([1L, 2, 3]) / norm;
                var better = products > best;
                best.copy_(where(better, products, best));
                pixels.copy_(where(better, Correlation(Cut(x, down, right), Cut(y, -down, -right)), pixels));
            }
        }

        return (best.data<float>().ToArray(), pixels.data<float>().ToArray());
    }

    /// <summary>Whether pictures are large enough to have edges that say something.</summary>
    /// <param name="pictures">[N, H, W, C].</param>
    public static bool AreIn(Tensor pictures) => pictures.dim() == 4 && Math.Min(pictures.shape[1], pictures.shape[2]) >= 8;

    /// <summary>Differences of neighbours across and down, of pictures that are smoothed by 1 2 1: without, the noise of a JPEG would
    /// count as edges.</summary>
    private static Tensor Edges(Tensor pictures)
    {
        var planes = pictures.to(float32).permute(0, 3, 1, 2); // [n, C, H, W]
        var smooth = Smoothed(Smoothed(planes, 2), 3); // [n, C, H−2, W−2]
        var (height, width) = (smooth.shape[2], smooth.shape[3]);
        var down = smooth.narrow(2, 1, height - 1) - smooth.narrow(2, 0, height - 1);
        var across = smooth.narrow(3, 1, width - 1) - smooth.narrow(3, 0, width - 1);
        return cat([down.narrow(3, 0, width - 1), across.narrow(2, 0, height - 1)], 1);
    }

    private static Tensor Correlation(Tensor first, Tensor second)
    {
        var (a, b) = (first - first.mean([1L, 2, 3], keepdim: true), second - second.mean([1L, 2, 3], keepdim: true));
        return (a * b).sum([1L, 2, 3]) / (a.square().sum([1L, 2, 3]) * b.square().sum([1L, 2, 3])).sqrt_().clamp_min_(1e-12f);
    }

    private static Tensor Smoothed(Tensor planes, long dimension)
    {
        var size = planes.shape[dimension] - 2;
        return planes.narrow(dimension, 0, size) + (2 * planes.narrow(dimension, 1, size)) + planes.narrow(dimension, 2, size);
    }

    /// <summary>What is left of planes [n, C, H, W] when the other picture is shifted.</summary>
    private static Tensor Cut(Tensor planes, int down, int right) =>
        planes
            .narrow(2, Math.Max(0, down), planes.shape[2] - Math.Abs(down))
            .narrow(3, Math.Max(0, right), planes.shape[3] - Math.Abs(right));
}
