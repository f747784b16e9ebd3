using Rote.Data.Download;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Numpy;

/// <summary>Brings pictures with a fourth channel, opacity, onto white.</summary>
internal static class ArrayOpacity
{
    /// <summary>The number of examples that are processed at a time.</summary>
    private const int Part = 1000;

    /// <summary>Blends pictures onto white. A picture whose opacity is 0 everywhere would be nothing but white and is taken as it is, and
    /// opacity that is never above 1 beside colours up to 255 is on the scale 0 to 1.</summary>
    /// <param name="pixels">[N, H, W, C] on the scale 0 to 255.</param>
    /// <param name="label">Its array's name, for the sentences.</param>
    /// <param name="progress">Told how opacity is read where it is not the usual way; null for silence.</param>
    /// <returns>[N, H, W, 3] of the same type where C is 4, else <paramref name="pixels"/> itself.</returns>
    public static Tensor OnWhite(Tensor pixels, string label, IProgress<DownloadProgress>? progress)
    {
        if (pixels.shape[3] != 4)
        {
            return pixels;
        }

        var most = Most(pixels);
        var factor = most is > 0 and <= 1 ? 255f : 1f;
        var result = empty([pixels.shape[0], pixels.shape[1], pixels.shape[2], 3], pixels.dtype);
        var invisible = 0L;
        for (var start = 0L; start < pixels.shape[0]; start += Part)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(Part, pixels.shape[0] - start);
            var part = pixels.narrow(0, start, count).to(float32); // [n, H, W, 4]
            var opacity = part.narrow(3, 3, 1) * (factor / 255); // [n, H, W, 1]
            var isInvisible = opacity.flatten(1).amax([1L]).eq(0).view(count, 1, 1, 1); // [n, 1, 1, 1]
            invisible += isInvisible.count_nonzero().item<long>();
            opacity = opacity.masked_fill(isInvisible, 1);
            var mixed = (part.narrow(3, 0, 3) * opacity) + ((1 - opacity) * 255);
            result.narrow(0, start, count).copy_(pixels.dtype == uint8 ? mixed.round() : mixed);
        }

        if (factor > 1)
        {
            progress?.Report(new DownloadProgress($"{label}: the opacity is {most:G3} at most, read on the scale 0 to 1."));
        }

        if (invisible > 0)
        {
            progress?.Report(
                new DownloadProgress(
                    $"{label}: pictures whose opacity is 0 everywhere, so that nothing of them could be seen: {invisible:N0}; their "
                        + "colours are read as they are."
                )
            );
        }

        return result;
    }

    private static float Most(Tensor pixels)
    {
        var most = 0f;
        for (var start = 0L; start < pixels.shape[0]; start += Part)
        {
            using var scope = NewDisposeScope();
            var part = pixels.narrow(0, start, Math.Min(Part, pixels.shape[0] - start)).narrow(3, 3, 1);
            most = Math.Max(most, part.max().to(float32).item<float>());
        }

        return most;
    }
}
