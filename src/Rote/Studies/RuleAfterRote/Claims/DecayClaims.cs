using Rote.Studies.Claims;

namespace Rote.Studies.RuleAfterRote.Claims;

/// <summary>Weight decay makes the network find the rule.</summary>
internal static class DecayClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "decay/none-learned",
                ClaimFactory.PowerDecay,
                "Without weight decay the training pairs are learned",
                "100 %",
                Unit.Share,
                ClaimFactory.Learned(),
                [RuleCell.NoDecay],
                r => r.Train(RuleCell.NoDecay)
            ),
            make.Create(
                "decay/none-no-rule",
                ClaimFactory.PowerDecay,
                "and no rule is found, though training goes on twice as long as weight decay 1 needs",
                "the least generalization in time; some at large shares of the pairs",
                Unit.Share,
                ClaimFactory.Guessing(),
                [RuleCell.NoDecay],
                r => r.Test(RuleCell.NoDecay)
            ),
            make.Create(
                "decay/more-is-sooner",
                ClaimFactory.PowerDecay,
                "With half of the weight decay the rule takes longer (ratio of epochs to 50 % of test, decay 1 over decay 2)",
                "decay helps most of all that was tried",
                Unit.Ratio,
                ClaimFactory.Longer(),
                [RuleCell.Usual, RuleCell.Twice],
                r => r.Ratio(RuleCell.Usual, RuleReadings.EpochsToRule, RuleCell.Twice, RuleReadings.EpochsToRule)
            ),
        ];
}
