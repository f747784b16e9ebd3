using static TorchSharp.torch;

namespace Rote.Features;

/// <summary>Nearest examples by Euclidean distance: what k-NN probes and the intrinsic dimension rest on.</summary>
internal static class Neighbours
{
    private const int Block = 500;

    /// <summary>More candidates than are wanted, so that rounding does not leave the true ones out.</summary>
    private const int Spare = 3;

    /// <summary>The class that most of the k nearest examples have; of equal counts the one whose examples are nearer in sum.</summary>
    /// <param name="support">[M, D] float32.</param>
    /// <param name="labels">[M] class numbers in [0, <paramref name="classes"/>).</param>
    /// <param name="classes">K.</param>
    /// <param name="queries">[N, D] float32.</param>
    /// <param name="k">Neighbours that vote, all of them where there are fewer.</param>
    /// <param name="isSame">Whether the queries are the support: an example then has no vote on itself.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    /// <returns>[N] class numbers; O(N·M·D).</returns>
    public static long[] Classes(
        Tensor support,
        long[] labels,
        int classes,
        Tensor queries,
        int k,
        bool isSame,
        CancellationToken cancel = default
    )
    {
        var result = new long[queries.shape[0]];
        var near = (int)Math.Min(k, support.shape[0] - (isSame ? 1 : 0));
        foreach (var (start, distances, rows) in Nearest(support, queries, near, isSame, cancel))
        {
            for (var i = 0; i < distances.Length / Math.Max(near, 1); i++)
            {
                result[start + i] = Vote(distances.AsSpan(i * near, near), rows.AsSpan(i * near, near), labels, classes);
            }
        }

        return result;
    }

    /// <summary>Exact distances to the nearest and the second nearest other example.</summary>
    /// <param name="values">[N, D] float32, N at least 3.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    /// <returns>[N] pairs, from differences in float64: near duplicates would otherwise be lost in the rounding of squares.</returns>
    public static (double First, double Second)[] TwoNearest(Tensor values, CancellationToken cancel = default)
    {
        using var noGrad = no_grad();
        var result = new (double First, double Second)[values.shape[0]];
        var near = (int)Math.Min(2 + Spare, values.shape[0] - 1);
        foreach (var (start, _, rows) in Nearest(values, values, near, isSame: true, cancel))
        {
            using var scope = NewDisposeScope();
            var count = rows.Length / near;
            var others = values.index_select(0, tensor(rows, int64)).view(count, near, -1).to(float64); // [B, near, D]
            var own = values.narrow(0, start, count).unsqueeze(1).to(float64); // [B, 1, D]
            var exact = (others - own).square().sum([2L]).sqrt().topk(2, dim: 1, largest: false, sorted: true).values; // [B, 2]
            var pairs = exact.contiguous().data<double>().ToArray();
            for (var i = 0; i < count; i++)
            {
                result[start + i] = (pairs[2 * i], pairs[(2 * i) + 1]);
            }
        }

        return result;
    }

    private static IEnumerable<(int Start, float[] Distances, long[] Rows)> Nearest(
        Tensor support,
        Tensor queries,
        int near,
        bool isSame,
        CancellationToken cancel
    )
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var centre = support.mean([0L]); // distances from the middle are smaller, and so is their rounding
        var (all, asked) = (support - centre, queries - centre);
        var (turned, squares) = (all.t().contiguous(), all.square().sum([1L])); // [D, M], [M]
        for (var start = 0; start < asked.shape[0]; start += Block)
        {
            cancel.ThrowIfCancellationRequested();
            float[] distances;
            long[] rows;
            using (NewDisposeScope())
            {
                var size = (int)Math.Min(Block, asked.shape[0] - start);
                var part = asked.narrow(0, start, size);
                var apart = addmm(squares.unsqueeze(0), part, turned, beta: 1, alpha: -2); // [B, M], but for ‖query‖²
                if (isSame)
                {
                    var itself = arange(start, start + size, int64).unsqueeze(1);
                    apart.scatter_(1, itself, full([size, 1], float.PositiveInfinity, float32));
                }

                var (values, indexes) = apart.topk(near, dim: 1, largest: false, sorted: true);
                distances = values.contiguous().data<float>().ToArray();
                rows = indexes.contiguous().data<long>().ToArray();
            }

            yield return (start, distances, rows);
        }
    }

    private static long Vote(ReadOnlySpan<float> distances, ReadOnlySpan<long> rows, long[] labels, int classes)
    {
        Span<double> counts = classes <= 256 ? stackalloc double[classes] : new double[classes];
        Span<double> sums = classes <= 256 ? stackalloc double[classes] : new double[classes];
        counts.Clear();
        sums.Clear();
        for (var j = 0; j < rows.Length; j++)
        {
            var label = (int)labels[rows[j]];
            counts[label]++;
            sums[label] += distances[j];
        }

        var best = 0;
        for (var k = 1; k < classes; k++)
        {
            if (counts[k] > counts[best] || (counts[k] == counts[best] && counts[k] > 0 && sums[k] < sums[best]))
            {
                best = k;
            }
        }

        return best;
    }
}
