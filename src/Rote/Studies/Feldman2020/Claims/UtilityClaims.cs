using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Feldman2020.Claims;

/// <summary>Memorized examples are worth more to the test accuracy than as many others.</summary>
internal static class UtilityClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "utility/cost",
                "Figure 2",
                "Leaving out the memorized examples costs test accuracy (with all examples minus without those of a value of at least "
                    + "0.25)",
                "accuracy falls",
                Unit.Points,
                ClaimFactory.Larger(0, "networks"),
                make.Usual,
                draw =>
                {
                    var without = draw.Without(FeldmanScale.MemorizedAt, random: false);
                    return draw.Without(null, random: false).Minus(without);
                }
            ),
            .. FeldmanScale.Thresholds.Select(threshold => Worth(make, threshold)),
            make.Create(
                "utility/influence",
                "section 3",
                "Pairs of high influence explain part of what leaving out the memorized examples costs (sum of their influences over "
                    + "the test examples, over the cost beyond random ones; pairs chosen by one half of the networks, influences of "
                    + "the other)",
                "a good part of it",
                Unit.Ratio,
                new AtLeast(0.1, "A tenth: only the largest single influences count, and nothing that examples do together."),
                make.Usual,
                Explained
            ),
        ];

    private static Claim Worth(ClaimFactory make, double threshold) =>
        make.Create(
            $"utility/at-{threshold}",
            "Figure 2",
            $"Leaving out the examples with a memorization value of at least {threshold} costs more than leaving out as many random "
                + "ones (test accuracy without random ones minus without these)",
            "more",
            Unit.Points,
            ClaimFactory.Larger(0, "networks"),
            make.Usual,
            draw => Cost(draw, threshold)
        );

    private static Estimate Cost(FeldmanDraw draw, double threshold) =>
        draw.Without(threshold, random: true).Minus(draw.Without(threshold, random: false));

    private static Estimate Explained(FeldmanDraw draw)
    {
        var sum = (draw.ByTheOtherHalf(even: true).Sum() + draw.ByTheOtherHalf(even: false).Sum()) / 2 / draw.TestExamples;
        var cost = Cost(draw, FeldmanScale.MemorizedAt);
        return cost.Value > 0
            ? new Estimate(sum / cost.Value, sum * cost.StandardError / (cost.Value * cost.Value), cost.Samples)
            : throw new NoEvidenceException("Leaving out the memorized examples costs no more than random ones.", isOfTheNetwork: true);
    }
}
