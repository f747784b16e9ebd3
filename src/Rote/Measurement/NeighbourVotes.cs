using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Measurement;

/// <summary>kNN: the vote of the nearest other examples for each example, without its own label.</summary>
/// <remarks>docs/reference/measures/frozen-confidence.md. A vote has weight exp(8·(cosine − 1)), so nearer neighbours count more. Source:
/// Wu et al. 2018 (arXiv:1805.01978, section 3.4), with another temperature.</remarks>
public static class NeighbourVotes
{
    private const int Neighbours = 20;
    private const double Sharpness = 8;

    /// <summary>Share of the votes spread evenly over all classes, so that no label has probability 0.</summary>
    private const double Spread = 0.02;

    /// <summary>Examples that are looked at together where there are more than <see cref="Many"/>: the nearest lie in the groups with the
    /// nearest.</summary>
    internal const int Group = 512;

    /// <summary>Examples up to which every number has the bits that it always had.</summary>
    internal const int Many = 50_000;

    /// <summary>Computes the votes.</summary>
    /// <param name="features">[N, D] float32; rows need not be of length 1.</param>
    /// <param name="labels">[N] class numbers in [0, <paramref name="classes"/>).</param>
    /// <param name="classes">K.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    /// <returns>[N·K] shares of the votes of the 20 nearest others, or of all if there are fewer. O(N²·D).</returns>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static float[] Of(Tensor features, int[] labels, int classes, CancellationToken cancel = default)
    {
        Shape.Require(features, nameof(features), labels.Length, -1);
        return Of(FeatureRows.Of(features), labels, KeptClasses.All(labels.Length, classes), null, cancel).Values;
    }

    /// <summary>The same where perhaps only some shares of an example are kept.</summary>
    /// <param name="features">N rows as above.</param>
    /// <param name="labels">[N] class numbers in [0, K).</param>
    /// <param name="kept">What is kept.</param>
    /// <param name="done">Told the share of the examples that are done; null: nobody.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    internal static ClassProbabilities Of(
        FeatureRows features,
        int[] labels,
        KeptClasses kept,
        Action<double>? done,
        CancellationToken cancel
    )
    {
        var votes = new ClassProbabilities(kept);
        if (labels.Length <= 1)
        {
            var even = new float[kept.Classes];
            Array.Fill(even, 1f / kept.Classes); // no other example votes
            votes.Set(0, even);
            return votes;
        }

        int[] all = [.. Enumerable.Range(0, labels.Length)];
        var blocks = new SimilarityBlocks(features, all) { Done = done };
        blocks.Each(all, (similar, start) => Vote(similar, start, all, labels, votes), cancel);
        return votes;
    }

    /// <summary>The largest of each row, and where they are. Of many, first the groups of the largest, because a selection among all takes
    /// several times as long as the product before it.</summary>
    /// <param name="similar">[B, N].</param>
    /// <param name="near">How many, at most N.</param>
    /// <returns>[B, near] each, the largest first.</returns>
    internal static (Tensor Values, Tensor Rows) Nearest(Tensor similar, int near)
    {
        var (count, groups) = (similar.shape[1], similar.shape[1] / Group);
        if (count <= Many || groups < near)
        {
            return similar.topk(near, 1);
        }

        var whole = similar.narrow(1, 0, groups * Group).unflatten(1, [groups, Group]); // [B, G, 512]
        var (_, chosen) = whole.amax([2L]).topk(near, 1); // [B, near]
        var members = whole.gather(1, chosen.unsqueeze(2).expand(-1, -1, Group)).flatten(1); // [B, near·512]
        var rest = count - (groups * Group);
        var (values, places) = cat([members, similar.narrow(1, groups * Group, rest)], 1).topk(near, 1); // [B, near]
        var inGroup = chosen
            .gather(1, places.div(Group, RoundingMode.floor).clamp_max_(near - 1))
            .mul_(Group)
            .add_(places.remainder(Group));
        var inRest = places.sub(near * Group).add_(groups * Group);
        return (values, where(places.lt(near * Group), inGroup, inRest));
    }

    /// <summary>Takes the votes for some examples.</summary>
    /// <param name="similar">[B, N] their similarities to all; less than −1 to themselves.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="order">[N] which example each column is.</param>
    /// <param name="labels">[N] labels.</param>
    /// <param name="votes">Where their shares go.</param>
    internal static void Vote(Tensor similar, int start, int[] order, int[] labels, ClassProbabilities votes)
    {
        var near = Math.Min(Neighbours, labels.Length - 1);
        var (nearest, places) = Nearest(similar, near);
        var (values, rows) = (nearest.data<float>().ToArray(), places.data<long>().ToArray());
        var classes = votes.Classes;
        var (sums, row) = (new double[classes], new float[classes]);
        for (var i = 0; i < values.Length / near; i++)
        {
            Array.Clear(sums);
            for (var j = i * near; j < (i + 1) * near; j++)
            {
                sums[labels[order[rows[j]]]] += Math.Exp(Sharpness * (values[j] - 1));
            }

            var total = sums.Sum();
            for (var k = 0; k < classes; k++)
            {
                row[k] = (float)(((1 - Spread) * sums[k] / total) + (Spread / classes));
            }

            votes.Set(start + i, row);
        }
    }
}
