using Rote.Measurement;

namespace Rote.Audits.Scoring;

/// <summary>What share of the data is like canaries: the mixture proportion.</summary>
internal static class MixtureShare
{
    /// <summary>So few canaries say nothing.</summary>
    private const int Fewest = 20;

    /// <summary>Share of the canaries above the upper threshold.</summary>
    private const double Sure = 0.3;

    /// <summary>Estimates it.</summary>
    /// <param name="data">[N] scores of the data.</param>
    /// <param name="canaries">[C] scores of examples known to be wrong, made as the data's.</param>
    /// <returns>A share in [0, 1]; NaN for fewer than 20 canaries. If the wrong labels of the data score as the canaries do, R(τ) = P(data
    /// above t) / P(canaries above t) is their share plus what right labels add above t, the less the higher the threshold: R at the
    /// thresholds that 30 % and 60 % of the canaries reach is drawn on to τ = 0 as R = a + b·τ².</returns>
    /// <remarks>Garg, Wu, Smola, Balakrishnan and Lipton 2021 (arXiv:2111.00980, algorithm 1) take the smallest of all ratios; here it was
    /// too small by chance, by a third at 300 canaries.
    /// The error is that of the two shares of canaries and data, which are nested.</remarks>
    public static Estimate Of(IReadOnlyList<double> data, IReadOnlyList<double> canaries)
    {
        if (canaries.Count < Fewest)
        {
            return new Estimate(double.NaN, double.NaN, canaries.Count);
        }

        var known = canaries.OrderDescending().ToArray();
        var (near, far) = ((int)Math.Round(Sure * known.Length), (int)Math.Round(2 * Sure * known.Length));
        var (first, second) = (Above(known[near - 1]), Above(known[far - 1]));
        var share = ((4 * Ratio(first, near)) - Ratio(second, far)) / 3;

        // Of counts above the upper threshold, and between the two: independent, and at least half an example, because none seen does not
        // mean none there.
        var (top, between) = (Math.Max(first, 0.5), Math.Max(second - first, 0.5));
        var (a, b) = ((4 / 3.0 / Share(near)) - (1 / 3.0 / Share(far)), -1 / 3.0 / Share(far));
        var chance = ((a * a * top) + (b * b * between)) / data.Count / (double)data.Count;
        var relative = Ratio(Math.Max(first, 0.5), near) * Math.Sqrt((1 - Share(near)) / near) * 4 / 3;
        return new Estimate(Math.Clamp(share, 0, 1), Math.Sqrt(chance + (relative * relative)), known.Length);

        double Above(double threshold) => data.Count(score => score >= threshold);
        double Share(int count) => (double)count / known.Length;
        double Ratio(double above, int count) => above / data.Count / Share(count);
    }
}
