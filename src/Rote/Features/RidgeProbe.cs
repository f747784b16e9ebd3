using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Features;

/// <summary>A linear probe: ridge regression of one-hot labels on a layer's values, in closed form, with the penalty that generalized
/// cross-validation chooses.</summary>
/// <remarks>
/// docs/reference/measures/linear-probe.md. With X standardized, Y centred and XᵀX = V S Vᵀ, W(λ) = V (S + λ)⁻¹ Vᵀ Xᵀ Y; the penalty is
/// the one of the smallest (RSS / n) / (1 − df / n)², df = 1 + Σ s/(s + λ) (Golub, Heath and Wahba 1979), of 33 between 10⁻⁶ and 10² times
/// n. Source of probes: Alain and Bengio 2016 (arXiv:1610.01644).
/// </remarks>
public sealed class RidgeProbe : IDisposable
{
    private const int Penalties = 33;

    private readonly Tensor _mean;
    private readonly Tensor _scale;
    private readonly Tensor _weights;
    private readonly Tensor _intercept;

    private RidgeProbe(Tensor mean, Tensor scale, Tensor weights, Tensor intercept, double penalty)
    {
        (_mean, _scale, _weights, _intercept) = (
            mean.DetachFromDisposeScope(),
            scale.DetachFromDisposeScope(),
            weights.DetachFromDisposeScope(),
            intercept.DetachFromDisposeScope()
        );
        Penalty = penalty;
    }

    /// <summary>λ, for features of variance 1 and a sum of squares over the examples.</summary>
    public double Penalty { get; }

    /// <summary>Fits a probe.</summary>
    /// <param name="values">[N, D] of a float type, finite; N at least 1. Constant features are ignored.</param>
    /// <param name="labels">[N] class numbers in [0, <paramref name="classes"/>).</param>
    /// <param name="classes">K, at least 1.</param>
    /// <returns>The probe, which the caller owns. O(N·D² + D³).</returns>
    /// <exception cref="ArgumentException">A shape is not as said.</exception>
    public static RidgeProbe Fit(Tensor values, IReadOnlyList<long> labels, int classes)
    {
        Shape.Require(values, nameof(values), labels.Count, -1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var n = labels.Count;
        var x = values.to(float64);
        var mean = x.mean([0L]); // [D]
        var deviation = (x - mean).square().mean([0L]).sqrt(); // [D]
        var scale = where(deviation > 1e-12, deviation.clamp_min(1e-12).reciprocal(), zeros_like(deviation)); // [D]
        x = (x - mean) * scale;
        var oneHot = nn.functional.one_hot(tensor(labels.ToArray(), int64), classes).to(float64); // [N, K]
        var intercept = oneHot.mean([0L]); // [K]
        var y = oneHot - intercept;
        var (spectrum, directions) = linalg.eigh(x.t().mm(x)); // [D], [D, D]
        var parts = directions.t().mm(x.t().mm(y)); // [D, K]: Vᵀ Xᵀ Y
        var penalty = Choose(
            spectrum.clamp_min(0).data<double>().ToArray(),
            parts.square().sum([1L]).data<double>().ToArray(),
            y.square().sum([0L, 1L]).item<double>(),
            n
        );
        var weights = directions.mm(parts / (spectrum.clamp_min(0) + penalty).unsqueeze(1)); // [D, K]
        return new RidgeProbe(mean, scale, weights, intercept, penalty);
    }

    /// <summary>Predicts with the probe.</summary>
    /// <param name="values">[N, D] of the layer that it was fitted on.</param>
    /// <returns>[N] the class of the largest regressed value, the first of equals.</returns>
    /// <exception cref="ArgumentException">There is another number of features.</exception>
    public long[] Predict(Tensor values)
    {
        Shape.Require(values, nameof(values), -1, _mean.shape[0]);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return ((values.to(float64) - _mean) * _scale).mm(_weights).add(_intercept).argmax(1).data<long>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mean.Dispose();
        _scale.Dispose();
        _weights.Dispose();
        _intercept.Dispose();
    }

    /// <summary>The penalty of the smallest generalized cross-validation.</summary>
    /// <param name="spectrum">[D] s, the eigenvalues of XᵀX, at least 0.</param>
    /// <param name="energy">[D] ‖vᵀXᵀY‖² along each eigenvector.</param>
    /// <param name="total">‖Y‖².</param>
    /// <param name="n">Examples.</param>
    internal static double Choose(double[] spectrum, double[] energy, double total, int n)
    {
        var (best, least) = (0.0, double.PositiveInfinity);
        for (var i = 0; i < Penalties; i++)
        {
            var penalty = n * Math.Pow(10, -6 + (8.0 * i / (Penalties - 1)));
            var (freedom, residual) = (1.0, total);
            for (var d = 0; d < spectrum.Length; d++)
            {
                var kept = spectrum[d] + penalty;
                freedom += spectrum[d] / kept;
                residual -= energy[d] * ((2 / kept) - (spectrum[d] / (kept * kept)));
            }

            var left = Math.Max(1 - (freedom / n), 1e-9);
            var score = Math.Max(residual, 0) / n / (left * left);
            if (score < least)
            {
                (best, least) = (penalty, score);
            }
        }

        return best;
    }
}
