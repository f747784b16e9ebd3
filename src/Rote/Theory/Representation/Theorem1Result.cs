namespace Rote.Theory.Representation;

/// <summary>How well one way to evaluate the network reproduces the targets.</summary>
/// <param name="Name">The arithmetic, such as "float64".</param>
/// <param name="How">How the sum is computed, in words.</param>
/// <param name="Points">The number of points at which it was evaluated.</param>
/// <param name="Right">The number of points whose value is nearest to their class number: off by less than 1/2.</param>
/// <param name="LargestResidual">Largest distance between value and target; infinite if a value is NaN.</param>
public sealed record Computation(string Name, string How, int Points, int Right, double LargestResidual);

/// <summary>The network of Theorem 1 for a set of points, and the results of evaluating it.</summary>
public sealed record Theorem1Result
{
    /// <summary>The name of the points.</summary>
    public required string Data { get; init; }

    /// <summary>The number of given points.</summary>
    public required int Examples { get; init; }

    /// <summary>The number n of distinct points; equal points with equal labels count once.</summary>
    public required int Points { get; init; }

    /// <summary>The numbers per point, d.</summary>
    public required int Dimension { get; init; }

    /// <summary>Number of classes K; targets are 0 to K − 1.</summary>
    public required int Classes { get; init; }

    /// <summary>The number of directions drawn until no two different points had the same projection.</summary>
    public required int Draws { get; init; }

    /// <summary>The number of weights of the network: 2n + d.</summary>
    public long Weights => (2L * Points) + Dimension;

    /// <summary>Distance between the closest neighbours, as a fraction of the range of all projections; NaN for one point.</summary>
    public required double SmallestGap { get; init; }

    /// <summary>Largest magnitude of a weight, with the range of the projections scaled to 1.</summary>
    public required double LargestWeight { get; init; }

    /// <summary>The ways of evaluating it, the exact one first.</summary>
    public required IReadOnlyList<Computation> Computations { get; init; }

    /// <summary>Wall seconds of projecting, of solving, and of evaluating the network in every way.</summary>
    public required (double Projecting, double Solving, double Computing) Seconds { get; init; }
}
