namespace Rote.Theory.Kernels;

/// <summary>A bandwidth that was tried.</summary>
/// <param name="Gamma">The bandwidth γ of the kernel exp(−γ · squared distance).</param>
/// <param name="Wrong">Held-out examples of all folds that it gets wrong; null if the kernel matrix could not be factored in
/// float64.</param>
/// <param name="Count">The number of held-out examples.</param>
public sealed record BandwidthTrial(double Gamma, int? Wrong, int Count);

/// <summary>The residual of a solver after a product.</summary>
/// <param name="Iteration">Products with the matrix so far.</param>
/// <param name="Residual">The residual of the recursion: relative, Frobenius norm.</param>
/// <param name="TestWrong">Test examples that the current solution gets wrong; null between milestones.</param>
public sealed record SolverStep(int Iteration, double Residual, int? TestWrong);

/// <summary>A solution of the kernel system.</summary>
public sealed record KernelSolution
{
    /// <summary>λ; 0 for the interpolant.</summary>
    public required double Ridge { get; init; }

    /// <summary>Relative residual ‖Y − α(K + λI)‖ / ‖Y‖, Frobenius norm over all classes, of the float32 kernel in float64
    /// arithmetic.</summary>
    public required double Residual { get; init; }

    /// <summary>The largest relative residual of a class, Euclidean norm.</summary>
    public required double LargestClassResidual { get; init; }

    /// <summary>Whether <see cref="KernelOptions.Tolerance"/> was reached.</summary>
    public required bool IsConverged { get; init; }

    /// <summary>The number of products with the matrix.</summary>
    public required int Iterations { get; init; }

    /// <summary>How often the recursion restarted from the exact residual.</summary>
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
    /// <summary>The name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>The kind of features by name.</summary>
    public required string Features { get; init; }

    /// <summary>A description of the features.</summary>
    public required string Description { get; init; }

    /// <summary>The numbers per example.</summary>
    public required int Dimension { get; init; }

    /// <summary>The number of training examples.</summary>
    public required int Train { get; init; }

    /// <summary>The number of test examples.</summary>
    public required int Test { get; init; }

    /// <summary>Class names.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>γ.</summary>
    public required double Gamma { get; init; }

    /// <summary>The tried bandwidths; empty if γ was given.</summary>
    public required IReadOnlyList<BandwidthTrial> Trials { get; init; }

    /// <summary>The requested relative residual.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The solutions, the interpolant first.</summary>
    public required IReadOnlyList<KernelSolution> Solutions { get; init; }

    /// <summary>Rank of the preconditioner.</summary>
    public required int Rank { get; init; }

    /// <summary>The predicted memory, in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Wall seconds of the search for γ, of features and kernel matrices, and of the preconditioner.</summary>
    public required (double Bandwidth, double Gram, double Preconditioner) Seconds { get; init; }
}
