using Rote.Studies.Claims;

namespace Rote.Studies.RuleAfterRote.Claims;

/// <summary>The network learns by rote first, and by rule long afterwards.</summary>
internal static class OrderClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "order/by-rote",
                ClaimFactory.PowerOrder,
                "When 99 % of the training pairs are learned, new pairs are answered no better than by guessing",
                "chance",
                Unit.Share,
                ClaimFactory.Guessing(),
                [RuleCell.Usual],
                r => r.TestWhenLearned(RuleCell.Usual)
            ),
            make.Create(
                "order/by-rule",
                ClaimFactory.PowerOrder,
                "The same network, trained on, answers new pairs",
                "perfect generalization",
                Unit.Share,
                new AtLeast(0.95, "Nineteen of twenty pairs that were never seen: no rote gives that."),
                [RuleCell.Usual],
                r => r.Test(RuleCell.Usual)
            ),
            make.Create(
                "order/delay",
                ClaimFactory.PowerOrder,
                "Half of the new pairs are right long after the training pairs are (epochs to 50 % of test over those to 99 % of training)",
                "up to 1,000 times, harder tables, no full batch",
                Unit.Ratio,
                new AtLeast(3, "In ordinary learning both curves rise together; three times as long cannot be taken for that."),
                [RuleCell.Usual],
                r => r.Ratio(RuleCell.Usual, RuleReadings.EpochsToRule, RuleCell.Usual, RuleReadings.EpochsToRote)
            ),
            make.Create(
                "order/random-labels-learned",
                "Zhang et al. 2017",
                "Random sums, which no rule gives, are learned as well",
                "100 %",
                Unit.Share,
                ClaimFactory.Learned(),
                [RuleCell.NoRule],
                r => r.Train(RuleCell.NoRule)
            ),
            make.Create(
                "order/same-speed",
                ClaimFactory.Own,
                "Rote comes as fast without a rule as with one (ratio of epochs to 99 % of training, random over true sums)",
                "no number",
                Unit.Ratio,
                new Within(1, 0.25, "If the rule helped to learn the pairs, random sums would take markedly longer."),
                [RuleCell.NoRule, RuleCell.Usual],
                r => r.Ratio(RuleCell.NoRule, RuleReadings.EpochsToRote, RuleCell.Usual, RuleReadings.EpochsToRote)
            ),
        ];
}
