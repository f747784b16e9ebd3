using System.Globalization;
using Rote.Data.Download;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Numpy;

/// <summary>Finds the scale of arrays of pictures from all their values, and brings them to 0 to 255.</summary>
internal static class ArrayScale
{
    /// <summary>Rounding and resampling leave values slightly outside the intended range.</summary>
    private const double Tolerance = 0.02;

    /// <summary>Fractional values on the scale 0 to 255 must reach at least this.</summary>
    private const double LeastBytes = 16;

    private const int Part = 1000;

    /// <summary>Brings pictures to the scale 0 to 255 in place, with one scale for the whole data set.</summary>
    /// <param name="parts">Pictures, uint8 or float32, with their array's name and whether its dtype is integer or bool.</param>
    /// <param name="progress">Receives the scale where it is not the usual one; null for silence.</param>
    /// <exception cref="InputException">The scale cannot be told.</exception>
    public static void Apply(IReadOnlyList<(Tensor Pixels, string Label, bool IsWhole)> parts, IProgress<DownloadProgress>? progress)
    {
        Whole([.. parts.Where(p => p.IsWhole)], parts, progress);
        Fractions([.. parts.Where(p => !p.IsWhole)], progress);
    }

    private static void Whole(
        IReadOnlyList<(Tensor Pixels, string Label, bool IsWhole)> whole,
        IReadOnlyList<(Tensor Pixels, string Label, bool IsWhole)> all,
        IProgress<DownloadProgress>? progress
    )
    {
        if (whole.Count == 0)
        {
            return;
        }

        var labels = string.Join(", ", whole.Select(w => w.Label));
        var range = Range.Of(whole.Select(w => w.Pixels));
        if (range.Least < 0 || range.Most > ushort.MaxValue)
        {
            throw new InputException(
                $"{labels}: values from {range.Text}, expected whole numbers from 0 to {ushort.MaxValue}; save pictures as they were "
                    + $"before they were standardized."
            );
        }

        if (range.Most == 1 && whole.Count == all.Count)
        {
            Multiply(whole, 255);
            progress?.Report(new DownloadProgress($"{labels}: the only values are 0 and 1, read as 0 and 255."));
        }
        else if (range.Most > 255)
        {
            if (whole.Count < all.Count || whole.Any(w => w.Pixels.dtype == uint8))
            {
                throw new InputException(
                    $"{labels}: values from {range.Text} beside arrays of another type ({string.Join(", ", all.Select(a => a.Label))}), "
                        + $"expected one scale; save all with the same type and scale."
                );
            }

            // The fewest bits that hold all values: 0 to 4095 for a camera's 12 bits.
            var full = (1 << (int)Math.Floor(Math.Log2(range.Most) + 1)) - 1;
            Multiply(whole, 255.0 / full);
            progress?.Report(new DownloadProgress($"{labels}: values from {range.Text}, read on the scale 0 to {full}."));
        }
    }

    private static void Fractions(IReadOnlyList<(Tensor Pixels, string Label, bool IsWhole)> floats, IProgress<DownloadProgress>? progress)
    {
        if (floats.Count == 0)
        {
            return;
        }

        var labels = string.Join(", ", floats.Select(f => f.Label));
        var range = Range.Of(floats.Select(f => f.Pixels));
        if (range.Least >= -Tolerance && range.Most <= 1 + Tolerance)
        {
            Multiply(floats, 255);
            Clamp(floats, range, 1, progress, labels);
        }
        else if (range.Least is >= -1 - Tolerance and <= -0.5 && range.Most is >= 0.5 and <= 1 + Tolerance)
        {
            foreach (var (pixels, _, _) in floats)
            {
                pixels.add_(1).mul_(127.5).clamp_(0, 255);
            }

            progress?.Report(new DownloadProgress($"{labels}: values from {range.Text}, read on the scale -1 to 1."));
        }
        else if (range.Least >= -Tolerance && range.Most <= 255 + Tolerance && range.IsBytes)
        {
            Clamp(floats, range, 255, progress, labels);
        }
        else
        {
            throw new InputException(
                $"{labels} has values from {range.Text}{range.Shares}, a scale that cannot be told, expected 0 to 1, -1 to 1 or 0 to "
                    + $"255; undo the standardization, or remove the values that are out of range.{range.Advice}"
            );
        }
    }

    /// <summary>Clamps values that are slightly out of range, and reports it.</summary>
    private static void Clamp(
        IReadOnlyList<(Tensor Pixels, string Label, bool IsWhole)> floats,
        Range range,
        int most,
        IProgress<DownloadProgress>? progress,
        string labels
    )
    {
        if (range.Least >= 0 && range.Most <= most)
        {
            return;
        }

        foreach (var (pixels, _, _) in floats)
        {
            pixels.clamp_(0, 255);
        }

        progress?.Report(
            new DownloadProgress($"{labels}: values from {range.Text}, read on the scale 0 to {most}; what is out of it is cut.")
        );
    }

    private static void Multiply(IReadOnlyList<(Tensor Pixels, string Label, bool IsWhole)> parts, double factor)
    {
        foreach (var (pixels, _, _) in parts)
        {
            _ = pixels.dtype == uint8 ? pixels.mul_((int)factor) : pixels.mul_(factor); // uint8 takes no fraction, and its factor is whole
        }
    }

    /// <summary>Statistics of the values of several tensors together.</summary>
    private sealed record Range(double Least, double Most, bool IsAllWhole, double FractionShare)
    {
        public string Text => string.Create(CultureInfo.InvariantCulture, $"{(float)Least} to {(float)Most}");

        /// <summary>On the scale 0 to 255, few values lie between 0 and 1, and the largest is not small.</summary>
        public bool IsBytes => IsAllWhole || (Most >= LeastBytes && FractionShare <= 0.5);

        /// <summary>What makes pictures of values slightly out of 0 to 1, as resampling leaves them, and vectors of anything
        /// else.</summary>
        public string Advice =>
            Least >= -0.25 && Most <= 1.25
                ? " In NumPy, np.clip(x, 0, 1) cuts them to 0 to 1."
                : " In NumPy, x.reshape(len(x), -1) makes vectors, which may have any scale.";

        public string Shares =>
            Least >= -Tolerance && FractionShare > 0.5
                ? string.Create(CultureInfo.InvariantCulture, $" ({100 * FractionShare:F1} % of those that are not 0 lie in 0 to 1)")
                : "";

        public static Range Of(IEnumerable<Tensor> tensors)
        {
            var (least, most, isWhole, between, above) = (double.MaxValue, double.MinValue, true, 0L, 0L);
            foreach (var pixels in tensors)
            {
                for (var start = 0L; start < pixels.shape[0]; start += Part)
                {
                    using var scope = NewDisposeScope();
                    var part = pixels.narrow(0, start, Math.Min(Part, pixels.shape[0] - start));
                    least = Math.Min(least, part.min().to(float32).item<float>());
                    most = Math.Max(most, part.max().to(float32).item<float>());
                    if (part.dtype == float32)
                    {
                        isWhole = isWhole && part.eq(part.round()).all().item<bool>();
                        var over = part.gt(1).count_nonzero().item<long>();
                        above += over;
                        between += part.gt(0).count_nonzero().item<long>() - over;
                    }
                }
            }

            return new Range(least, most, isWhole, between + above == 0 ? 0 : (double)between / (between + above));
        }
    }
}
