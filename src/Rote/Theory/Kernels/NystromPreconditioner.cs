using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>An approximation of K + λI that is quick to invert: L Lᵀ + D, a low-rank matrix plus nearly a multiple of the
/// identity.</summary>
/// <remarks>
/// Nyström's approximation from R points, K ≈ K_NR K_RR⁻¹ K_RN = L Lᵀ, is exact on those points (Williams and Seeger 2001). The training
/// points are in random order, so the first ones are a fair sample. D is δI, with δ the mean diagonal of K − L Lᵀ, except for pairs of
/// nearly equal points. Across such a pair, in the direction t = (eᵢ − eⱼ)/√2, the matrix is as small as μ = 1 − K_ij − ‖Lᵀt‖². An
/// approximation that misses this stalls the iteration until it has found each such pair by itself. So D⁻¹ = (I + T W Tᵀ)/δ with w = δ/μ −
/// 1, and the inverse is Woodbury's. Source of the method, without the pairs: Frangella, Tropp and Udell, "Randomized Nyström
/// preconditioning", SIAM J. Matrix Anal. Appl. 44(2), 2023.
/// </remarks>
internal sealed class NystromPreconditioner : IDisposable
{
    // Added to the diagonal of K_RR, so that it can be factored even if points are nearly equal; also the least value of δ and μ.
    private const double Jitter = 1e-6;

    private readonly Tensor _factor; // [R, N] float32, Lᵀ
    private readonly Tensor _gram; // [R, R] float64, LᵀL
    private readonly Tensor _first; // [P] int64
    private readonly Tensor _second; // [P] int64
    private readonly Tensor _across; // [P] float64, μ
    private Tensor _inner; // [R, R] float64, Cholesky factor of LᵀL + LᵀTWTᵀL + (δ + λ)I
    private Tensor _weights; // [P] float64, w
    private double _rest; // δ + λ

    private NystromPreconditioner(Tensor factor, Tensor gram, double delta, IReadOnlyList<NearPair> pairs)
    {
        using var scope = NewDisposeScope();
        (_factor, _gram, Delta, Pairs) = (factor.DetachFromDisposeScope(), gram.DetachFromDisposeScope(), delta, pairs.Count);
        _first = tensor(pairs.Select(pair => (long)pair.First).ToArray(), int64).DetachFromDisposeScope();
        _second = tensor(pairs.Select(pair => (long)pair.Second).ToArray(), int64).DetachFromDisposeScope();
        var apart = tensor(pairs.Select(pair => 1 - pair.Kernel).ToArray(), float64);
        _across = apart.sub(Across(_factor).to(float64).square().sum([0L])).clamp_min_(Jitter).DetachFromDisposeScope();
        _inner = empty(0).DetachFromDisposeScope();
        _weights = empty(0).DetachFromDisposeScope();
        SetRidge(0);
    }

    /// <summary>Rank R.</summary>
    public int Rank => (int)_factor.shape[0];

    /// <summary>δ: the mean of the diagonal of K − L Lᵀ.</summary>
    public double Delta { get; }

    /// <summary>Pairs of nearly equal points P.</summary>
    public int Pairs { get; }

    /// <summary>Computes it from the first points.</summary>
    /// <param name="kernel">The matrix K, of points in random order.</param>
    /// <param name="tileRows">The number of rows of tiles to use.</param>
    /// <param name="progress">Receives the finished parts.</param>
    /// <param name="cancel">Stops.</param>
    public static NystromPreconditioner Of(
        SymmetricTiles kernel,
        int tileRows,
        IProgress<TheoryProgress>? progress,
        CancellationToken cancel
    )
    {
        using var scope = NewDisposeScope();
        var rank = Enumerable.Range(0, tileRows).Sum(row => (long)kernel.Range(row).Count);
        var core = cat([.. Enumerable.Range(0, tileRows).Select(column => Columns(kernel, tileRows, column))], 1).to(float64);
        core.diagonal().add_(Jitter);
        var inverse = linalg.solve_triangular(linalg.cholesky(core), eye(rank, dtype: float64), upper: false).to(float32); // [R, R]

        var factor = empty([rank, kernel.Size], float32);
        var gram = zeros([rank, rank], float64);
        for (var column = 0; column < kernel.Rows; column++)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (start, count) = kernel.Range(column);
            var part = inverse.mm(Columns(kernel, tileRows, column)); // [R, columns]
            factor.narrow(1, start, count).copy_(part);
            gram.add_(part.mm(part.t()));
            progress?.Report(new TheoryProgress("Preconditioner", column + 1, kernel.Rows, "parts"));
        }

        // A pair is near if the matrix across it is less than half of what D would be without the pair.
        var delta = Math.Max(1 - (gram.trace().item<double>() / kernel.Size), Jitter);
        var pairs = NearestNeighbours.Pairs(kernel, 1 - (delta / 2), cancel);
        return new NystromPreconditioner(factor.MoveToOuterDisposeScope(), gram.MoveToOuterDisposeScope(), delta, pairs);
    }

    /// <summary>Sets λ.</summary>
    /// <param name="ridge">At least 0.</param>
    public void SetRidge(double ridge)
    {
        if (_rest == Delta + ridge)
        {
            return;
        }

        using var scope = NewDisposeScope();
        _inner.Dispose();
        _weights.Dispose();
        _rest = Delta + ridge;
        _weights = _across.add(ridge).reciprocal().mul(_rest).sub(1).DetachFromDisposeScope();
        var across = Across(_factor).to(float64); // [R, P]
        var shifted = _gram.add(across.mul(_weights).mm(across.t()));
        shifted.diagonal().add_(_rest);
        _inner = linalg.cholesky(shifted).DetachFromDisposeScope();
    }

    /// <summary>Solves with the approximation.</summary>
    /// <param name="vectors">[K, N] float64.</param>
    /// <returns>[K, N] float64.</returns>
    public Tensor Solve(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        var weighted = Weighted(vectors);
        var inside = weighted.to(float32).mm(_factor.t()).to(float64); // [K, R]
        var solved = cholesky_solve(inside.t(), _inner, false).t().to(float32).contiguous(); // [K, R]
        return weighted.sub(Weighted(solved.mm(_factor).to(float64))).div_(_rest).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factor.Dispose();
        _gram.Dispose();
        _first.Dispose();
        _second.Dispose();
        _across.Dispose();
        _inner.Dispose();
        _weights.Dispose();
    }

    /// <summary>The kernel between the first points and the points of a column of tiles.</summary>
    private static Tensor Columns(SymmetricTiles kernel, int tileRows, int column)
    {
        using var scope = NewDisposeScope();
        var tiles = Enumerable.Range(0, tileRows).Select(row => row <= column ? kernel.Tile(row, column) : kernel.Tile(column, row).t());
        return cat([.. tiles], 0).MoveToOuterDisposeScope();
    }

    /// <summary>V T: the difference of each pair's columns, over √2.</summary>
    /// <returns>[K, P], of the type of the vectors.</returns>
    private Tensor Across(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        return vectors.index_select(1, _first).sub(vectors.index_select(1, _second)).mul_(Math.Sqrt(0.5)).MoveToOuterDisposeScope();
    }

    /// <summary>V (I + T W Tᵀ).</summary>
    private Tensor Weighted(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        var change = Across(vectors).mul_(_weights).mul_(Math.Sqrt(0.5));
        var result = vectors.index_add(1, _first, change, 1);
        return result.index_add_(1, _second, change, -1).MoveToOuterDisposeScope();
    }
}
