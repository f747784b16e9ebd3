using Rote.Reports.Reproductions;
using Rote.Studies;
using Rote.Studies.Arpit2017;
using Rote.Studies.Claims;
using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Tests.Studies.Arpit2017;

/// <summary>In a world that is as the paper says every claim is reproduced; and each can fail.</summary>
public sealed class ArpitStudyTests
{
    private static StudyPlan Laptop => StudyCatalog.Find("arpit2017").Plan(null, 1, Precision.Float32);

    [Fact]
    public void In_the_papers_world_every_claim_is_reproduced() => Assert.Equal("", string.Join(' ', Failed(new ArpitWorld())));

    [Fact]
    public void In_the_opposite_world_every_claim_fails() =>
        Assert.Equal(Laptop.Claims().Select(c => c.Id), Failed(new OppositeArpitWorld()));

    [Fact]
    public void A_network_that_does_not_fit_is_not_reproduced_with_the_reason()
    {
        var findings = Findings(new UnfittedArpitWorld());
        Assert.All(findings.Where(f => f.Claim.Group == "time"), f => Assert.Equal(ClaimVerdict.NotReproduced, f.Verdict));
        Assert.Equal(
            "A network of 128 units did not fit 1000 examples (80 % random inputs) within the epochs.",
            findings.Single(f => f.Claim.Id == "time/units").Note
        );
        Assert.Equal(
            "A network did not fit 90 % of its 20 % random labels within the epochs.",
            findings.Single(f => f.Claim.Id == "patterns/labels-later").Note
        );
    }

    [Fact]
    public void Figures_are_drawn_of_what_is_there()
    {
        using var folder = new TempFolder();
        Assert.Empty(Laptop.Figures(new Evidence([], calculations: Empty(folder))));
        Assert.Empty(Laptop.Figures(new Evidence([])));
        Assert.Equal(
            "easy sensitivity units time examples validation course critical regularizers",
            string.Join(' ', Laptop.Figures(Of(folder, new ArpitWorld())).Select(figure => figure.Id))
        );
    }

    [Fact]
    public void A_line_of_fitting_times_has_no_point_where_a_draw_was_not_fitted()
    {
        using var folder = new TempFolder();
        var figures = Laptop.Figures(Of(folder, new UnfittedArpitWorld()));
        var time = figures.Single(figure => figure.Id == "time");
        Assert.Equal(["real data"], time.Lines.Select(line => line.Name));
        Assert.Equal(7, time.Lines[0].Points.Count);
    }

    [Fact]
    public void Claims_have_names_of_their_own_and_need_no_run()
    {
        var claims = Laptop.Claims();
        Assert.Equal(claims.Count, claims.Select(claim => claim.Id).Distinct().Count());
        Assert.All(claims, claim => Assert.NotEqual("", claim.Criterion.Why));
        Assert.Empty(Laptop.Requests(claims));
    }

    [Fact]
    public void Without_a_place_for_calculations_there_is_no_verdict() =>
        Assert.All(Ledger.Of(Laptop.Claims(), new Evidence([])).Findings, f => Assert.Equal(ClaimVerdict.NotRun, f.Verdict));

    [Fact]
    public void Every_part_of_a_draw_has_a_file_of_its_own_and_is_not_calculated_again()
    {
        using var folder = new TempFolder();
        Of(folder, new ArpitWorld());
        Assert.Equal(5 * ArpitScale.Find("laptop").Draws, Directory.GetFiles(folder.Path).Length);

        // Loading data throws here: every result is read.
        var again = new Evidence([], calculations: Empty(folder));
        Assert.All(Ledger.Of(Laptop.Claims(), again).Findings, f => Assert.Equal(ClaimVerdict.Reproduced, f.Verdict));
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
    public void The_page() => Snapshot.Verify(ReproductionReport.ToHtml(Result()), "arpit2017", "html");

    [Fact]
    public void An_unknown_scale_is_answered_with_the_known_ones()
    {
        var study = StudyCatalog.Find("arpit2017");
        var error = Assert.Throws<InputException>(() => study.Plan("laptob", 1, Precision.Float32));
        Assert.Contains("did you mean laptop? (The other is smoke.)", error.Message, StringComparison.Ordinal);
        Assert.True(study.Plan("smoke", 1, Precision.Float32).IsRehearsal);
    }

    private static Reproduction Result()
    {
        using var folder = new TempFolder();
        var (plan, evidence) = (Laptop, Of(folder, new ArpitWorld()));
        return Reproduction.Of(StudyCatalog.Find("arpit2017"), plan, plan.Claims(), evidence, claim => $"--only {claim.Id}", []);
    }

    private static IEnumerable<string> Failed(ArpitWorld world) =>
        Findings(world).Where(f => f.Verdict == ClaimVerdict.NotReproduced).Select(f => f.Claim.Id);

    private static IReadOnlyList<Finding> Findings(ArpitWorld world)
    {
        using var folder = new TempFolder();
        return Ledger.Of(Laptop.Claims(), Of(folder, world)).Findings;
    }

    private static Calculations Empty(TempFolder folder) => new(folder.Path, _ => throw new InvalidOperationException());

    /// <summary>The evidence of a world: every result is put in its place.</summary>
    private static Evidence Of(TempFolder folder, ArpitWorld world)
    {
        var (calculations, scale) = (Empty(folder), ArpitScale.Find("laptop"));
        for (var draw = 0; draw < scale.Draws; draw++)
        {
            calculations.Of(ArpitDraw.EasyName, scale.Easy(1, draw), (_, _) => world.Easy(scale.Easy(1, 0)));
            calculations.Of(ArpitDraw.SensitivityName, scale.Sensitivity(1, draw), (_, _) => world.Sensitivity(scale.Horizons.Count));
            calculations.Of(ArpitDraw.CapacityName, scale.Capacity(1, draw), (_, _) => world.Capacity(scale.Capacity(1, 0)));
            calculations.Of(ArpitDraw.CourseName, scale.Course(1, draw), (_, _) => world.Course(scale.Course(1, 0)));
            calculations.Of(ArpitDraw.RegularizerName, scale.Regularized(1, draw), (_, _) => world.Regularizers());
        }

        return new Evidence([], calculations: calculations);
    }
}
