using static TorchSharp.torch;

namespace Rote.Measurement;

/// <summary>Looks for the nearest other example of each class: one product of all examples with all others, block by block.</summary>
/// <param name="Features">N rows; need not be of length 1.</param>
/// <param name="Labels">[N] class numbers.</param>
internal sealed record NeighbourSearch(FeatureRows Features, int[] Labels)
{
    private const int Block = 500;

    /// <summary>Most similarities of a block, 100 MB; with more than 50,000 examples a block has fewer queries.</summary>
    private const int MostSimilarities = 25_000_000;

    /// <summary>[Q] The examples whose neighbours to find; null: all, in their order. Default null.</summary>
    public IReadOnlyList<int>? Queries { get; init; }

    /// <summary>Told the share of the queries that are done, by any thread; null: nobody. Default null.</summary>
    public Action<double>? Done { get; init; }

    /// <summary>Blocks in work at once; null: as many as there are cores and memory for. The result does not depend on it. Default
    /// 1.</summary>
    public int? Together { get; init; } = 1;

    /// <summary>Given the similarities of each block, by any thread: [B, N] float32, freed when it returns; the place of its first query;
    /// and [N] which example each column is. Null: nobody. Default null.</summary>
    public Action<Tensor, int, int[]>? Seen { get; init; }

    /// <summary>Finds the neighbours.</summary>
    /// <param name="kept">What is kept of the queries.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public ClassNeighbours Find(KeptClasses kept, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var order = Enumerable.Range(0, Labels.Length).OrderBy(i => Labels[i]).ThenBy(i => i).ToArray();
        var starts = Starts(kept.Classes);
        var sorted = Features.UnitColumns(order); // [D, N] by class
        var place = new int[Labels.Length];
        for (var i = 0; i < order.Length; i++)
        {
            place[order[i]] = i;
        }

        var asked = Queries?.ToArray() ?? [.. Enumerable.Range(0, Labels.Length)];
        var result = ClassNeighbours.Blank(kept);
        var size = Math.Clamp(MostSimilarities / Labels.Length, 1, Block);
        var (blocks, found) = ((asked.Length + size - 1) / size, 0);
        SideBySide.Run(blocks, Together ?? SideBySide.Fitting(get_num_threads(), 4.0 * size * Labels.Length), FindBlock, cancel);
        return result;

        void FindBlock(int number, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            using var ungraded = no_grad(); // a thread's own
            using var block = NewDisposeScope();
            var start = number * size;
            var rows = asked.AsSpan(start, Math.Min(size, asked.Length - start)).ToArray();
            var similar = Features.UnitAt(Rows(rows)).mm(sorted).to(float32); // [B, N]
            var own = Rows(Array.ConvertAll(rows, i => place[i])).unsqueeze(1); // [B, 1]
            similar.scatter_(1, own, full([rows.Length, 1], ClassNeighbours.None, float32, Features.Device));
            result.Fill(similar, start, starts, order);
            Seen?.Invoke(similar, start, order);
            Done?.Invoke((double)Interlocked.Increment(ref found) / blocks);
        }
    }

    private Tensor Rows(int[] some) => tensor(Array.ConvertAll(some, i => (long)i), int64, Features.Device);

    /// <summary>Where each class begins among the examples sorted by class; the last entry is N.</summary>
    private int[] Starts(int classes)
    {
        var starts = new int[classes + 1];
        foreach (var label in Labels)
        {
            starts[label + 1]++;
        }

        for (var k = 0; k < classes; k++)
        {
            starts[k + 1] += starts[k];
        }

        return starts;
    }
}
