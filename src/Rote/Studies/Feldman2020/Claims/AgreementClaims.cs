using Rote.Measurement;
using Rote.Studies.Claims;
using Rote.Studies.Feldman2020.Estimates;

namespace Rote.Studies.Feldman2020.Claims;

/// <summary>Two halves of the networks agree on what is memorized and on what influences what.</summary>
internal static class AgreementClaims
{
    private const string Source = "section 3, consistency of the estimates";
    private const string Close = "two halves of the networks agree closely";

    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "agree/values",
                Source,
                "Two halves of the networks give the same memorization values (rank correlation)",
                Close,
                Unit.Number,
                new AtLeast(0.8, "Noise of up to 0.03 lowers it: it alone orders the many values near 0."),
                make.Usual,
                draw => Halves(draw, Ranks.Correlation)
            ),
            make.Create(
                "agree/memorized",
                Source,
                "They name the same examples as memorized (those of both over those of either)",
                Close,
                Unit.Number,
                new AtLeast(0.8, "A few of those near the threshold fall on either side of it by noise alone."),
                make.Usual,
                draw => Halves(draw, (a, b) => Agreement.Overlap(a, b, FeldmanScale.MemorizedAt))
            ),
            make.Create(
                "agree/influence",
                Source,
                "Pairs that one half of the networks chooses influence the other half too (mean influence there)",
                Close,
                Unit.Number,
                new AtLeast(0.1, "Pairs chosen by noise would have 0 there; those chosen at 0.15 and more without noise at least 0.15."),
                make.Usual,
                draw =>
                {
                    double[] chosen = [.. draw.ByTheOtherHalf(even: true), .. draw.ByTheOtherHalf(even: false)];
                    return chosen.Length > 0
                        ? Estimate.Mean(chosen)
                        : throw new NoEvidenceException("No pair has a high influence.", isOfTheNetwork: true);
                }
            ),
            make.Create(
                "agree/pairs",
                Source,
                "They name the same pairs (those of both over those of either)",
                Close,
                Unit.Share,
                new AtLeast(0.3, "Influences crowd at the threshold, and noise of up to 0.045 carries many of them over it."),
                make.Usual,
                SamePairs
            ),
        ];

    private static Estimate Halves(FeldmanDraw draw, Func<double[], double[], double> measure) =>
        MemorizedClaims.Jackknifed(
            draw.Values(draw.Usual),
            (values, g) =>
                measure(values.Counts.Values(values.Counts.Half(even: true, g)), values.Counts.Values(values.Counts.Half(even: false, g)))
        );

    private static Estimate SamePairs(FeldmanDraw draw)
    {
        var values = draw.Values(draw.Usual);
        var first = values.Counts.Values(values.Counts.Half(even: true));
        var second = values.Counts.Values(values.Counts.Half(even: false));
        var (both, either) = (0, 0);
        foreach (var pair in values.Pairs!)
        {
            var (a, b) = (InfluencePairs.IsPair(first[pair.Train], pair.First), InfluencePairs.IsPair(second[pair.Train], pair.Second));
            both += a && b ? 1 : 0;
            either += a || b ? 1 : 0;
        }

        return either > 0
            ? Estimate.Share(both, either)
            : throw new NoEvidenceException("No pair has a high influence.", isOfTheNetwork: true);
    }
}
