using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>The state of a solver.</summary>
/// <param name="Iterations">Products with the matrix so far.</param>
/// <param name="Residual">‖Y − X(K + λI)‖ / ‖Y‖ in the Frobenius norm, according to the recursion.</param>
/// <param name="Solution">[K, N] float64; belongs to the solver, and the next step overwrites it.</param>
internal readonly record struct SolverState(int Iterations, double Residual, Tensor Solution);

/// <summary>A solution with its residual.</summary>
/// <param name="Solution">[K, N] float64; belongs to the caller.</param>
/// <param name="Rest">[K, N] float64: right-hand sides minus matrix times solution, computed exactly; belongs to the caller.</param>
/// <param name="Iterations">Products with the matrix in float32.</param>
/// <param name="Restarts">How often the recursion restarted from the exact residual.</param>
/// <param name="Residual">‖Rest‖ / ‖right-hand sides‖ in the Frobenius norm.</param>
internal sealed record Solved(Tensor Solution, Tensor Rest, int Iterations, int Restarts, double Residual);

/// <summary>Solves a symmetric positive system for several right-hand sides at once, in one common Krylov space.</summary>
/// <remarks>
/// O'Leary, "The block conjugate gradient algorithm and related methods", Linear Algebra and its Applications 29, 1980, with search
/// directions orthonormalized at each step, so that right-hand sides which converge early do no harm. The recursion drifts from the true
/// residual because products are rounded to float32. So an exact product checks its end, and the recursion restarts from there if the
/// tolerance is not reached (iterative refinement, Wilkinson 1963).
/// </remarks>
internal sealed class BlockConjugateGradient
{
    private const int MostRestarts = 8;

    // A residual beyond this has diverged: those of conjugate gradients rise now and then, but not this far above the start.
    private const double Diverged = 1e3;

    /// <summary>[K, N] → [K, N]: the product with the matrix, fast.</summary>
    public required Func<Tensor, Tensor> Multiply { get; init; }

    /// <summary>[K, N] → [K, N]: the product with the matrix, in float64.</summary>
    public required Func<Tensor, Tensor> MultiplyExactly { get; init; }

    /// <summary>[K, N] → [K, N]: the inverse of an approximation of the matrix.</summary>
    public required Func<Tensor, Tensor> Precondition { get; init; }

    /// <summary>The most products.</summary>
    public int MostIterations { get; init; } = 2_000;

    /// <summary>Receives the state after every step.</summary>
    public Action<SolverState>? AfterStep { get; init; }

    /// <summary>Solves the system.</summary>
    /// <param name="targets">[K, N] float64 right-hand sides, not all 0.</param>
    /// <param name="tolerance">The relative residual to reach, in the Frobenius norm.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>The solution, or the best one found within <see cref="MostIterations"/> products; its residual shows which.</returns>
    public Solved Solve(Tensor targets, double tolerance, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var size = Norm(targets);
        var rest = targets.clone();
        var solution = zeros_like(rest);
        // zero is a solution too, and better than one of a diverged recursion
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

    /// <summary>Runs conjugate gradients from the current solution until the recursion's residual reaches the tolerance.</summary>
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
                break; // float32 cannot tell this matrix from a singular one
            }

            solution.add_(step.mm(directions));
            rest.sub_(step.mm(products));
            iterations++;
            var residual = Norm(rest) / size;
            AfterStep?.Invoke(new SolverState(iterations, residual, solution));

            // Stops a little below the tolerance, so that the exact residual does not end just above it.
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

    /// <summary>Orthonormal rows that span the same space; rows of zeros if it has fewer dimensions.</summary>
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
