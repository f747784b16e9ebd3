namespace Rote.Audits.Scoring;

/// <summary>How many times more often canaries have a score than the data has: rising with the score, otherwise free.</summary>
internal sealed class DensityRatio
{
    private readonly double[] _from;
    private readonly double[] _ratio;

    private DensityRatio(double[] from, double[] ratio) => (_from, _ratio) = (from, ratio);

    /// <summary>Fits it by isotonic regression.</summary>
    /// <param name="data">[N] scores of the data.</param>
    /// <param name="canaries">[C] scores of the canaries, made as the data's; at least one.</param>
    /// <param name="weights">[C] how much each canary counts, at least 0; null for all alike.</param>
    /// <returns>The ratio of the two densities.</returns>
    /// <remarks>Pool adjacent violators (Barlow et al. 1972) on "is a canary", both kinds weighing 1 in all; p / (1 − p) is then the ratio.
    /// Blocks are compared by whole counts: by shares, two that differ in the last bit stayed apart whose ratios then fell.</remarks>
    public static DensityRatio Of(IReadOnlyList<double> data, IReadOnlyList<double> canaries, IReadOnlyList<double>? weights = null)
    {
        var counts = Counts(canaries.Count, weights);
        var total = counts.Sum();
        var points = data.Select(score => (Score: score, Data: 1L, Canaries: 0L))
            .Concat(canaries.Select((score, c) => (Score: score, Data: 0L, Canaries: counts[c])))
            .GroupBy(
                point => point.Score,
                (score, equal) =>
                    equal.Aggregate(
                        (Score: score, Data: 0L, Canaries: 0L),
                        (sum, point) => (score, sum.Data + point.Data, sum.Canaries + point.Canaries)
                    )
            )
            .OrderBy(point => point.Score);
        var blocks = new List<(double From, long Data, long Canaries)>();
        foreach (var point in points)
        {
            var block = (From: point.Score, point.Data, point.Canaries);
            while (blocks.Count > 0 && blocks[^1].Canaries * block.Data >= block.Canaries * blocks[^1].Data)
            {
                block = (blocks[^1].From, blocks[^1].Data + block.Data, blocks[^1].Canaries + block.Canaries);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        return new DensityRatio(
            [.. blocks.Select(b => b.From)],
            [.. blocks.Select(b => b.Data > 0 ? (double)b.Canaries * data.Count / ((double)b.Data * total) : double.PositiveInfinity)]
        );
    }

    /// <summary>Weights as whole numbers, a thousand for the mean; 1 each where all count alike or nothing counts.</summary>
    private static long[] Counts(int canaries, IReadOnlyList<double>? weights)
    {
        var mean = weights is { Count: > 0 } ? weights.Average() : 0;
        return mean > 0 ? [.. weights!.Select(weight => (long)Math.Round(1000 * weight / mean))] : [.. Enumerable.Repeat(1L, canaries)];
    }

    /// <summary>The ratio at a score.</summary>
    /// <param name="score">Any number.</param>
    /// <returns>At least 0; infinite above every score of the data.</returns>
    public double At(double score)
    {
        var place = Array.BinarySearch(_from, score);
        return _ratio[Math.Max(0, place >= 0 ? place : ~place - 1)];
    }
}
