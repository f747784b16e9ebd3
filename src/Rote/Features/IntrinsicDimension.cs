using Rote.Measurement;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Features;

/// <summary>The intrinsic dimension of a layer's values: the number of coordinates that they depend on near each example.</summary>
/// <remarks>
/// docs/reference/measures/intrinsic-dimension.md. TwoNN: with μ the ratio of the distances to the second and the first neighbour,
/// −log(1 − F(μ)) = d · log μ, a line through 0 fitted to the lower nine tenths. Source: Facco et al. 2017 (arXiv:1803.06992); on networks
/// Ansuini et al. 2019 (arXiv:1905.12784).
/// </remarks>
public sealed record IntrinsicDimension
{
    /// <summary>Share of the ratios that the line is fitted to: the largest are of examples that lie alone.</summary>
    private const double Fitted = 0.9;

    private const int Fewest = 20;

    /// <summary>The dimension from all N examples; the error is d/√N, that of independent ratios of distances. Neighbours share
    /// points, and drawn points in 2, 5 and 10 dimensions spread 1.2 to 1.3 times as much.</summary>
    public required Estimate Whole { get; init; }

    /// <summary>The mean over two halves, with the error of two.</summary>
    public required Estimate Halves { get; init; }

    /// <summary>The mean over four quarters, with the error of four. If this is far from <see cref="Whole"/>, the number depends on the
    /// scale looked at.</summary>
    public required Estimate Quarters { get; init; }

    /// <summary>The number of examples that equal another: they have no ratio and are left out.</summary>
    public required int Equal { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="values">[N, D] float32 in random order.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    /// <returns>NaN where fewer than 20 examples have two neighbours at a distance. O(N²·D).</returns>
    /// <exception cref="ArgumentException">The shape is not as said.</exception>
    public static IntrinsicDimension Of(Tensor values, CancellationToken cancel = default)
    {
        Shape.Require(values, nameof(values), -1, -1);
        var (whole, used, equal) = Fit(values, 0, 1, cancel);
        return new IntrinsicDimension
        {
            Whole = new Estimate(whole, whole / Math.Sqrt(used), used),
            Halves = Repeated(values, 2, cancel),
            Quarters = Repeated(values, 4, cancel),
            Equal = equal,
        };
    }

    /// <summary>The slope through 0 of −log(1 − F) against log μ.</summary>
    /// <param name="ratios">μ, above 1 or equal to it, in any order.</param>
    internal static double Slope(IEnumerable<double> ratios)
    {
        var sorted = ratios.Order().ToArray();
        var (product, square) = (0.0, 0.0);
        for (var i = 0; i < (int)(Fitted * sorted.Length); i++)
        {
            var x = Math.Log(sorted[i]);
            product += x * -Math.Log(1 - ((double)(i + 1) / sorted.Length));
            square += x * x;
        }

        return square > 0 ? product / square : double.NaN;
    }

    private static Estimate Repeated(Tensor values, int parts, CancellationToken cancel)
    {
        var found = Enumerable.Range(0, parts).Select(part => Fit(values, part, parts, cancel).Dimension).Where(double.IsFinite).ToArray();
        return found.Length > 0 ? Estimate.Mean(found) : new Estimate(double.NaN, double.NaN, 0);
    }

    private static (double Dimension, int Used, int Equal) Fit(Tensor values, int part, int parts, CancellationToken cancel)
    {
        var size = values.shape[0] / parts;
        if (size < 3)
        {
            return (double.NaN, 0, 0);
        }

        using var own = values.narrow(0, part * size, size);
        var pairs = Neighbours.TwoNearest(own, cancel);
        var ratios = pairs.Where(pair => pair.First > 0).Select(pair => pair.Second / pair.First).ToArray();
        var equal = pairs.Length - ratios.Length;
        return ratios.Length < Fewest ? (double.NaN, ratios.Length, equal) : (Slope(ratios), ratios.Length, equal);
    }
}
