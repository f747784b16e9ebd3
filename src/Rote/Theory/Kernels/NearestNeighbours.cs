using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>Two examples that the kernel hardly tells apart.</summary>
/// <param name="First">Row of one.</param>
/// <param name="Second">Row of the other.</param>
/// <param name="Kernel">The kernel between them, near 1.</param>
internal readonly record struct NearPair(int First, int Second, double Kernel);

/// <summary>Finds the most similar row for each row of a kernel matrix.</summary>
internal static class NearestNeighbours
{
    /// <summary>Returns pairs of nearest neighbours, the nearest first; no row is in two pairs.</summary>
    /// <param name="kernel">The matrix.</param>
    /// <param name="least">The smallest kernel value of a pair.</param>
    /// <param name="cancel">Stops.</param>
    public static IReadOnlyList<NearPair> Pairs(SymmetricTiles kernel, double least, CancellationToken cancel)
    {
        var best = new (float Kernel, int Row)[kernel.Size];
        foreach (var (row, column) in kernel.Places)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var ((top, _), (left, _)) = (kernel.Range(row), kernel.Range(column));
            var tile = kernel.Tile(row, column);
            if (row == column)
            {
                tile = tile.clone();
                tile.diagonal().fill_(-1);
            }

            Keep(tile.max(1), top, left);
            if (row != column)
            {
                Keep(tile.max(0), left, top);
            }
        }

        var taken = new bool[kernel.Size];
        var pairs = new List<NearPair>();
        foreach (
            var (near, row) in best.Select((near, row) => (near, row))
                .Where(pair => pair.near.Kernel >= least)
                .OrderByDescending(pair => pair.near.Kernel)
                .ThenBy(pair => pair.row)
        )
        {
            if (!taken[row] && !taken[near.Row])
            {
                taken[row] = taken[near.Row] = true;
                pairs.Add(new NearPair(row, near.Row, near.Kernel));
            }
        }

        return pairs;

        void Keep((Tensor Values, Tensor Indexes) most, int own, int other)
        {
            var (values, indexes) = (most.Values.data<float>().ToArray(), most.Indexes.data<long>().ToArray());
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] > best[own + i].Kernel)
                {
                    best[own + i] = (values[i], other + (int)indexes[i]);
                }
            }
        }
    }
}
