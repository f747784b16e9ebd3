using Rote.Corruptions;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Storage;
using Rote.Studies;
using Rote.Studies.Claims;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Workers;

namespace Rote.Tests.Studies.RuleAfterRote;

/// <summary>In a world that is as the papers say every claim is reproduced; and each can fail.</summary>
[NoTensorLeaks]
public sealed class RuleStudyTests
{
    private static StudyPlan Laptop => StudyCatalog.Find("rule-after-rote").Plan(null, 1, Precision.Float32);

    [Fact]
    public void In_the_papers_world_every_claim_about_training_is_reproduced() => Assert.Equal("", Failed(Ledger(WhenRule)));

    [Fact]
    public void Where_no_rule_is_ever_found_the_claims_of_a_rule_fail_and_those_of_rote_hold() =>
        Assert.Equal(
            "order/by-rule order/delay decay/more-is-sooner share/60-percent share/50-percent coexist/rule unlearn/falls "
                + "unlearn/right-instead canaries/fall canaries/rule dial/rule",
            Failed(Ledger(_ => double.PositiveInfinity))
        );

    [Fact]
    public void Where_the_rule_comes_with_the_first_pairs_nothing_is_learned_by_rote() =>
        Assert.Contains("order/by-rote order/delay", Failed(Ledger(_ => 60)), StringComparison.Ordinal);

    [Fact]
    public void A_network_whose_weights_are_gone_leaves_the_claims_of_pruning_without_a_verdict_and_no_other()
    {
        var ledger = Ledger(WhenRule);
        Assert.All(
            ledger.Findings.Where(finding => finding.Verdict == ClaimVerdict.NotRun),
            finding => Assert.Equal("prune", finding.Claim.Group)
        );
        Assert.Equal(5, ledger.Count(ClaimVerdict.NotRun));
    }

    [Fact]
    public void Claims_have_names_of_their_own_and_every_run_is_made_once()
    {
        var claims = Laptop.Claims();
        Assert.Equal(claims.Count, claims.Select(claim => claim.Id).Distinct().Count());
        Assert.Equal(11, Laptop.Requests(claims).Count);
        Assert.All(Laptop.Requests(claims), request => request.Experiment.RequireConsistent());
    }

    [Fact]
    public void The_tiny_scale_has_too_few_pairs_for_the_dial_and_says_so() =>
        Assert.All(
            StudyCatalog.Find("rule-after-rote").Plan("smoke", 1, Precision.Float32).Claims().Where(claim => claim.Group == "dial"),
            claim => Assert.Contains("too few pairs", claim.NotAtThisScale, StringComparison.Ordinal)
        );

    [Fact]
    public void An_unknown_scale_is_one_sentence() =>
        Assert.Equal(
            "There is no scale \"full\"; choose one of smoke, laptop.",
            Assert.Throws<InputException>(() => StudyCatalog.Find("rule-after-rote").Plan("full", 1, Precision.Float32)).Message
        );

    private static Ledger Ledger(Func<Experiment, double> whenRule)
    {
        var claims = Laptop.Claims();
        return Rote.Studies.Claims.Ledger.Of(
            claims,
            new Evidence(
                Laptop
                    .Requests(claims)
                    .Select(request => new RunOutcome(request, Run(request.Experiment, whenRule(request.Experiment)), null))
            )
        );
    }

    private static string Failed(Ledger ledger) =>
        string.Join(' ', ledger.Findings.Where(f => f.Verdict == ClaimVerdict.NotReproduced).Select(f => f.Claim.Id));

    /// <summary>The epoch at which half of the new pairs are right.</summary>
    private static double WhenRule(Experiment experiment) =>
        (experiment.Corruption, experiment.Control, experiment.Recipe.WeightDecay, experiment.Data.Examples) switch
        {
            (_, MemorizationDial, _, _) => 0,
            (RandomLabels, _, _, _) or (_, _, 0, _) or (_, _, _, < 700) => double.PositiveInfinity,
            (_, _, _, < 900) => 1800,
            (_, _, _, < 1100) => 900,
            (_, _, 1, _) => 600,
            _ => 300,
        };

    private static FinishedRun Run(Experiment experiment, double whenRule)
    {
        var isUnlearned = experiment.Recipe.WeightDecay == 8 && double.IsFinite(whenRule);
        var history = Enumerable.Range(0, (experiment.Recipe.Epochs / 20) + 1).Select(i => Epoch(20 * i)).ToArray();
        var last = history[^1];
        int Of(double? share, int count) => (int)Math.Round(share!.Value * count);
        return new FinishedRun(
            "nowhere",
            experiment,
            new RunSummary
            {
                Experiment = experiment.Identity,
                Epochs = last.Epoch,
                TrainCorrect = 1000,
                TrainCount = 1000,
                CleanCount = 900,
                CleanCorrect = 900,
                ChangedCount = 100,
                MemorizedCount = Of(last.MemorizedShare, 100),
                RecoveredCount = Of(last.RecoveredShare, 100),
                Canaries = new CanarySummary
                {
                    SteeringHits = 50,
                    SteeringCount = 100,
                    HeldOutCanaryHits = experiment.Control is MemorizationDial ? 50 : Of(last.MemorizedShare, 100),
                    HeldOutCanaryCount = 100,
                    HeldOutCorrect = 0,
                    HeldOutCount = 50,
                    Classes = 41,
                },
                TestCorrect = Of(last.TestAccuracy, 500),
                TestCount = 500,
                RunningLoss = 0,
                Parameters = 1,
                WeightsSha256 = "",
            },
            history
        );

        EpochMetrics Epoch(int epoch)
        {
            var rote = Math.Min(1, epoch / 110.0);
            var rule = Math.Clamp(0.5 + ((epoch - whenRule) / 400), 0, 0.99);
            var wrong = isUnlearned ? rote * (1 - rule) : rote;
            return new EpochMetrics
            {
                Epoch = epoch,
                LearningRate = 0.003,
                TrainAccuracy = rote,
                CleanAccuracy = rote,
                MemorizedShare = wrong,
                RecoveredShare = isUnlearned ? rule : 0,
                Memorization = wrong,
                TestAccuracy = rule,
                Seconds = 0,
            };
        }
    }
}
