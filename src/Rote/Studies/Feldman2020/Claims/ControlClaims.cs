using Rote.Measurement;
using Rote.Studies.Claims;
using Rote.Studies.Feldman2020.Estimates;

namespace Rote.Studies.Feldman2020.Claims;

/// <summary>What must come out if the estimates are sound.</summary>
internal static class ControlClaims
{
    private const string Chance = "chance";

    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "control/fitted",
                ClaimFactory.Control,
                "Networks fit what they are trained on (share of the examples of their half)",
                "nearly all",
                Unit.Share,
                new AtLeast(0.99, "What is not fitted cannot be memorized."),
                make.Usual,
                draw =>
                    MemorizedClaims.Jackknifed(draw.Values(draw.Usual), (values, g) => values.Counts.InAccuracy(values.Counts.Except(g)))
            ),
            make.Create(
                "control/error",
                ClaimFactory.Control,
                "Memorization values are known well enough (the largest standard error of one, over networks)",
                "small",
                Unit.Number,
                new AtMost(0.1, "Then most of what passes the threshold of 0.25 does so by more than twice its error."),
                make.Usual,
                draw => LargestError(draw.Values(draw.Usual).Counts)
            ),
            make.Create(
                "control/shuffled",
                ClaimFactory.Control,
                "With shuffled membership nothing is memorized (share)",
                Chance,
                Unit.Share,
                new AtMost(0.01, "A value of 0.25 by noise alone is many standard errors."),
                make.Usual,
                draw => MemorizedClaims.Jackknifed(draw.Values(draw.Usual), (values, g) => MemorizedClaims.Share(values.Shuffled, g))
            ),
            make.Create(
                "control/shuffled-pairs",
                ClaimFactory.Control,
                "With shuffled membership there are no pairs of high influence (over those with the true one)",
                Chance,
                Unit.Ratio,
                new AtMost(0.05, "A twentieth would change no verdict on pairs."),
                make.Usual,
                draw => ClaimFactory.Ratio(draw.Values(draw.Usual).ShuffledPairs!.Value, draw.Pairs().Count)
            ),
            make.Create(
                "control/alike",
                ClaimFactory.Control,
                "Other memorized examples of the class do not look alike: they are seldom among the nearest 5 % (share)",
                Chance,
                Unit.Share,
                new AtMost(0.1, "Chance is 5 %, and less for atypical ones."),
                make.Usual,
                draw => PairClaims.Near(draw.Likeness().OtherRanks)
            ),
        ];

    private static Estimate LargestError(GroupCounts counts)
    {
        var all = counts.All;
        var errors = Enumerable.Range(0, counts.Examples).Select(i => counts.Value(i, all).StandardError);
        return new Estimate(errors.Max(), double.NaN, counts.Examples);
    }
}
