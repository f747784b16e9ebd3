namespace Rote.Theory.Kernels;

/// <summary>A bandwidth that was tried.</summary>
/// <param name="Gamma">The bandwidth γ of the kernel exp(−γ · squared distance).</param>
/// <param name="Wrong">Held-out examples of all folds that it gets wrong; null where the kernel matrix could not be factored in
/// float64.</param>
/// <param name="Count">Held-out examples.</param>
public sealed record BandwidthTrial(double Gamma, int? Wrong, int Count);

/// <summary>Where a solver passed a residual.</summary>
/// <param name="Iteration">Products with the matrix so far.</param>
/// <param name="Residual">The residual of the recursion: relative, Frobenius norm.</param>
/// <param name="TestWrong">Test examples that the solution of that moment gets wrong; null between milestones.</param>
public sealed record SolverStep(int Iteration, double Residual, int? TestWrong);

/// <summary>A solution of the kernel system.</summary>
public sealed record KernelSolution
{
    /// <summary>λ; 0 for the interpolant.</summary>
    public required double Ridge { get; init; }

    /// <summary>Relative residual ‖Y − α(K + λI)‖ / ‖Y‖, Frobenius norm over all classes, against the float32 kernel in float64
    /// arithmetic.</summary>
    public required double Residual { get; init; }

    /// <summary>The largest of the classes' own relative residuals, Euclidean norm.</summary>
    public required double LargestClassResidual { get; init; }

    /// <summary>Whether <see cref="KernelOptions.Tolerance"/> was reached.</summary>
    public required bool IsConverged { get; init; }

    /// <summary>Products with the matrix.</summary>
    public required int Iterations { get; init; }

    /// <summary>How often the recursion was begun anew from the exact residual.</summary>
    public required int Restarts { get; init; }

    /// <summary>Norm of each class's function in the kernel's own space, √(αKα).</summary>
    public required IReadOnlyList<double> ClassNorms { get; init; }

    /// <summary>Norm over all classes, √tr(αKα).</summary>
    public double Norm => Math.Sqrt(ClassNorms.Sum(norm => norm * norm));

    /// <summary>Training examples that it gets wrong.</summary>
    public required int TrainWrong { get; init; }

    /// <summary>Test examples that it gets wrong.</summary>
    public required int TestWrong { get; init; }

    /// <summary>The residual after every product, with test errors at 10⁻¹, 10⁻² …</summary>
    public required IReadOnlyList<SolverStep> Steps { get; init; }

    /// <summary>Wall seconds of solving.</summary>
    public required double Seconds { get; init; }
}

/// <summary>The interpolant of a data set, and its ridge solutions.</summary>
public sealed record KernelResult
{
    /// <summary>What the data is called.</summary>
    public required string Data { get; init; }

    /// <summary>The kind of features by name.</summary>
    public required string Features { get; init; }

    /// <summary>What the features are.</summary>
    public required string Description { get; init; }

    /// <summary>Numbers an example.</summary>
    public required int Dimension { get; init; }

    /// <summary>Training examples.</summary>
    public required int Train { get; init; }

    /// <summary>Test examples.</summary>
    public required int Test { get; init; }

    /// <summary>Class names.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>γ.</summary>
    public required double Gamma { get; init; }

    /// <summary>The bandwidths that were tried; empty where γ was given.</summary>
    public required IReadOnlyList<BandwidthTrial> Trials { get; init; }

    /// <summary>The relative residual that was asked for.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The solutions, the interpolant first.</summary>
    public required IReadOnlyList<KernelSolution> Solutions { get; init; }

    /// <summary>Rank of the preconditioner.</summary>
    public required int Rank { get; init; }

    /// <summary>Memory that was foreseen, in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Wall seconds of the search for γ, of features and kernel matrices, and of the preconditioner.</summary>
    public required (double Bandwidth, double Gram, double Preconditioner) Seconds { get; init; }
}
