using System.Diagnostics;
using Rote.Tensors;

namespace Rote.Theory.Representation;

/// <summary>Theorem 1 of Zhang et al. 2017: a two-layer ReLU network with 2n + d weights fits any n labels, in closed form and without
/// training.</summary>
/// <remarks>c(x) = Σⱼ wⱼ max(⟨a, x⟩ − bⱼ, 0): d weights a, n biases b, n weights w. The theorem is about real targets, so the target of an
/// example is its class number, and the predicted class is the nearest whole number. A network with one output per class would need (1 + K)
/// n + d weights and show nothing more. O(n (d + log n)).</remarks>
public static class Theorem1
{
    /// <summary>Up to this number of points, forward passes run at all of them, in O(n²); beyond it, at 16,384 points spread evenly over
    /// the sorted ones.</summary>
    public const int MostForwardPoints = 65_536;

    private const int SampledPoints = 16_384;
    private const int MostDraws = 20;

    /// <summary>Makes the network for a set of points and evaluates it in three ways.</summary>
    /// <param name="points">The points and their labels.</param>
    /// <param name="seeds">The randomness of the direction.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The network's properties, and how well each arithmetic reproduces the labels.</returns>
    /// <exception cref="InputException">Two equal points have different labels, or a coordinate is not finite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static Theorem1Result Represent(
        IPoints points,
        Seeds seeds,
        IProgress<TheoryProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        var clock = Stopwatch.StartNew();
        var sorted = SortedPoints.Project(points, seeds, MostDraws, progress, cancel);
        var projecting = clock.Elapsed.TotalSeconds;

        progress?.Report(new TheoryProgress("Solving the triangular system", 0, 0, ""));
        var network = ReluRepresentation.Through(sorted.Projections, sorted.Targets);
        var solving = clock.Elapsed.TotalSeconds - projecting;

        var computations = Compute(network, sorted, progress, cancel);
        var range = sorted.Projections[^1] - sorted.Projections[0];
        return new Theorem1Result
        {
            Data = points.Name,
            Examples = points.Count,
            Points = sorted.Projections.Length,
            Dimension = points.Dimension,
            Classes = points.Classes,
            Draws = sorted.Draws,
            SmallestGap =
                sorted.Projections.Length == 1
                    ? double.NaN
                    : sorted.Projections.Zip(sorted.Projections.Skip(1), (a, b) => b - a).Min() / range,
            LargestWeight = network.Weights.Max(w => Math.Abs(w.High)) * (range > 0 ? range : 1),
            Computations = computations,
            Seconds = (projecting, solving, clock.Elapsed.TotalSeconds - projecting - solving),
        };
    }

    private static Computation[] Compute(
        ReluRepresentation network,
        SortedPoints sorted,
        IProgress<TheoryProgress>? progress,
        CancellationToken cancel
    )
    {
        var n = sorted.Projections.Length;
        var count = n <= MostForwardPoints ? n : SampledPoints;
        int[] all = [.. Enumerable.Range(0, n)];
        int[] some = count == n ? all : [.. Enumerable.Range(0, count).Select(i => (int)((long)i * (n - 1) / (count - 1)))];
        return
        [
            Judge("double-double", "sorted points, running sums", sorted, all, network.Evaluate(sorted.Projections)),
            Judge(
                "float64",
                "forward pass, unit by unit",
                sorted,
                some,
                ForwardPass.At<double>(network, sorted.Projections, some, progress, cancel)
            ),
            Judge(
                "float32",
                "forward pass, unit by unit",
                sorted,
                some,
                ForwardPass.At<float>(network, sorted.Projections, some, progress, cancel)
            ),
        ];
    }

    private static Computation Judge(string name, string how, SortedPoints sorted, int[] ranks, double[] values)
    {
        var residuals = ranks
            .Select((rank, i) => double.IsNaN(values[i]) ? double.PositiveInfinity : Math.Abs(values[i] - sorted.Targets[rank]))
            .ToArray();
        return new Computation(name, how, ranks.Length, residuals.Count(r => r < 0.5), residuals.Max());
    }
}
