using static TorchSharp.torch;

namespace Rote.Measurement;

/// <summary>Cosines of examples to all examples, some rows at a time: N² of them are more than memory holds.</summary>
/// <param name="Features">N rows; need not be of length 1.</param>
/// <param name="Order">[N] which example each column is.</param>
internal sealed record SimilarityBlocks(FeatureRows Features, int[] Order)
{
    private const int Block = 500;

    /// <summary>Most similarities of a block, 100 MB; with more than 50,000 examples a block has fewer rows.</summary>
    private const int Most = 25_000_000;

    /// <summary>Told the share that is done, by any thread; null: nobody. Default null.</summary>
    public Action<double>? Done { get; init; }

    /// <summary>Blocks in work at once; null: as many as there are cores and memory for. No result depends on it. Default null.</summary>
    public int? Together { get; init; }

    /// <summary>Gives out the blocks.</summary>
    /// <param name="asked">[Q] the examples of the rows.</param>
    /// <param name="take">Given, by any thread, [B, N] float32, <see cref="ClassNeighbours.None"/> to the example itself, freed when it
    /// returns; and the place of its first row among those that are asked for.</param>
    /// <param name="cancel">Stops between two blocks.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public void Each(int[] asked, Action<Tensor, int> take, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var columns = Features.UnitColumns(Order); // [D, N]
        var place = new int[Order.Length];
        for (var i = 0; i < Order.Length; i++)
        {
            place[Order[i]] = i;
        }

        var size = Math.Clamp(Most / Order.Length, 1, Block);
        var (blocks, done) = ((asked.Length + size - 1) / size, 0);
        SideBySide.Run(blocks, Together ?? SideBySide.Fitting(get_num_threads(), 4.0 * size * Order.Length), Make, cancel);

        void Make(int number, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            using var ungraded = no_grad(); // a thread's own
            using var block = NewDisposeScope();
            var start = number * size;
            var rows = asked.AsSpan(start, Math.Min(size, asked.Length - start)).ToArray();
            var similar = Features.UnitAt(Rows(rows)).mm(columns).to(float32); // [B, N]
            var own = Rows(Array.ConvertAll(rows, i => place[i])).unsqueeze(1); // [B, 1]
            similar.scatter_(1, own, full([rows.Length, 1], ClassNeighbours.None, float32, Features.Device));
            take(similar, start);
            Done?.Invoke((double)Interlocked.Increment(ref done) / blocks);
        }
    }

    private Tensor Rows(int[] some) => tensor(Array.ConvertAll(some, i => (long)i), int64, Features.Device);
}
