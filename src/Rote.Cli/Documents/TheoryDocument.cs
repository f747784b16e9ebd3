using Rote.Theory.Kernels;
using Rote.Theory.MinimumNorm;

namespace Rote.Cli.Documents;

/// <summary>The network of Theorem 1 for a set of points, and what came of computing it.</summary>
internal sealed record Theorem1Document
{
    /// <summary>What the points are called.</summary>
    public required string Data { get; init; }

    /// <summary>Points given.</summary>
    public required int Examples { get; init; }

    /// <summary>Distinct points n; equal points with equal labels count once.</summary>
    public required int Points { get; init; }

    /// <summary>Numbers a point, d.</summary>
    public required int Dimension { get; init; }

    /// <summary>Number of classes; targets are 0 to that minus 1.</summary>
    public required int Classes { get; init; }

    /// <summary>Weights of the network: 2n + d.</summary>
    public required long Weights { get; init; }

    /// <summary>Directions drawn until no two different points had the same projection.</summary>
    public required int Draws { get; init; }

    /// <summary>Distance between the closest neighbours, as a share of the range of all projections; null for one point.</summary>
    public double? SmallestGap { get; init; }

    /// <summary>Largest weight in size, where the range of the projections is 1.</summary>
    public required double LargestWeight { get; init; }

    /// <summary>The ways in which it was computed, the exact one first.</summary>
    public required IReadOnlyList<ComputationDocument> Computations { get; init; }

    /// <summary>Wall seconds.</summary>
    public required Theorem1Seconds Seconds { get; init; }

    /// <summary>The page, as a full path; null where none was asked for.</summary>
    public string? Report { get; init; }
}

/// <summary>How well one way to compute the network gives the targets.</summary>
/// <param name="Name">The arithmetic, as "float64".</param>
/// <param name="How">How the sum is taken, in words.</param>
/// <param name="Points">Points at which it was computed.</param>
/// <param name="Right">Those whose value is nearer to their class's number than to any other.</param>
/// <param name="LargestResidual">Largest distance between value and target; null where a value is no number.</param>
internal sealed record ComputationDocument(string Name, string How, int Points, int Right, double? LargestResidual);

/// <summary>Wall seconds of Theorem 1's network.</summary>
/// <param name="Projecting">Seconds of projecting the points.</param>
/// <param name="Solving">Seconds of solving for the weights.</param>
/// <param name="Computing">Seconds of computing the network in every way.</param>
internal sealed record Theorem1Seconds(double Projecting, double Solving, double Computing);

/// <summary>The kernel interpolant of a data set, and its ridge solutions.</summary>
internal sealed record KernelDocument
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

    /// <summary>The bandwidth γ of the kernel exp(−γ · squared distance).</summary>
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

    /// <summary>Wall seconds.</summary>
    public required KernelSeconds Seconds { get; init; }

    /// <summary>The page, as a full path; null where none was asked for.</summary>
    public string? Report { get; init; }
}

/// <summary>Wall seconds of a kernel's solutions, apart from the solver's own.</summary>
/// <param name="Bandwidth">Seconds of the search for γ.</param>
/// <param name="Gram">Seconds of features and kernel matrices.</param>
/// <param name="Preconditioner">Seconds of the preconditioner.</param>
internal sealed record KernelSeconds(double Bandwidth, double Gram, double Preconditioner);

/// <summary>What SGD finds among the many solutions of a least-squares problem.</summary>
/// <param name="Result">The two descents.</param>
/// <param name="Report">The page, as a full path; null where none was asked for.</param>
internal sealed record MinimumNormDocument(MinimumNormResult Result, string? Report);
