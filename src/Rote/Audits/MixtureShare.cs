using Rote.Measurement;

namespace Rote.Audits;

/// <summary>How large a share of the data can be like canaries: the mixture proportion.</summary>
internal static class MixtureShare
{
    private const double Confidence = 1.96;

    /// <summary>So few canaries say nothing.</summary>
    private const int Fewest = 20;

    /// <summary>Share of the canaries that must be above a threshold: the smallest of many ratios is too small by chance, the more so the fewer each rests on.</summary>
    private const double LeastAbove = 0.15;

    /// <summary>Estimates it.</summary>
    /// <param name="data">[N] scores of the data.</param>
    /// <param name="canaries">[C] scores of examples known to be wrong, made as the data's.</param>
    /// <returns>The smallest ratio of the shares above a threshold, P(data ≥ t) / P(canaries ≥ t), chosen by the upper end of its interval; in [0, 1]; NaN for fewer than
    /// 20 canaries. If the wrong labels of the data score as the canaries do, the ratio is their share plus what right labels add above t, so it errs upwards.</returns>
    /// <remarks>Source: Garg, Wu, Smola, Balakrishnan and Lipton 2021 (arXiv:2111.00980), algorithm 1 (best bin estimation), with binomial errors in place of their bound.</remarks>
    public static Estimate Of(IReadOnlyList<double> data, IReadOnlyList<double> canaries)
    {
        var (all, known) = (data.OrderDescending().ToArray(), canaries.OrderDescending().ToArray());
        var best = new Estimate(double.NaN, double.NaN, known.Length);
        var bestUpper = double.PositiveInfinity;
        var above = 0;
        for (var c = 0; c < known.Length; c++)
        {
            while (above < all.Length && all[above] >= known[c])
            {
                above++;
            }

            if (c + 1 < Math.Max(Fewest, LeastAbove * known.Length))
            {
                continue;
            }

            var (shareOfData, shareOfKnown) = ((double)above / all.Length, (c + 1.0) / known.Length);
            var ratio = shareOfData / shareOfKnown;

            // At least half an example above: none seen does not mean none there.
            var relative = ((1 - shareOfData) / Math.Max(above, 0.5)) + ((1 - shareOfKnown) / (c + 1));
            var error = Math.Max(shareOfData, 0.5 / all.Length) / shareOfKnown * Math.Sqrt(relative);
            if (ratio + (Confidence * error) < bestUpper)
            {
                (best, bestUpper) = (new Estimate(Math.Min(1, ratio), error, known.Length), ratio + (Confidence * error));
            }
        }

        return best;
    }
}
