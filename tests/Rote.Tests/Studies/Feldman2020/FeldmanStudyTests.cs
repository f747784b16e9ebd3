using Rote.Reports.Reproductions;
using Rote.Studies;
using Rote.Studies.Claims;
using Rote.Studies.Feldman2020;
using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Tests.Studies.Feldman2020;

/// <summary>In a world that is as the paper says every claim is reproduced; and each can fail.</summary>
public sealed class FeldmanStudyTests
{
    private static FeldmanPlan Laptop => (FeldmanPlan)StudyCatalog.Find("feldman2020").Plan(null, 1, Precision.Float32);

    [Fact]
    public void In_the_papers_world_every_claim_is_reproduced() => Assert.Equal("", string.Join(' ', Failed(new FeldmanWorld())));

    [Fact]
    public void In_the_opposite_world_every_claim_fails() =>
        Assert.Equal(FeldmanWorld.Plan.Claims().Select(claim => claim.Id), Failed(new OppositeWorld()));

    [Fact]
    public void Claims_have_names_of_their_own_and_every_run_is_made_once()
    {
        var claims = Laptop.Claims();
        Assert.Equal(claims.Count, claims.Select(claim => claim.Id).Distinct().Count());
        Assert.All(claims, claim => Assert.NotEqual("", claim.Criterion.Why));
        var requests = Laptop.Requests(claims);
        Assert.Equal(1402, requests.Count);
        Assert.Equal(1402, requests.Select(request => request.Experiment.Seed + request.Title).Distinct().Count());
        requests[0].Experiment.RequireConsistent();
    }

    [Fact]
    public void Two_seeds_share_no_network()
    {
        var plan = new FeldmanPlan(FeldmanScale.Find("smoke"), 2, Precision.Float32);
        Assert.Equal(2 * 82, plan.Requests(plan.Claims()).Count);
        Assert.Equal(2 * 40, plan.Experiments(plan.Scale.Usual).Select(experiment => experiment.Seed).Distinct().Count());
    }

    [Fact]
    public void Networks_of_one_number_have_the_same_half_whatever_their_kind()
    {
        var scale = Laptop.Scale;
        Assert.Equal(Laptop.Half(scale.Usual, 1, 7).Half, Laptop.Half(scale.Wrong, 1, 7).Half);
        Assert.Null(Laptop.Source(FixedFeatures.OfAllExamples, 1).Half);
        Assert.Equal(scale.Examples, Laptop.Source(FixedFeatures.OfOtherExamples, 1).Forget!.Rows.Count);
    }

    [Fact]
    public void Sizes_go_into_each_other()
    {
        foreach (var scale in FeldmanScale.All)
        {
            Assert.Equal(0, scale.Networks % scale.GroupSize);
            Assert.Equal(0, scale.FewerNetworks % scale.GroupSize);
            Assert.True(scale.Networks >= 2 * scale.FewerNetworks);
        }
    }

    [Fact]
    public void Without_a_place_for_calculations_there_is_no_verdict() =>
        Assert.All(Ledger.Of(Laptop.Claims(), new Evidence([])).Findings, f => Assert.Equal(ClaimVerdict.NotRun, f.Verdict));

    [Fact]
    public void Without_its_runs_a_claim_has_no_verdict_and_says_so()
    {
        using var folder = new TempFolder();
        var findings = Ledger.Of(FeldmanWorld.Plan.Claims(), new Evidence([], calculations: FeldmanWorld.Empty(folder))).Findings;
        Assert.All(findings, finding => Assert.Equal((ClaimVerdict.NotRun, "The run was not made."), (finding.Verdict, finding.Note)));
    }

    [Fact]
    public void Figures_are_drawn_of_what_is_there()
    {
        using var folder = new TempFolder();
        Assert.Empty(Laptop.Figures(new Evidence([])));
        Assert.Empty(Laptop.Figures(new Evidence([], calculations: FeldmanWorld.Empty(folder))));
        var plan = FeldmanWorld.Plan;
        var figures = plan.Figures(new FeldmanWorld().Evidence(folder, plan));
        Assert.Equal("values utility overlap alike", string.Join(' ', figures.Select(figure => figure.Id)));
    }

    [Fact]
    public void The_criteria_are_pinned() =>
        Snapshot.Verify(
            string.Concat(Laptop.Claims().Select(claim => $"{claim.Id} · {claim.Source}\n  {claim.Statement}\n  {claim.Criterion}\n\n")),
            "criteria"
        );

    [Fact]
    public void The_ledger_for_a_terminal() => Snapshot.Verify(ReproductionReport.ToText(Result()), "ledger");

    [Fact]
    public void The_page() => Snapshot.Verify(ReproductionReport.ToHtml(Result()), "feldman2020", "html");

    [Fact]
    public void An_unknown_scale_is_answered_with_the_known_ones()
    {
        var study = StudyCatalog.Find("feldman2020");
        var error = Assert.Throws<InputException>(() => study.Plan("laptob", 1, Precision.Float32));
        Assert.Contains("did you mean laptop? (The other is smoke.)", error.Message, StringComparison.Ordinal);
        Assert.True(study.Plan("smoke", 1, Precision.Float32).IsRehearsal);
    }

    private static Reproduction Result()
    {
        using var folder = new TempFolder();
        var plan = FeldmanWorld.Plan;
        var evidence = new FeldmanWorld().Evidence(folder, plan);
        return Reproduction.Of(StudyCatalog.Find("feldman2020"), plan, plan.Claims(), evidence, claim => $"--only {claim.Id}", []);
    }

    private static IEnumerable<string> Failed(FeldmanWorld world)
    {
        using var folder = new TempFolder();
        var plan = FeldmanWorld.Plan;
        return
        [
            .. Ledger
                .Of(plan.Claims(), world.Evidence(folder, plan))
                .Findings.Where(finding => finding.Verdict == ClaimVerdict.NotReproduced)
                .Select(finding => finding.Claim.Id),
        ];
    }
}
