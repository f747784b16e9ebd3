using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;

namespace Rote.Studies.RuleAfterRote.Claims;

/// <summary>Memorization measured on canaries rises and falls, and agrees with that of the other wrong labels.</summary>
internal static class CanaryClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "canaries/rise",
                ClaimFactory.Own,
                "Memorization m, read off canaries, rises while the network learns by rote (largest m, weight decay 8)",
                "no number",
                Unit.Number,
                new AtLeast(0.7, "Of 28 canaries three quarters give an m of 0.7 to 0.8, and an error of 0.08."),
                [RuleCell.Watched],
                r => r.Mean(RuleCell.Watched, Largest)
            ),
            make.Create(
                "canaries/fall",
                ClaimFactory.Own,
                "and falls when it has found the rule (m at the end, on the canaries that nothing looked at before)",
                "no number",
                Unit.Number,
                new AtMost(0.25, "A quarter: a third of the least rise."),
                [RuleCell.Watched],
                r => r.Mean(RuleCell.Watched, AtTheEnd)
            ),
            make.Create(
                "canaries/rule",
                ClaimFactory.Own,
                "The network that is left answers new pairs",
                "no number",
                Unit.Share,
                new AtLeast(0.8, "As coexist/rule."),
                [RuleCell.Watched],
                r => r.Test(RuleCell.Watched)
            ),
            make.Create(
                "canaries/truthful",
                ClaimFactory.Own,
                "Canaries say how many of the other wrong sums are said (mean distance of m and their share over the course)",
                "no number",
                Unit.Number,
                new AtMost(0.1, "At worst, where half of them are said, chance alone makes the two shares differ by 0.09 on average."),
                [RuleCell.Watched],
                r => r.Mean(RuleCell.Watched, Distance)
            ),
        ];

    private static Estimate Largest(FinishedRun run) =>
        RuleReadings.Share(RuleReadings.Peak(run, epoch => epoch.Memorization), run.Summary.Canaries!.SteeringCount);

    private static Estimate AtTheEnd(FinishedRun run)
    {
        var apart = run.Summary.Certificate()!.HeldOut;
        return RuleReadings.Share(apart.Memorization, apart.Canaries);
    }

    private static Estimate Distance(FinishedRun run)
    {
        var distances = run
            .History.Where(epoch => epoch is { Memorization: not null, MemorizedShare: not null })
            .Select(epoch => Math.Abs(epoch.Memorization!.Value - epoch.MemorizedShare!.Value))
            .ToArray();

        // Every evaluation uses the same pairs. The distances are not independent, so one run has no error.
        return new Estimate(distances.Average(), double.NaN, 1);
    }
}
