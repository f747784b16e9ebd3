using Rote.Reports.Reproductions;
using Rote.Studies.Claims;
using Rote.Studies.Zhang2017;
using Rote.Tensors;
using Rote.Tests.Studies.Zhang2017;
using Rote.Tests.Support;

namespace Rote.Tests.Reports.Reproductions;

public sealed class ReproductionReportTests
{
    [Fact]
    public void The_ledger_for_a_terminal() => Snapshot.Verify(ReproductionReport.ToText(Result()), "ledger");

    [Fact]
    public void The_page() => Snapshot.Verify(ReproductionReport.ToHtml(Result()), "reproduction", "html");

    [Fact]
    public void A_study_without_any_run_still_has_a_page()
    {
        var result = Result(_ => false);
        Assert.Empty(result.Figures);
        Assert.Contains("0 of the 0 claims", ReproductionReport.ToHtml(result), StringComparison.Ordinal);
    }

    /// <summary>Some groups of the paper's world, in which one network is stuck and another diverges.</summary>
    private static Reproduction Result(Func<Claim, bool>? pick = null)
    {
        var plan = new ZhangPlan(ScaleFile.Load(), "laptop", 1, Precision.BFloat16);
        pick ??= claim =>
            claim.Group is "figure1a" or "figure1b" or "first" or "table4" or "figure2"
            || claim.Id.StartsWith("table1/mlp-1x512", StringComparison.Ordinal)
            || claim.Id.StartsWith("imagenet/random", StringComparison.Ordinal);
        var claims = plan.Claims().Where(pick).ToArray();
        var world = new PaperWorld
        {
            Change = (experiment, run) =>
                experiment.Network.Title == "MLP 1×512" && experiment.Recipe.WeightDecay > 0 ? PaperWorld.StuckAt(run, 0.91) : run,
            Failure = experiment =>
                experiment.Network.Title == "small Inception" && experiment.Recipe.Augmentation?.RotationDegrees > 0
                    ? new Rote.Workers.RunFailure(
                        Rote.Workers.FailureKind.Training,
                        "Epoch 3: the loss is not a number; the learning rate 0.02 is probably too large."
                    )
                    : null,
        };
        return Reproduction.Of(
            new ZhangStudy(),
            plan,
            claims,
            world.Evidence(claims),
            claim => $"rote reproduce zhang2017 --only {claim.Id}",
            [("Command", "rote reproduce zhang2017"), ("Rote", "0.1.0")]
        );
    }
}
