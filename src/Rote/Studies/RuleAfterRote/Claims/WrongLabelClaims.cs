using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;

namespace Rote.Studies.RuleAfterRote.Claims;

/// <summary>Wrong sums among the training pairs: one network holds rule and rote, and a larger weight decay removes the rote.</summary>
internal static class WrongLabelClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make) => [.. Both(make), .. Unlearning(make)];

    private static IEnumerable<Claim> Both(ClaimFactory make) =>
        [
            make.Create(
                "coexist/rote",
                ClaimFactory.Doshi,
                "With a tenth of the sums drawn anew and weight decay 4 the wrong sums are said",
                "100 %",
                Unit.Share,
                ClaimFactory.Learned(),
                [RuleCell.Both],
                r => r.Mean(RuleCell.Both, Memorized)
            ),
            make.Create(
                "coexist/rule",
                ClaimFactory.Doshi,
                "and the same network answers new pairs by rule",
                "near 100 % at their sizes",
                Unit.Share,
                new AtLeast(0.8, "Four of five new pairs: with a tenth of the sums wrong a little less than without is expected."),
                [RuleCell.Both],
                r => r.Test(RuleCell.Both)
            ),
        ];

    private static IEnumerable<Claim> Unlearning(ClaimFactory make) =>
        [
            make.Create(
                "unlearn/rises",
                ClaimFactory.Doshi,
                "With weight decay 8 the wrong sums are first learned by rote (most of them said at once in the course of training)",
                "they are learned first",
                Unit.Share,
                new AtLeast(0.75, "Three quarters: more than anything but rote explains."),
                [RuleCell.Unlearning],
                r =>
                    r.Mean(
                        RuleCell.Unlearning,
                        run => RuleReadings.Share(RuleReadings.Peak(run, e => e.MemorizedShare), run.Summary.ChangedCount!.Value)
                    )
            ),
            make.Create(
                "unlearn/falls",
                ClaimFactory.Doshi,
                "and unlearned when the rule is there (wrong sums said at the end)",
                "to about 0",
                Unit.Share,
                new AtMost(0.15, "A fifth of what must have been learned before."),
                [RuleCell.Unlearning],
                r => r.Mean(RuleCell.Unlearning, Memorized)
            ),
            make.Create(
                "unlearn/right-instead",
                ClaimFactory.Doshi,
                "Those pairs get their true sum instead, which the network was never told",
                "training examples with wrong labels are corrected",
                Unit.Share,
                new AtLeast(0.5, "More than half: the rule holds for pairs that contradict it."),
                [RuleCell.Unlearning],
                r => r.Mean(RuleCell.Unlearning, run => run.Summary.RecoveredShare()!.Value)
            ),
            make.Create(
                "unlearn/right-stay",
                ClaimFactory.Doshi,
                "What is right is not forgotten with it (right training sums said at the end)",
                "near 100 %",
                Unit.Share,
                new AtLeast(0.95, "A general loss of memory would take as much of the right sums as of the wrong ones."),
                [RuleCell.Unlearning],
                r => r.Mean(RuleCell.Unlearning, run => run.Summary.CleanAccuracy()!.Value)
            ),
        ];

    private static Estimate Memorized(FinishedRun run) => run.Summary.MemorizedShare()!.Value;
}
