using Rote.Experiments;
using Rote.Networks;
using Rote.Reports.Reproductions;
using Rote.Storage;
using Rote.Studies;
using Rote.Studies.Claims;
using Rote.Studies.ImageNetSized;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Workers;

namespace Rote.Tests.Studies.ImageNetSized;

/// <summary>In a world that is as the paper says every claim is reproduced; and each can fail.</summary>
[NoTensorLeaks]
public sealed class SizedStudyTests
{
    private static SizedPlan Full => (SizedPlan)StudyCatalog.Find("imagenet-sized").Plan(null, 1, Precision.Float32);

    // Zhang et al. 2017: ImageNet has 1,281,167 training pictures in 1,000 classes.
    [Fact]
    public void The_full_scale_is_that_of_ImageNet_with_21_weights_a_label()
    {
        var experiment = Full.Networks().Single();
        using var network = experiment.Network.Build(new TaskShape(28, 28, 3, 1000), Precision.Float32, new Seeds(1));
        Assert.Equal(("many-shapes-1281167", 28), (experiment.Data.Name, experiment.Data.CropSide));
        Assert.Equal(Full.Scale.Parameters, network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(27_468_776, Full.Scale.Parameters);
        Assert.All(
            SizedScale.All.Where(scale => scale.Name != "smoke"),
            scale => Assert.Equal(21, (double)scale.Parameters / scale.Examples, 0.7)
        );
    }

    [Fact]
    public void In_the_papers_world_every_claim_is_reproduced() =>
        Assert.Equal("", string.Join(' ', Failed(Of(untrained: 0.001, train: 0.952, test: 0.0011))));

    [Fact]
    public void In_the_opposite_world_every_claim_fails() =>
        Assert.Equal(Full.Claims().Select(claim => claim.Id), Failed(Of(untrained: 0.002, train: 0.951, test: 0.002)));

    [Fact]
    public void The_criteria_are_pinned() =>
        Snapshot.Verify(
            string.Concat(Full.Claims().Select(claim => $"{claim.Id} · {claim.Source}\n  {claim.Statement}\n  {claim.Criterion}\n\n")),
            "criteria"
        );

    [Fact]
    public void The_page()
    {
        var (plan, evidence) = (Full, Of(0.001, 0.96, 0.001));
        var result = Reproduction.Of(StudyCatalog.Find("imagenet-sized"), plan, plan.Claims(), evidence, claim => $"--only {claim.Id}", []);
        Snapshot.Verify(ReproductionReport.ToHtml(result), "imagenet-sized", "html");
        Snapshot.Verify(ReproductionReport.ToText(result), "ledger");
        Assert.Empty(plan.Figures(new Evidence([])));
    }

    private static IEnumerable<string> Failed(Evidence evidence) =>
        Ledger.Of(Full.Claims(), evidence).Findings.Where(f => f.Verdict == ClaimVerdict.NotReproduced).Select(f => f.Claim.Id);

    private static Evidence Of(double untrained, double train, double test) =>
        new(
            Full.Requests(Full.Claims())
                .Select(request => new RunOutcome(
                    new RunRequest(request.Experiment) { Title = "" },
                    Run(request.Experiment, untrained, train, test),
                    null
                ))
        );

    private static FinishedRun Run(Experiment experiment, double untrained, double train, double test) =>
        new(
            "nowhere",
            experiment,
            new RunSummary
            {
                Experiment = experiment.Identity,
                Epochs = 60,
                TrainCorrect = (long)Math.Ceiling(train * 1_281_167),
                TrainCount = 1_281_167,
                TestCorrect = (long)(test * 50_000),
                TestCount = 50_000,
                RunningLoss = 0,
                Parameters = 1,
                WeightsSha256 = "",
            },
            [Epoch(0, untrained, null), Epoch(30, null, 0.4), Epoch(60, train, 0.94)]
        );

    private static EpochMetrics Epoch(int epoch, double? train, double? running) =>
        new()
        {
            Epoch = epoch,
            LearningRate = 0.02,
            Seconds = epoch,
            TrainAccuracy = train,
            RunningAccuracy = running,
        };
}
