using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>Where a solver stands.</summary>
/// <param name="Iterations">Products with the matrix so far.</param>
/// <param name="Residual">‖Y − X(K + λI)‖ / ‖Y‖ in the Frobenius norm, as the recursion has it.</param>
/// <param name="Solution">[K, N] float64; the solver's, and overwritten by the next step.</param>
internal readonly record struct SolverState(int Iterations, double Residual, Tensor Solution);

/// <summary>A solution with its residual.</summary>
/// <param name="Solution">[K, N] float64; the caller's.</param>
/// <param name="Rest">[K, N] float64: right-hand sides minus matrix times solution, computed exactly; the caller's.</param>
/// <param name="Iterations">Products with the matrix in float32.</param>
/// <param name="Restarts">How often the recursion was begun anew from the exact residual.</param>
/// <param name="Residual">‖Rest‖ / ‖right-hand sides‖ in the Frobenius norm.</param>
internal sealed record Solved(Tensor Solution, Tensor Rest, int Iterations, int Restarts, double Residual);

/// <summary>Solves a symmetric positive system for several right-hand sides at once, all of them in one common Krylov space.</summary>
/// <remarks>
/// O'Leary, "The block conjugate gradient algorithm and related methods", Linear Algebra and its Applications 29, 1980, with search
/// directions that are orthonormalized at each step, so that right-hand sides which converge early do no harm. The recursion drifts from
/// the true residual because products are rounded to float32; so its end is
/// checked with an exact product, and where that is not reached the recursion begins anew from there (iterative refinement, Wilkinson
/// 1963).
/// </remarks>
internal sealed class BlockConjugateGradient
{
    private const int MostRestarts = 8;

    // A residual beyond this is no longer on its way down: conjugate gradients rise now and then, but not so far above the start.
    private const double Diverged = 1e3;

    /// <summary>[K, N] → [K, N]: the product with the matrix, fast.</summary>
    public required Func<Tensor, Tensor> Multiply { get; init; }

    /// <summary>[K, N] → [K, N]: the product with the matrix, in float64.</summary>
    public required Func<Tensor, Tensor> MultiplyExactly { get; init; }

    /// <summary>[K, N] → [K, N]: the inverse of an approximation of the matrix.</summary>
    public required Func<Tensor, Tensor> Precondition { get; init; }

    /// <summary>Products at most.</summary>
    public int MostIterations { get; init; } = 2_000;

    /// <summary>Told after every step.</summary>
    public Action<SolverState>? AfterStep { get; init; }

    /// <summary>Solves.</summary>
    /// <param name="targets">[K, N] float64 right-hand sides, not all 0.</param>
    /// <param name="tolerance">The relative residual to reach, in the Frobenius norm.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The solution, or the best after <see cref="MostIterations"/> products; its residual says which.</returns>
    public Solved Solve(Tensor targets, double tolerance, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var size = Norm(targets);
        var rest = targets.clone();
        var solution = zeros_like(rest);
        // nothing is a solution too, and a recursion that has diverged a worse one
        var (best, bestRest, bestResidual) = (solution.clone(), rest.clone(), 1.0);
        var iterations = 0;
        for (var restarts = 0; ; restarts++)
        {
            iterations = Descend(solution, rest, size, tolerance, iterations, cancel);
            rest.copy_(targets.sub(MultiplyExactly(solution)));
            var (residual, before) = (Norm(rest) / size, restarts == 0 ? double.PositiveInfinity : bestResidual);
            if (residual < bestResidual)
            {
                best.copy_(solution);
                bestRest.copy_(rest);
                bestResidual = residual;
            }

            if (bestResidual <= tolerance || iterations >= MostIterations || restarts == MostRestarts || !(residual <= before / 2))
            {
                return new Solved(best.MoveToOuterDisposeScope(), bestRest.MoveToOuterDisposeScope(), iterations, restarts, bestResidual);
            }
        }
    }

    /// <summary>Conjugate gradient from where the solution stands, until the recursion's residual is reached.</summary>
    /// <returns>Products so far.</returns>
    private int Descend(Tensor solution, Tensor rest, double size, double tolerance, int iterations, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var directions = Orthonormal(Precondition(rest));
        while (iterations < MostIterations)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var products = Multiply(directions); // [K, N]
            var inverse = PseudoInverse(directions.mm(products.t())); // [K, K]
            var step = rest.mm(directions.t()).mm(inverse); // [K, K]
            if (!step.isfinite().all().item<bool>())
            {
                break; // a matrix that float32 does not tell from a singular one
            }

            solution.add_(step.mm(directions));
            rest.sub_(step.mm(products));
            iterations++;
            var residual = Norm(rest) / size;
            AfterStep?.Invoke(new SolverState(iterations, residual, solution));

            // A little below, so that the exact residual is not found just above.
            if (residual <= 0.9 * tolerance || !(residual < Diverged))
            {
                break;
            }

            var next = Precondition(rest);
            var overlap = next.mm(products.t()).mm(inverse);
            directions.copy_(Orthonormal(next.sub(overlap.mm(directions))));
        }

        return iterations;
    }

    private static double Norm(Tensor vectors)
    {
        using var squares = vectors.square();
        using var sum = squares.sum([0L, 1L]);
        return Math.Sqrt(sum.item<double>());
    }

    /// <summary>Rows that span the same space; rows of zeros where it has fewer dimensions.</summary>
    private static Tensor Orthonormal(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var lengths = rows.square().sum([1L], keepdim: true).sqrt_().clamp_min_(double.Epsilon);
        var unit = rows.div(lengths);
        var (values, vectors) = linalg.eigh(unit.mm(unit.t()));
        var scale = values.rsqrt().masked_fill(values.le(Cutoff(values)), 0);
        return (vectors.mul(scale)).t().mm(unit).MoveToOuterDisposeScope();
    }

    private static Tensor PseudoInverse(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        var (values, vectors) = linalg.eigh(matrix.add(matrix.t()).div_(2));
        var inverse = values.reciprocal().masked_fill(values.le(Cutoff(values)), 0);
        return vectors.mul(inverse).mm(vectors.t()).MoveToOuterDisposeScope();
    }

    private static Tensor Cutoff(Tensor values) => values.max().clamp_min(0).mul(1e-12);
}
