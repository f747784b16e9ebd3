using Rote.Theory.Features;
using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>A kernel matrix with its preconditioner, ready for any right-hand sides and ridges.</summary>
internal sealed class KernelSystem : IDisposable
{
    private readonly GramMatrix _gram;
    private readonly NystromPreconditioner _preconditioner;

    private KernelSystem(GramMatrix gram, NystromPreconditioner preconditioner, double gramSeconds, double preconditionerSeconds) =>
        (_gram, _preconditioner, GramSeconds, PreconditionerSeconds) = (gram, preconditioner, gramSeconds, preconditionerSeconds);

    /// <summary>Rank of the preconditioner.</summary>
    public int Rank => _preconditioner.Rank;

    /// <summary>Wall seconds of the features and the kernel matrices.</summary>
    public double GramSeconds { get; }

    /// <summary>Wall seconds of the preconditioner.</summary>
    public double PreconditionerSeconds { get; }

    /// <summary>The kernel matrices.</summary>
    public GramMatrix Gram => _gram;

    /// <summary>Computes the matrices and the preconditioner.</summary>
    /// <param name="features">The features of a picture for the kernel.</param>
    /// <param name="train">[N, H, W, C] training pictures in random order.</param>
    /// <param name="test">[M, H, W, C] test pictures.</param>
    /// <param name="gamma">The bandwidth.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancel">Stops.</param>
    public static KernelSystem Of(
        IFeatures features,
        Tensor train,
        Tensor test,
        double gamma,
        IProgress<TheoryProgress>? progress,
        CancellationToken cancel
    )
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var gram = GramMatrix.Of(features, train, test, GaussianKernel.Require(gamma), KernelMemory.Side(train.shape[0]), progress, cancel);
        try
        {
            var seconds = clock.Elapsed.TotalSeconds;
            var preconditioner = NystromPreconditioner.Of(
                gram.Train,
                Math.Min(KernelMemory.PreconditionerRows(train.shape[0]), gram.Train.Rows),
                progress,
                cancel
            );
            return new KernelSystem(gram, preconditioner, seconds, clock.Elapsed.TotalSeconds - seconds);
        }
        catch
        {
            gram.Dispose();
            throw;
        }
    }

    /// <summary>Solves α(K + λI) = Y.</summary>
    /// <param name="targets">[C, N] float64.</param>
    /// <param name="ridge">λ, at least 0.</param>
    /// <param name="tolerance">The relative residual to reach, in the Frobenius norm.</param>
    /// <param name="mostIterations">The most products.</param>
    /// <param name="afterStep">Receives the state after every product.</param>
    /// <param name="cancel">Stops.</param>
    public Solved Solve(
        Tensor targets,
        double ridge,
        double tolerance,
        int mostIterations,
        Action<SolverState>? afterStep,
        CancellationToken cancel
    )
    {
        _preconditioner.SetRidge(ridge);
        var solver = new BlockConjugateGradient
        {
            Multiply = vectors => Shifted(_gram.Train.Multiply(vectors), vectors, ridge),
            MultiplyExactly = vectors => Shifted(_gram.Train.MultiplyExactly(vectors), vectors, ridge),
            Precondition = _preconditioner.Solve,
            MostIterations = mostIterations,
            AfterStep = afterStep,
        };
        return solver.Solve(targets, tolerance, cancel);
    }

    /// <summary>Returns the interpolant's values at the test points.</summary>
    /// <param name="solution">[C, N] float64 α.</param>
    /// <returns>[C, M] float64: float32 products over parts of the training points, with their sums in float64.</returns>
    public Tensor TestScores(Tensor solution)
    {
        using var scope = NewDisposeScope();
        var scores = zeros([solution.shape[0], _gram.Test.shape[0]], float64);
        for (var row = 0; row < _gram.Train.Rows; row++)
        {
            using var inner = NewDisposeScope();
            var (start, count) = _gram.Train.Range(row);
            scores.add_(solution.narrow(1, start, count).to(float32).contiguous().mm(_gram.Test.narrow(1, start, count).t()));
        }

        return scores.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gram.Dispose();
        _preconditioner.Dispose();
    }

    private static Tensor Shifted(Tensor product, Tensor vectors, double ridge) =>
        ridge == 0 ? product : product.add_(vectors, alpha: ridge);
}
