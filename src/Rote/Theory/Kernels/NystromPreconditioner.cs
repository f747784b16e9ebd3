using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>An approximation of K + λI that is quickly inverted: L Lᵀ + (δ + λ) I, of low rank plus a multiple of one.</summary>
/// <remarks>
/// Nyström's approximation from R points, K ≈ K_NR K_RR⁻¹ K_RN = L Lᵀ, is exact on those points (Williams and Seeger 2001). The training points are in random
/// order, so the first ones are a fair sample. δ is the mean of what it leaves of the diagonal. The inverse is Woodbury's:
/// (1/δ)(I − L (δI + LᵀL)⁻¹ Lᵀ). Source of the method: Frangella, Tropp and Udell, "Randomized Nyström preconditioning", SIAM J. Matrix Anal. Appl. 44(2), 2023.
/// </remarks>
internal sealed class NystromPreconditioner : IDisposable
{
    // Added to the diagonal of K_RR, so that it can be factored where points are nearly equal.
    private const double Jitter = 1e-6;

    private readonly Tensor _factor;     // [R, N] float32, Lᵀ
    private readonly Tensor _gram;       // [R, R] float64, LᵀL
    private Tensor _inner;               // [R, R] float64, Cholesky factor of LᵀL + (δ + λ)I
    private double _rest;                // δ + λ

    private NystromPreconditioner(Tensor factor, Tensor gram, double delta)
    {
        (_factor, _gram, Delta) = (factor.DetachFromDisposeScope(), gram.DetachFromDisposeScope(), delta);
        _inner = empty(0);
        _inner.DetachFromDisposeScope();
        SetRidge(0);
    }

    /// <summary>Rank R.</summary>
    public int Rank => (int)_factor.shape[0];

    /// <summary>δ: the mean of the diagonal of K − L Lᵀ.</summary>
    public double Delta { get; }

    /// <summary>Makes it from the first points.</summary>
    /// <param name="kernel">The matrix K, of points in random order.</param>
    /// <param name="tileRows">How many rows of tiles are taken.</param>
    /// <param name="progress">Told about its parts.</param>
    /// <param name="cancel">Stops.</param>
    public static NystromPreconditioner Of(SymmetricTiles kernel, int tileRows, IProgress<TheoryProgress>? progress, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var rank = Enumerable.Range(0, tileRows).Sum(row => (long)kernel.Range(row).Count);
        using var core = cat([.. Enumerable.Range(0, tileRows).Select(column => Columns(kernel, tileRows, column))], 1).to(float64);
        core.diagonal().add_(Jitter);
        var inverse = linalg.solve_triangular(linalg.cholesky(core), eye(rank, dtype: float64), upper: false).to(float32); // [R, R]

        var factor = empty([rank, kernel.Size], float32);
        var gram = zeros([rank, rank], float64);
        for (var column = 0; column < kernel.Rows; column++)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (start, count) = kernel.Range(column);
            var part = inverse.mm(Columns(kernel, tileRows, column));                                         // [R, columns]
            factor.narrow(1, start, count).copy_(part);
            gram.add_(part.mm(part.t()));
            progress?.Report(new TheoryProgress("Preconditioner", column + 1, kernel.Rows, "parts"));
        }

        var delta = 1 - (gram.trace().item<double>() / kernel.Size);
        return new NystromPreconditioner(factor.MoveToOuterDisposeScope(), gram.MoveToOuterDisposeScope(), Math.Max(delta, Jitter));
    }

    /// <summary>Sets λ.</summary>
    /// <param name="ridge">At least 0.</param>
    public void SetRidge(double ridge)
    {
        using var scope = NewDisposeScope();
        _rest = Delta + ridge;
        var shifted = _gram.clone();
        shifted.diagonal().add_(_rest);
        _inner.Dispose();
        _inner = linalg.cholesky(shifted).DetachFromDisposeScope();
    }

    /// <summary>Solves with the approximation.</summary>
    /// <param name="vectors">[K, N] float64.</param>
    /// <returns>[K, N] float64.</returns>
    public Tensor Solve(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        var inside = vectors.to(float32).mm(_factor.t()).to(float64);                                        // [K, R]
        var solved = cholesky_solve(inside.t(), _inner, false).t().to(float32).contiguous();                 // [K, R]
        return vectors.sub(solved.mm(_factor)).div_(_rest).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factor.Dispose();
        _gram.Dispose();
        _inner.Dispose();
    }

    /// <summary>The kernel between the first points and those of a column of tiles.</summary>
    private static Tensor Columns(SymmetricTiles kernel, int tileRows, int column)
    {
        using var scope = NewDisposeScope();
        var tiles = Enumerable.Range(0, tileRows).Select(row => row <= column ? kernel.Tile(row, column) : kernel.Tile(column, row).t());
        return cat([.. tiles], 0).MoveToOuterDisposeScope();
    }
}
