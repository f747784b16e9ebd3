using Rote.Corruptions;
using Rote.Experiments;
using Rote.Networks;
using Rote.Reports.Reproductions;
using Rote.Storage;
using Rote.Studies;
using Rote.Studies.Claims;
using Rote.Studies.Nakkiran2020;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Workers;

namespace Rote.Tests.Studies.Nakkiran2020;

/// <summary>In a world that is as the paper says every claim is reproduced; and each can fail.</summary>
public sealed class NakkiranStudyTests
{
    private static NakkiranPlan Laptop => (NakkiranPlan)StudyCatalog.Find("nakkiran2020").Plan(null, 1, Precision.Float32);

    [Fact]
    public void In_the_papers_world_every_claim_is_reproduced() => Assert.Equal("", string.Join(' ', Failed(Paper)));

    [Fact]
    public void In_the_opposite_world_every_claim_fails() => Assert.Equal(Laptop.Claims().Select(claim => claim.Id), Failed(Opposite));

    [Fact]
    public void Where_no_network_fits_the_claims_that_need_one_say_so()
    {
        var findings = Ledger.Of(Laptop.Claims(), Of((_, _, _, _) => new Course(0.3, 0.3, 0.3, Fits: false))).Findings;
        var rise = findings.Single(finding => finding.Claim.Id == "width/rises");
        Assert.Equal(
            (ClaimVerdict.NotReproduced, "No network but the narrowest fits 99 % of its examples."),
            (rise.Verdict, rise.Note?.Replace('\u00A0', ' '))
        );
    }

    [Fact]
    public void Figures_are_drawn_of_what_is_there()
    {
        Assert.Empty(Laptop.Figures(new Evidence([])));
        Assert.Equal(["width", "epochs"], Laptop.Figures(Of(Paper)).Select(figure => figure.Id));
    }

    [Fact]
    public void Claims_have_names_of_their_own_and_share_their_runs()
    {
        var claims = Laptop.Claims();
        Assert.Equal(claims.Count, claims.Select(claim => claim.Id).Distinct().Count());
        Assert.All(claims, claim => Assert.NotEqual("", claim.Criterion.Why));
        Assert.Equal(3 * 15 * 3, Laptop.Requests(claims).Count);
    }

    [Fact]
    public void As_many_examples_are_trained_on_as_is_said()
    {
        var experiment = Laptop.Networks(WidthKind.Noisy, 1)[0];
        Assert.Equal((1250, 0.2), (experiment.Data.Examples, experiment.Recipe.HoldOut));
        Assert.Equal(1000, 1250 - HeldOutRows.Draw(1250, 0.2, new Seeds(1))!.HeldOut.Length);
    }

    [Fact]
    public void The_criteria_are_pinned() =>
        Snapshot.Verify(
            string.Concat(Laptop.Claims().Select(claim => $"{claim.Id} · {claim.Source}\n  {claim.Statement}\n  {claim.Criterion}\n\n")),
            "criteria"
        );

    [Fact]
    public void The_page()
    {
        var (plan, evidence) = (Laptop, Of(Paper));
        var result = Reproduction.Of(StudyCatalog.Find("nakkiran2020"), plan, plan.Claims(), evidence, claim => $"--only {claim.Id}", []);
        Snapshot.Verify(ReproductionReport.ToHtml(result), "nakkiran2020", "html");
        Snapshot.Verify(ReproductionReport.ToText(result), "ledger");
    }

    [Fact]
    public void An_unknown_scale_is_answered_with_the_known_ones()
    {
        var study = StudyCatalog.Find("nakkiran2020");
        var error = Assert.Throws<InputException>(() => study.Plan("laptob", 1, Precision.Float32));
        Assert.Contains("did you mean laptop? (The other is smoke.)", error.Message, StringComparison.Ordinal);
        Assert.True(study.Plan("smoke", 1, Precision.Float32).IsRehearsal);
    }

    /// <summary>Test errors of a network at an early epoch, in the middle and at the end, and whether it fits.</summary>
    private sealed record Course(double Early, double Middle, double Last, bool Fits)
    {
        /// <summary>Whether the examples held out are best predicted in the middle; else early.</summary>
        public bool IsBestInTheMiddle { get; init; }
    }

    /// <summary>With noise the error has a peak where networks begin to fit.</summary>
    private static Course Paper(bool isNoisy, bool isHalf, int width, long seed)
    {
        var threshold = !isNoisy || isHalf ? 8 : 12;
        var last = (isNoisy, width) switch
        {
            (_, < 6) => 0.5 - (0.03 * width),
            (true, 6) => 0.3,
            (true, _) when width <= threshold => 0.25 + (0.015 * width),
            (true, _) => (isHalf ? 0.3 : 0.26) - (0.0001 * width),
            (false, 6) => 0.25,
            _ => 0.25 - (0.0001 * width),
        };
        return new Course(0.2 - (0.0001 * width), Math.Max(last, width > threshold ? 0.32 : 0), last + (0.001 * seed), width >= threshold);
    }

    /// <summary>Nothing makes a difference, but that one width is worse where it is stopped, and the widest does not fit.</summary>
    private static Course Opposite(bool isNoisy, bool isHalf, int width, long seed) =>
        new(0.3, width == 64 ? 0.35 : 0.3, 0.3, width is >= 8 and < 512) { IsBestInTheMiddle = true };

    private static IEnumerable<string> Failed(Func<bool, bool, int, long, Course> world) =>
        Ledger.Of(Laptop.Claims(), Of(world)).Findings.Where(f => f.Verdict == ClaimVerdict.NotReproduced).Select(f => f.Claim.Id);

    private static Evidence Of(Func<bool, bool, int, long, Course> world) =>
        new(
            Laptop
                .Requests(Laptop.Claims())
                .Select(request => new RunOutcome(new RunRequest(request.Experiment) { Title = "" }, Run(request.Experiment, world), null))
        );

    private static FinishedRun Run(Experiment experiment, Func<bool, bool, int, long, Course> world)
    {
        var width = ((Mlp)experiment.Network).Hidden[0];
        var course = world(experiment.Corruption is PartiallyCorruptedLabels, experiment.Data.Examples < 1000, width, experiment.Seed);
        return new FinishedRun(
            "nowhere",
            experiment,
            new RunSummary
            {
                Experiment = experiment.Identity,
                Epochs = 600,
                TrainCorrect = 1000,
                TrainCount = 1000,
                TestCorrect = 1,
                TestCount = 2000,
                RunningLoss = 0,
                Parameters = 1,
                WeightsSha256 = "",
            },
            [
                Epoch(4, course.Early, 0.8, course.IsBestInTheMiddle ? 0.5 : 0.6),
                Epoch(300, course.Middle, 0.95, 0.55),
                Epoch(600, course.Last, course.Fits ? 1 : 0.92, 0.4),
            ]
        );
    }

    private static EpochMetrics Epoch(int epoch, double wrong, double train, double heldOut) =>
        new()
        {
            Epoch = epoch,
            LearningRate = 0.02,
            Seconds = epoch,
            TrainAccuracy = train,
            TestAccuracy = 1 - wrong,
            HeldOutAccuracy = heldOut,
        };
}
