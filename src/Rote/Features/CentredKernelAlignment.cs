using Rote.Measurement;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Features;

/// <summary>Linear CKA without bias: the similarity of two layers' values for the same examples, whatever their axes and scale.</summary>
/// <remarks>
/// docs/reference/measures/cka.md. CKA = HSIC(X, Y) / √(HSIC(X, X) · HSIC(Y, Y)) with the unbiased HSIC of Song et al. 2012 (JMLR 13,
/// equation 5), as Nguyen, Raghu and Kornblith 2020 (arXiv:2010.15327). With K = XXᵀ nothing of size N² is made: tr(K̃L̃) = ‖XᵀY‖² − Σ kᵢᵢ
/// lᵢᵢ, and K̃1 = X(Xᵀ1) − k.
/// </remarks>
public static class CentredKernelAlignment
{
    /// <summary>The number of disjoint parts of the examples; the error is their spread.</summary>
    private const int Parts = 5;

    /// <summary>Compares two layers.</summary>
    /// <param name="first">[N, D] of a float type, N at least 4.</param>
    /// <param name="second">[N, E] for the same examples in the same order.</param>
    /// <returns>Near 1 for equal layers, near 0 for unrelated ones, below 0 by chance; NaN where a layer is constant. The error is the
    /// spread over five disjoint fifths of the examples, over √5; NaN below 40 examples. O(N·D·E).</returns>
    /// <exception cref="ArgumentException">A shape is not as said.</exception>
    public static Estimate Of(Tensor first, Tensor second)
    {
        var n = (int)first.shape[0];
        Shape.Require(second, nameof(second), n, -1);
        if (n < 4)
        {
            throw new ArgumentException($"The unbiased HSIC needs 4 examples, found {n}.", nameof(first));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var value = Ratio(first, second);
        if (n < 8 * Parts)
        {
            return new Estimate(value, double.NaN, n);
        }

        var size = n / Parts;
        var spread = Estimate.Mean([
            .. Enumerable.Range(0, Parts).Select(part => Ratio(first.narrow(0, part * size, size), second.narrow(0, part * size, size))),
        ]);
        return new Estimate(value, spread.StandardError, n);
    }

    private static double Ratio(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Centred(first), Centred(second));
        var norm = Independence(x, x) * Independence(y, y);
        return norm > 0 ? Independence(x, y) / Math.Sqrt(norm) : double.NaN;
    }

    /// <summary>Centres, and scales to a mean square of 1 per example so that float64 does not overflow; CKA does not change.</summary>
    private static Tensor Centred(Tensor values)
    {
        var x = values.to(float64);
        x = x - x.mean([0L], keepdim: true);
        var size = x.square().sum([0L, 1L]).item<double>() / x.shape[0];
        return size > 1e-20 ? x / Math.Sqrt(size) : zeros_like(x);
    }

    /// <summary>The unbiased HSIC of two linear kernels.</summary>
    private static double Independence(Tensor x, Tensor y)
    {
        var n = (double)x.shape[0];
        var (k, l) = (x.square().sum([1L]), y.square().sum([1L])); // [N]: kᵢᵢ, lᵢᵢ
        var (rowsK, rowsL) = (Rows(x, k), Rows(y, l)); // [N]: K̃1, L̃1
        var trace =
            x.t().to(float32).mm(y.to(float32)).to(float64).square().sum([0L, 1L]).item<double>() - (k * l).sum([0L]).item<double>();
        var sums = rowsK.sum([0L]).item<double>() * rowsL.sum([0L]).item<double>() / ((n - 1) * (n - 2));
        var cross = 2 / (n - 2) * (rowsK * rowsL).sum([0L]).item<double>();
        return (trace + sums - cross) / (n * (n - 3));
    }

    private static Tensor Rows(Tensor x, Tensor diagonal) => x.mv(x.sum([0L])) - diagonal;
}
