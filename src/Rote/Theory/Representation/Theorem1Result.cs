namespace Rote.Theory.Representation;

/// <summary>How well one way to compute the network gives the targets.</summary>
/// <param name="Name">The arithmetic, as "float64".</param>
/// <param name="How">How the sum is taken, in words.</param>
/// <param name="Points">Points at which it was computed.</param>
/// <param name="Right">Those whose value is nearer to their class's number than to any other: off by less than 1/2.</param>
/// <param name="LargestResidual">Largest distance between value and target; infinite where a value is no number.</param>
public sealed record Computation(string Name, string How, int Points, int Right, double LargestResidual);

/// <summary>The network of Theorem 1 for a set of points, and what came of computing it.</summary>
public sealed record Theorem1Result
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

    /// <summary>Directions drawn until no two different points had the same projection.</summary>
    public required int Draws { get; init; }

    /// <summary>Weights of the network: 2n + d.</summary>
    public long Weights => (2L * Points) + Dimension;

    /// <summary>Distance between the closest neighbours, as a share of the range of all projections; NaN for one point.</summary>
    public required double SmallestGap { get; init; }

    /// <summary>Largest weight in size, where the range of the projections is 1.</summary>
    public required double LargestWeight { get; init; }

    /// <summary>The ways in which it was computed, the exact one first.</summary>
    public required IReadOnlyList<Computation> Computations { get; init; }

    /// <summary>Wall seconds of projecting, of solving, and of computing the network in every way.</summary>
    public required (double Projecting, double Solving, double Computing) Seconds { get; init; }
}
