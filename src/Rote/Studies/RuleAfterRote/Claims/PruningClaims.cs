using Rote.Studies.Claims;

namespace Rote.Studies.RuleAfterRote.Claims;

/// <summary>Rote has its own units, which can be identified by their weights and cut.</summary>
internal static class PruningClaims
{
    private const string Cut = "Of the network that holds both, the fifth of the first layer's units that is least periodic is cut";

    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "prune/rote",
                ClaimFactory.Doshi,
                $"{Cut}: at most six of ten wrong sums are still said",
                "pruning takes the wrong labels out",
                Unit.Share,
                new AtMost(0.6, "All were said before; units cut without choice take as much of the rule as of rote."),
                [RuleCell.Both],
                r => r.Pruned(RuleCell.Both, PruningOrder.LeastPeriodic, point => point.Memorized)
            ),
            make.Create(
                "prune/all-rote",
                ClaimFactory.Doshi,
                $"{Cut}: nearly no wrong sums are said, as after unlearning",
                "about 0 before the rule suffers",
                Unit.Share,
                new AtMost(0.15, "As the claim unlearn/falls, to which pruning is compared."),
                [RuleCell.Both],
                r => r.Pruned(RuleCell.Both, PruningOrder.LeastPeriodic, point => point.Memorized)
            ),
            make.Create(
                "prune/right-instead",
                ClaimFactory.Doshi,
                $"{Cut}: more of those pairs get their true sum than before",
                "the labels are corrected",
                Unit.Points,
                new AtLeast(0.2, "A fifth of them; before the cut it is none."),
                [RuleCell.Both],
                r => r.Pruned(RuleCell.Both, PruningOrder.LeastPeriodic, point => point.Recovered)
            ),
            make.Create(
                "prune/rule-stays",
                ClaimFactory.Doshi,
                $"{Cut}: new pairs are answered as before (test accuracy after the cut minus before)",
                "no loss",
                Unit.Points,
                new AtLeast(-0.1, "Ten points; a fifth of the units is cut."),
                [RuleCell.Both],
                r => r.Pruned(RuleCell.Both, PruningOrder.LeastPeriodic, point => point.Test).Minus(r.Test(RuleCell.Both))
            ),
            make.Create(
                "prune/other-end",
                ClaimFactory.Doshi,
                "As many of the most periodic units cut instead take the rule and leave rote (wrong sums said minus test accuracy)",
                "the rule goes first",
                Unit.Points,
                new AtLeast(0.3, "Before the cut both are near 100 %: their difference is what the units were for."),
                [RuleCell.Both],
                r => r.Pruned(RuleCell.Both, PruningOrder.MostPeriodic, point => point.Memorized - point.Test)
            ),
        ];
}
