using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Measurement;

/// <summary>kNN with k = 1 in each class: for each of Q queries out of N examples, the most similar other example of each class.</summary>
/// <param name="Classes">K.</param>
/// <param name="Similarity">[Q·K] Cosine of the nearest other example that is labelled k; −2 where there is none.</param>
/// <param name="Row">[Q·K] Which of the N examples that is; −1 where there is none.</param>
/// <remarks>For every label an example might have, it gives the nearest example that agrees and the nearest that contradicts.
/// docs/reference/measures/nearest-examples.md. Source: Bahri, Jiang and Gupta 2020 (arXiv:2004.12289), who compare the labels of the k
/// nearest neighbours.</remarks>
public sealed record ClassNeighbours(int Classes, float[] Similarity, int[] Row)
{
    /// <summary>The similarity to an example that does not exist; a cosine is at least −1.</summary>
    public const float None = -2;

    private const int Block = 500;

    /// <summary>Most similarities of a block, 400 MB; with more than 200,000 examples a block has fewer queries.</summary>
    private const int MostSimilarities = 100_000_000;

    /// <summary>Finds the neighbours.</summary>
    /// <param name="features">[N, D] float32 or bfloat16; rows need not be of length 1. A row of zeros has cosine 0 with every row.</param>
    /// <param name="labels">[N] class numbers in [0, <paramref name="classes"/>).</param>
    /// <param name="classes">K.</param>
    /// <param name="queries">[Q] The examples whose neighbours to find; null: all N examples, in their order.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    /// <returns>The neighbours. O(Q·N·D) multiply-adds, O(500·N) memory besides the result.</returns>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static ClassNeighbours Of(
        Tensor features,
        int[] labels,
        int classes,
        IReadOnlyList<int>? queries = null,
        CancellationToken cancel = default
    )
    {
        Shape.Require(features, nameof(features), labels.Length, -1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var order = Enumerable.Range(0, labels.Length).OrderBy(i => labels[i]).ThenBy(i => i).ToArray();
        var starts = Starts(labels, classes);
        var length = features.to(float32).square().sum([1L], keepdim: true).sqrt_().clamp_min_(1e-12f); // [N, 1]
        var unit = (features.to(float32) / length).to(features.dtype); // [N, D]
        var sorted = unit.index_select(0, Rows(order)).t().contiguous(); // [D, N] by class
        var place = new int[labels.Length];
        for (var i = 0; i < order.Length; i++)
        {
            place[order[i]] = i;
        }

        var asked = queries?.ToArray() ?? [.. Enumerable.Range(0, labels.Length)];
        var result = new ClassNeighbours(classes, new float[asked.Length * classes], new int[asked.Length * classes]);
        var size = Math.Clamp(MostSimilarities / labels.Length, 1, Block);
        for (var start = 0; start < asked.Length; start += size)
        {
            cancel.ThrowIfCancellationRequested();
            using var block = NewDisposeScope();
            var rows = asked.AsSpan(start, Math.Min(size, asked.Length - start)).ToArray();
            var similar = unit.index_select(0, Rows(rows)).mm(sorted).to(float32); // [B, N]
            var own = Rows(Array.ConvertAll(rows, i => place[i])).unsqueeze(1); // [B, 1]
            similar.scatter_(1, own, full([rows.Length, 1], None, float32, unit.device));
            result.Fill(similar, start, starts, order);
        }

        return result;

        Tensor Rows(int[] some) => tensor(Array.ConvertAll(some, i => (long)i), int64, unit.device);
    }

    /// <summary>The similarity to the nearest other example with the given label.</summary>
    /// <param name="query">In [0, Q).</param>
    /// <param name="label">The label it is assumed to have.</param>
    /// <returns>A cosine; <see cref="None"/> where there is no such example.</returns>
    public float Agreeing(int query, int label) => Similarity[(query * Classes) + label];

    /// <summary>The class, other than the given label, whose nearest example is most similar.</summary>
    /// <param name="query">In [0, Q).</param>
    /// <param name="label">The label it is assumed to have.</param>
    /// <returns>A class.</returns>
    public int Contradiction(int query, int label)
    {
        var best = label == 0 ? 1 : 0;
        for (var k = 0; k < Classes; k++)
        {
            best = k != label && Similarity[(query * Classes) + k] > Similarity[(query * Classes) + best] ? k : best;
        }

        return best;
    }

    /// <summary>The similarity to the nearest other example with any other label.</summary>
    /// <param name="query">In [0, Q).</param>
    /// <param name="label">The label it is assumed to have.</param>
    /// <returns>A cosine.</returns>
    public float Contradicting(int query, int label) => Similarity[(query * Classes) + Contradiction(query, label)];

    /// <summary>Where each class begins among the examples sorted by class; the last entry is N.</summary>
    private static int[] Starts(int[] labels, int classes)
    {
        var starts = new int[classes + 1];
        foreach (var label in labels)
        {
            starts[label + 1]++;
        }

        for (var k = 0; k < classes; k++)
        {
            starts[k + 1] += starts[k];
        }

        return starts;
    }

    private void Fill(Tensor similar, int start, int[] starts, int[] order)
    {
        var count = (int)similar.shape[0];
        for (var k = 0; k < Classes; k++)
        {
            using var part = NewDisposeScope();
            var size = starts[k + 1] - starts[k];
            var (values, rows) = size == 0 ? (default, default) : Largest(similar.narrow(1, starts[k], size));
            for (var i = 0; i < count; i++)
            {
                var isThere = values is not null && values[i] > None;
                Similarity[((start + i) * Classes) + k] = isThere ? values![i] : None;
                Row[((start + i) * Classes) + k] = isThere ? order[starts[k] + rows![i]] : -1;
            }
        }
    }

    private static (float[] Values, long[] Rows) Largest(Tensor similar)
    {
        var (values, rows) = similar.max(1);
        return (values.OnCpu().data<float>().ToArray(), rows.OnCpu().data<long>().ToArray());
    }
}
