using Rote.Studies.Claims;

namespace Rote.Studies.RuleAfterRote.Claims;

/// <summary>With fewer pairs, the rule comes later; below some share it never comes.</summary>
internal static class ShareClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            Longer(make, RuleCell.Fewer[0], RuleCell.Usual, "60", "70"),
            Longer(make, RuleCell.Fewer[1], RuleCell.Fewer[0], "50", "60"),
            make.Create(
                "share/rote-as-fast",
                ClaimFactory.PowerShare,
                "The time to learn the pairs by rote does not grow (ratio of epochs to 99 % of training, 50 % of the pairs over 70 %)",
                "the training curve hardly moves",
                Unit.Ratio,
                new AtMost(1.25, "The delay of the rule grows by far more than a quarter."),
                [RuleCell.Fewer[1], RuleCell.Usual],
                r => r.Ratio(RuleCell.Fewer[1], RuleReadings.EpochsToRote, RuleCell.Usual, RuleReadings.EpochsToRote)
            ),
            make.Create(
                "share/too-few",
                ClaimFactory.PowerShare,
                "With 40 % of the pairs no rule is found in as many epochs as do for 60 %",
                "no generalization in time below some share",
                Unit.Share,
                ClaimFactory.Guessing(),
                [RuleCell.Fewer[2]],
                r => r.Test(RuleCell.Fewer[2])
            ),
        ];

    private static Claim Longer(ClaimFactory make, RuleCell fewer, RuleCell more, string few, string many) =>
        make.Create(
            $"share/{few}-percent",
            ClaimFactory.PowerShare,
            $"With {few} % of the pairs the rule takes longer than with {many} % (ratio of epochs to 50 % of test)",
            "about 1.4 to 1.5 times for each percent less, near the least share",
            Unit.Ratio,
            ClaimFactory.Longer(),
            [fewer, more],
            r => r.Ratio(fewer, RuleReadings.EpochsToRule, more, RuleReadings.EpochsToRule)
        );
}
