using static TorchSharp.torch;

namespace Rote.Theory.RandomFeatures;

/// <summary>Least squares by singular value decomposition, for several targets and ridges; tensors belong to the caller's scope.</summary>
internal sealed class LeastSquares
{
    private readonly Tensor _left;
    private readonly Tensor _values;
    private readonly Tensor _right;
    private readonly double _cutoff;

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">[n, N] float64 Φ.</param>
    /// <param name="cutoff">Singular values up to this fraction of the largest count as 0.</param>
    public LeastSquares(Tensor matrix, double cutoff)
    {
        Matrix = matrix;
        (_left, _values, _right) = linalg.svd(matrix, fullMatrices: false); // [n, k], [k], [k, N]
        _cutoff = cutoff * _values.max().item<double>();
    }

    /// <summary>[n, N] Φ.</summary>
    public Tensor Matrix { get; }

    /// <summary>Returns the minimizer of ‖Φa − Y‖² + λ‖a‖²; for λ = 0 the one of least norm, Φ⁺Y.</summary>
    /// <param name="targets">[n, C] float64 Y.</param>
    /// <param name="ridge">λ ≥ 0.</param>
    /// <returns>[N, C] a.</returns>
    public Tensor Solve(Tensor targets, double ridge)
    {
        using var scope = NewDisposeScope();
        var filter = _values.div(_values.square().add(ridge)).masked_fill(_values.le(_cutoff), 0); // [k]
        var inner = _left.t().mm(targets).mul(filter.unsqueeze(1)); // [k, C]
        return _right.t().mm(inner).MoveToOuterDisposeScope();
    }
}
