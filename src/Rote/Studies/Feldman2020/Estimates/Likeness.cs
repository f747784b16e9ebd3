using Rote.Data;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Studies.Feldman2020.Estimates;

/// <summary>How alike pictures are, by the distance of their whitened pixels.</summary>
/// <param name="PairRanks">[pairs] rank of the training example of a pair among the training examples of its class, by the distance from
/// the test example, as a share in (0, 1].</param>
/// <param name="OtherRanks">[pairs] the same of another memorized example of that class, drawn at random; null if there is none.</param>
/// <param name="OwnNeighbours">[N] share of the ten nearest other training examples that have the example's label.</param>
internal sealed record Likeness(IReadOnlyList<double> PairRanks, IReadOnlyList<double?> OtherRanks, IReadOnlyList<double> OwnNeighbours)
{
    /// <summary>How many neighbours are looked at.</summary>
    public const int Neighbours = 10;

    private const int RowsAtOnce = 1000;

    /// <summary>Measures distances.</summary>
    /// <param name="data">Training and test examples that the networks were given; still the caller's.</param>
    /// <param name="pairs">Pairs of high influence.</param>
    /// <param name="memorized">[N] whether a training example is memorized.</param>
    /// <param name="seeds">Draws the examples to compare with.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static Likeness Of(
        DatasetSplits data,
        IReadOnlyList<InfluencePair> pairs,
        bool[] memorized,
        Seeds seeds,
        CancellationToken cancel
    )
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var train = PreparedData.From(data.Train, Precision.Float32);
        using var test = PreparedData.From(data.Test, Precision.Float32);
        var (rows, others) = (train.Inputs.flatten(1), test.Inputs.flatten(1));
        var labels = train.Labels.data<long>().ToArray();
        var random = seeds.Stream(SeedStreams.InfluenceControl);
        var (own, drawn) = (new double[pairs.Count], new double?[pairs.Count]);
        var influencing = pairs.ToLookup(pair => pair.Test, pair => pair.Train);
        var distances = new Dictionary<int, float[]>();
        for (var p = 0; p < pairs.Count; p++)
        {
            cancel.ThrowIfCancellationRequested();
            var (i, z) = (pairs[p].Train, pairs[p].Test);
            if (!distances.TryGetValue(z, out var from))
            {
                distances[z] = from = Distances(others.narrow(0, z, 1), rows);
            }

            int[] rivals =
            [
                .. Enumerable.Range(0, labels.Length).Where(j => memorized[j] && labels[j] == labels[i] && !influencing[z].Contains(j)),
            ];
            own[p] = Rank(from, labels, i);
            drawn[p] = rivals.Length == 0 ? null : Rank(from, labels, rivals[random.NextInt(rivals.Length)]);
        }

        return new Likeness(own, drawn, OwnNeighboursOf(rows, train.Labels));
    }

    /// <summary>The rank of an example among those of its class, the nearest first.</summary>
    /// <param name="distances">[N] distances of all training examples from one picture.</param>
    /// <param name="labels">[N].</param>
    /// <param name="example">The example.</param>
    /// <returns>A share in (0, 1]; 1 over the size of the class if it is the nearest.</returns>
    public static double Rank(float[] distances, long[] labels, int example)
    {
        var (nearer, all) = (0, 0);
        for (var j = 0; j < labels.Length; j++)
        {
            var isOwn = labels[j] == labels[example];
            all += isOwn ? 1 : 0;
            nearer += isOwn && distances[j] < distances[example] ? 1 : 0;
        }

        return (nearer + 1.0) / all;
    }

    private static float[] Distances(Tensor one, Tensor rows)
    {
        using var scope = NewDisposeScope();
        return rows.sub(one).square().sum([1L]).data<float>().ToArray();
    }

    /// <returns>[N].</returns>
    private static double[] OwnNeighboursOf(Tensor rows, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var (count, squares) = ((int)rows.shape[0], rows.square().sum([1L]));
        var shares = new double[count];
        for (var start = 0; start < count; start += RowsAtOnce)
        {
            using var part = NewDisposeScope();
            var size = Math.Min(RowsAtOnce, count - start);
            var some = rows.narrow(0, start, size);
            var distances = squares.sub(some.mm(rows.t()).mul(2)); // [size, N] without the term of the row, which changes no order
            var self = arange(start, start + size, int64).unsqueeze(1);
            var nearest = distances.scatter(1, self, full_like(self, float.PositiveInfinity, float32)).topk(Neighbours, 1, false).indexes;
            var same = labels.index_select(0, nearest.flatten()).reshape(size, Neighbours).eq(labels.narrow(0, start, size).unsqueeze(1));
            same.to(float32).mean([1L]).data<float>().ToArray().Select(share => (double)share).ToArray().CopyTo(shares, start);
        }

        return shares;
    }
}
