using static TorchSharp.torch;

namespace Rote.Measurement;

/// <summary>Looks for the nearest other example of each class.</summary>
/// <param name="Features">N rows; need not be of length 1.</param>
/// <param name="Labels">[N] class numbers.</param>
internal sealed record NeighbourSearch(FeatureRows Features, int[] Labels)
{
    /// <summary>[Q] The examples whose neighbours to find; null: all, in their order. Default null.</summary>
    public IReadOnlyList<int>? Queries { get; init; }

    /// <summary>Told the share of the queries that are done, by any thread; null: nobody. Default null.</summary>
    public Action<double>? Done { get; init; }

    /// <summary>As <see cref="SimilarityBlocks.Together"/>. Default 1.</summary>
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
        var order = Enumerable.Range(0, Labels.Length).OrderBy(i => Labels[i]).ThenBy(i => i).ToArray();
        var (starts, result) = (Starts(kept.Classes), ClassNeighbours.Blank(kept));
        new SimilarityBlocks(Features, order) { Done = Done, Together = Together }.Each(
            Queries?.ToArray() ?? [.. Enumerable.Range(0, Labels.Length)],
            (similar, start) =>
            {
                result.Fill(similar, start, starts, order);
                Seen?.Invoke(similar, start, order);
            },
            cancel
        );
        return result;
    }

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
