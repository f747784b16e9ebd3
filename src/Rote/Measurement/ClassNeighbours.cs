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
        var search = new NeighbourSearch(FeatureRows.Of(features), labels) { Queries = queries };
        return search.Find(KeptClasses.All(queries?.Count ?? labels.Length, classes), cancel);
    }

    /// <summary>What is kept of the queries; null: the nearest example of every class.</summary>
    internal KeptClasses? Kept { get; init; }

    /// <summary>The class of each kept neighbour, ascending for each query; null where all are kept.</summary>
    internal int[]? KeptClass { get; init; }

    /// <summary>Neighbours of nobody yet: similarities are NaN, rows −1.</summary>
    /// <param name="kept">What is to be kept of the queries.</param>
    internal static ClassNeighbours Blank(KeptClasses kept)
    {
        var (similarity, row) = (new float[kept.Total], new int[kept.Total]);
        Array.Fill(similarity, float.NaN);
        Array.Fill(row, -1);
        return kept.AreAll
            ? new ClassNeighbours(kept.Classes, similarity, row)
            : new ClassNeighbours(kept.Classes, similarity, row) { Kept = kept, KeptClass = new int[kept.Total] };
    }

    /// <summary>Whether a query's neighbours are known.</summary>
    /// <param name="query">In [0, Q).</param>
    internal bool IsKnown(int query) => !float.IsNaN(Similarity[Start(query)]);

    /// <summary>Takes a query's neighbours from another set with the same classes, of which as many are kept.</summary>
    /// <param name="query">In [0, Q).</param>
    /// <param name="other">The other set.</param>
    /// <param name="place">The query's place there.</param>
    internal void Take(int query, ClassNeighbours other, int place)
    {
        var (to, from, length) = (Start(query), other.Start(place), Length(query));
        other.Similarity.AsSpan(from, length).CopyTo(Similarity.AsSpan(to));
        other.Row.AsSpan(from, length).CopyTo(Row.AsSpan(to));
        other.KeptClass?.AsSpan(from, length).CopyTo(KeptClass.AsSpan(to));
    }

    /// <summary>The nearest other example with the given label.</summary>
    /// <param name="query">In [0, Q).</param>
    /// <param name="label">The label it is assumed to have.</param>
    /// <returns>Its row; −1 where there is none, or its class is not kept.</returns>
    internal int RowOf(int query, int label) => Place(query, label) is >= 0 and var place ? Row[place] : -1;

    /// <summary>The nearest other example of any label.</summary>
    /// <param name="query">In [0, Q).</param>
    /// <returns>Its row; −1 where there is none.</returns>
    internal int Nearest(int query)
    {
        var (best, similarity) = (-1, float.NegativeInfinity);
        for (var place = Start(query); place < Start(query) + Length(query); place++)
        {
            if (Row[place] >= 0 && Similarity[place] > similarity)
            {
                (best, similarity) = (Row[place], Similarity[place]);
            }
        }

        return best;
    }

    /// <summary>The similarity to the nearest other example with the given label.</summary>
    /// <param name="query">In [0, Q).</param>
    /// <param name="label">The label it is assumed to have.</param>
    /// <returns>A cosine; <see cref="None"/> where there is no such example, or its class is not kept; NaN where nobody was looked
    /// for.</returns>
    public float Agreeing(int query, int label) =>
        Place(query, label) is >= 0 and var place ? Similarity[place]
        : IsKnown(query) ? None
        : float.NaN;

    /// <summary>The class, other than the given label, whose nearest example is most similar.</summary>
    /// <param name="query">In [0, Q).</param>
    /// <param name="label">The label it is assumed to have.</param>
    /// <returns>A class.</returns>
    public int Contradiction(int query, int label)
    {
        var (best, similarity) = (label == 0 ? 1 : 0, Agreeing(query, label == 0 ? 1 : 0));
        for (var place = Start(query); place < Start(query) + Length(query); place++)
        {
            var k = ClassAt(query, place);
            (best, similarity) = k != label && Similarity[place] > similarity ? (k, Similarity[place]) : (best, similarity);
        }

        return best;
    }

    /// <summary>The similarity to the nearest other example with any other label.</summary>
    /// <param name="query">In [0, Q).</param>
    /// <param name="label">The label it is assumed to have.</param>
    /// <returns>A cosine.</returns>
    public float Contradicting(int query, int label) => Agreeing(query, Contradiction(query, label));

    private int Start(int query) => Kept?.Start(query) ?? query * Classes;

    private int Length(int query) => Kept?.Length(query) ?? Classes;

    private int ClassAt(int query, int place) => Length(query) == Classes ? place - Start(query) : KeptClass![place];

    private int Place(int query, int label) =>
        Length(query) == Classes ? Start(query) + label : Array.BinarySearch(KeptClass!, Start(query), Length(query), label);

    /// <summary>Takes the neighbours of some queries.</summary>
    /// <param name="similar">[B, N] similarities, the columns sorted by class.</param>
    /// <param name="start">The first query.</param>
    /// <param name="starts">[K + 1] where each class begins among the columns.</param>
    /// <param name="order">[N] which example each column is.</param>
    internal void Fill(Tensor similar, int start, int[] starts, int[] order)
    {
        var count = (int)similar.shape[0];
        var (nearest, rows) = (new float[count * Classes], new int[count * Classes]);
        for (var k = 0; k < Classes; k++)
        {
            using var part = NewDisposeScope();
            var size = starts[k + 1] - starts[k];
            var (values, places) = size == 0 ? (default, default) : Largest(similar.narrow(1, starts[k], size));
            for (var i = 0; i < count; i++)
            {
                var isThere = values is not null && values[i] > None;
                nearest[(i * Classes) + k] = isThere ? values![i] : None;
                rows[(i * Classes) + k] = isThere ? order[starts[k] + places![i]] : -1;
            }
        }

        for (var i = 0; i < count; i++)
        {
            Set(start + i, nearest.AsSpan(i * Classes, Classes), rows.AsSpan(i * Classes, Classes));
        }
    }

    private void Set(int query, ReadOnlySpan<float> nearest, ReadOnlySpan<int> rows)
    {
        var (start, length) = (Start(query), Length(query));
        if (length == Classes)
        {
            nearest.CopyTo(Similarity.AsSpan(start));
            rows.CopyTo(Row.AsSpan(start));
            return;
        }

        Kept!.Choose(query, nearest, KeptClass.AsSpan(start, length));
        for (var place = start; place < start + length; place++)
        {
            (Similarity[place], Row[place]) = (nearest[KeptClass![place]], rows[KeptClass[place]]);
        }
    }

    private static (float[] Values, long[] Rows) Largest(Tensor similar)
    {
        var (values, rows) = similar.max(1);
        return (values.OnCpu().data<float>().ToArray(), rows.OnCpu().data<long>().ToArray());
    }
}
