using static TorchSharp.torch;

namespace Rote.Studies.Feldman2020.Estimates;

/// <summary>A memorized training example and a test example that it influences.</summary>
/// <param name="Train">Row of the training example.</param>
/// <param name="Test">Row of the test example.</param>
/// <param name="Influence">The influence, estimated by all networks.</param>
/// <param name="First">Estimated by the networks of the groups with an even number; 0 if all of them were trained on the example, or
/// none.</param>
/// <param name="Second">Estimated by the others.</param>
internal sealed record InfluencePair(int Train, int Test, float Influence, float First, float Second);

/// <summary>What the networks of one kind say of the examples.</summary>
/// <param name="Counts">The counts of the memorization values.</param>
/// <param name="Shuffled">The same with the membership of the next network: what the estimator's noise alone gives.</param>
/// <param name="Accuracy">[T] share of the test examples that a network classifies correctly.</param>
/// <param name="Pairs">The pairs of a memorized example and a test example with a high influence, by any of the three estimates; null if
/// they were not asked for.</param>
/// <param name="ShuffledPairs">Number of pairs of these memorized examples by all networks where influences are estimated with shuffled
/// membership; null if not asked for.</param>
internal sealed record EnsembleValues(
    GroupCounts Counts,
    GroupCounts Shuffled,
    IReadOnlyList<double> Accuracy,
    IReadOnlyList<InfluencePair>? Pairs,
    int? ShuffledPairs
)
{
    /// <summary>Estimates values and influences.</summary>
    /// <param name="member">[T][N] whether a network was trained on an example.</param>
    /// <param name="train">[T][N] whether it predicts the label of a training example.</param>
    /// <param name="test">[T][M] the same of the test examples.</param>
    /// <param name="groupSize">Networks of a group.</param>
    /// <param name="withPairs">Whether to estimate influences.</param>
    public static EnsembleValues Of(bool[][] member, bool[][] train, bool[][] test, int groupSize, bool withPairs)
    {
        // The next network's half was drawn independently of this network.
        bool[][] shifted = [.. member.Skip(1), member[0]];
        var (counts, shuffled) = (GroupCounts.Of(member, train, groupSize), GroupCounts.Of(shifted, train, groupSize));
        return new EnsembleValues(
            counts,
            shuffled,
            [.. test.Select(hits => (double)hits.Count(hit => hit) / hits.Length)],
            withPairs ? InfluencePairs.Of(counts, member, test, groupSize) : null,
            withPairs ? InfluencePairs.Count(counts, shifted, test) : null
        );
    }
}

/// <summary>Finds pairs of a memorized training example and a test example that it influences.</summary>
internal static class InfluencePairs
{
    /// <summary>The pairs by any of three estimates.</summary>
    /// <param name="counts">The memorization values.</param>
    /// <param name="member">[T][N] whether a network was trained on an example.</param>
    /// <param name="test">[T][M] whether it predicts the label of a test example.</param>
    /// <param name="groupSize">Networks of a group.</param>
    /// <returns>In the order of training and test example.</returns>
    public static IReadOnlyList<InfluencePair> Of(GroupCounts counts, bool[][] member, bool[][] test, int groupSize)
    {
        using var scope = NewDisposeScope();
        var all = Enumerable.Range(0, member.Length).ToArray();
        var (even, odd) = (counts.Half(even: true), counts.Half(even: false));
        double[][] values = [counts.Values(counts.All), counts.Values(even), counts.Values(odd)];
        var rows = Enumerable.Range(0, counts.Examples).Where(i => values.Any(own => own[i] >= FeldmanScale.MemorizedAt)).ToArray();
        if (rows.Length == 0)
        {
            return [];
        }

        int[][] networks = [all, Of(0), Of(1)];
        var influences = networks.Select(some => Influences(some, member, test, rows)).ToArray();
        var pairs = new List<InfluencePair>();
        for (var a = 0; a < rows.Length; a++)
        {
            for (var z = 0; z < test[0].Length; z++)
            {
                var at = (a * test[0].Length) + z;
                var (whole, first, second) = (influences[0][at], influences[1][at], influences[2][at]);
                if (IsPair(values[0][rows[a]], whole) || IsPair(values[1][rows[a]], first) || IsPair(values[2][rows[a]], second))
                {
                    pairs.Add(new InfluencePair(rows[a], z, whole, first, second));
                }
            }
        }

        return pairs;

        int[] Of(int parity) => [.. all.Where(k => k / groupSize % 2 == parity)];
    }

    /// <summary>The number of pairs by all networks.</summary>
    /// <param name="counts">The memorization values.</param>
    /// <param name="member">[T][N] the membership that influences are estimated with.</param>
    /// <param name="test">[T][M] whether a network predicts the label of a test example.</param>
    public static int Count(GroupCounts counts, bool[][] member, bool[][] test)
    {
        using var scope = NewDisposeScope();
        var values = counts.Values(counts.All);
        var rows = Enumerable.Range(0, counts.Examples).Where(i => values[i] >= FeldmanScale.MemorizedAt).ToArray();
        return rows.Length == 0
            ? 0
            : Influences([.. Enumerable.Range(0, member.Length)], member, test, rows).Count(v => v >= FeldmanScale.InfluentialAt);
    }

    /// <summary>Whether a memorization value and an influence make a pair.</summary>
    public static bool IsPair(double memorization, double influence) =>
        memorization >= FeldmanScale.MemorizedAt && influence >= FeldmanScale.InfluentialAt;

    private static float[] Influences(int[] networks, bool[][] member, bool[][] test, int[] rows)
    {
        using var scope = NewDisposeScope();
        return InfluenceEstimate
            .Of(
                InfluenceEstimate.Matrix([.. networks.Select(k => member[k])], rows),
                InfluenceEstimate.Matrix([.. networks.Select(k => test[k])])
            )
            .nan_to_num(0)
            .data<float>()
            .ToArray();
    }
}
