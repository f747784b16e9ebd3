using Rote.Complexity;
using Rote.Experiments;
using Rote.Reports.Reproductions;
using Rote.Storage;
using Rote.Studies;
using Rote.Studies.Claims;
using Rote.Studies.ComplexityMeasures;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Workers;

namespace Rote.Tests.Studies.ComplexityMeasures;

/// <summary>In a world that is as the papers say claims are reproduced; in the opposite one they are not.</summary>
public sealed class ComplexityStudyTests
{
    /// <summary>What the opposite world cannot fail: a random number stays one, the networks are there, and test errors differ.</summary>
    private static readonly string[] OfBoth = ["control/random", "control/other-half", "control/networks"];

    private const int All = 576;

    private static ComplexityPlan Laptop => (ComplexityPlan)StudyCatalog.Find("complexity-measures").Plan(null, 1, Precision.Float32);

    [Fact]
    public void In_the_papers_world_every_claim_is_reproduced() => Assert.Equal("", string.Join(' ', Failed(Paper)));

    [Fact]
    public void In_the_opposite_world_every_claim_fails() =>
        Assert.Equal(Laptop.Claims().Select(claim => claim.Id).Except(OfBoth), Failed(Opposite));

    [Fact]
    public void Controls_can_fail()
    {
        Assert.Contains("control/other-half", Failed(Paper, isNoise: true));
        Assert.Contains("control/networks", Failed(Paper, fitted: 200));
    }

    [Fact]
    public void Claims_have_names_of_their_own_and_share_their_runs()
    {
        var claims = Laptop.Claims();
        Assert.Equal(claims.Count, claims.Select(claim => claim.Id).Distinct().Count());
        Assert.All(claims, claim => Assert.NotEqual("", claim.Criterion.Why));
        Assert.Equal(All, Laptop.Requests(claims).Count);
    }

    [Fact]
    public void Every_setting_has_an_experiment_of_its_own()
    {
        var networks = Laptop.Networks();
        Assert.Equal(networks.Count, networks.Select(network => network.Experiment.Identity).Distinct().Count());
        Assert.Equal(288, networks.Select(network => string.Join(',', network.Levels)).Distinct().Count());
        Assert.All(networks, network => Assert.Equal(7, network.Levels.Length));
        Assert.All(networks, network => network.Experiment.RequireConsistent());
    }

    [Fact]
    public void A_run_that_is_missing_leaves_no_verdict()
    {
        using var folder = new TempFolder();
        var evidence = new Evidence(Outcomes(Paper, All).Skip(1), calculations: Kept(folder, Paper, All, false));
        Assert.All(Ledger.Of(Laptop.Claims(), evidence).Findings, finding => Assert.Equal(ClaimVerdict.NotRun, finding.Verdict));
        Assert.Empty(Laptop.Tables(evidence));
    }

    [Fact]
    public void Without_a_place_for_calculations_there_is_no_verdict() =>
        Assert.All(
            Ledger.Of(Laptop.Claims(), new Evidence(Outcomes(Paper, All))).Findings,
            finding => Assert.Equal(ClaimVerdict.NotRun, finding.Verdict)
        );

    [Fact]
    public void The_criteria_are_pinned() =>
        Snapshot.Verify(
            string.Concat(Laptop.Claims().Select(claim => $"{claim.Id} · {claim.Source}\n  {claim.Statement}\n  {claim.Criterion}\n\n")),
            "criteria"
        );

    [Fact]
    public void The_ledger_for_a_terminal() => Snapshot.Verify(ReproductionReport.ToText(Result()), "ledger");

    [Fact]
    public void The_page() => Snapshot.Verify(ReproductionReport.ToHtml(Result()), "complexity-measures", "html");

    [Fact]
    public void Tables_are_drawn_as_pictures_too()
    {
        using var folder = new TempFolder();
        Assert.Equal(1, ReproductionReport.WritePictures(Result(), folder.Path));
        Assert.Equal(["measures.svg"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void An_unknown_scale_is_answered_with_the_known_ones()
    {
        var study = StudyCatalog.Find("complexity-measures");
        var error = Assert.Throws<InputException>(() => study.Plan("laptob", 1, Precision.Float32));
        Assert.Contains("did you mean laptop? (The other is smoke.)", error.Message, StringComparison.Ordinal);
        Assert.True(study.Plan("smoke", 1, Precision.Float32).IsRehearsal);
    }

    /// <summary>The test error of a network in any world: every axis matters, and each seed a little.</summary>
    private static double Error(int[] levels, long seed) => Sum(levels, [0.02, 0.02, 0.04, 0.04, 0.03, 0.03, 0.2]) + 0.2 + (0.001 * seed);

    /// <summary>Measures that papers praise follow the error but along dropout, others fail along more axes, and norms go the other
    /// way.</summary>
    private static double Paper(string measure, int[] levels, long seed) =>
        measure switch
        {
            "parameters" or "spectral-bound" or "spectral-margin" => -Error(levels, seed),
            ComplexityMeasure.Control or "sharpness" or "worst-sharpness" or "margin" => Sum(
                levels,
                [0.02, 0.02, -0.04, -0.04, 0.03, -0.03, 0.2]
            ),
            _ => Sum(levels, [0.02, 0.02, 0.04, 0.04, 0.03, -0.03, 0.2]),
        };

    /// <summary>Praised measures go the other way along every axis; the control, and the norms, are right.</summary>
    private static double Opposite(string measure, int[] levels, long seed)
    {
        var right = Error(levels, seed) - (0.2 * levels[ComplexityScale.NoiseAxis]);
        return
            measure
                is "parameters"
                    or "spectral-bound"
                    or "spectral-margin"
                    or "sharpness"
                    or "worst-sharpness"
                    or "margin"
                    or ComplexityMeasure.Control
            ? right
            : -right;
    }

    private static double Sum(int[] levels, double[] weights) => levels.Zip(weights, (level, weight) => level * weight).Sum();

    private static Reproduction Result()
    {
        using var folder = new TempFolder();
        var evidence = new Evidence(Outcomes(Paper, All), calculations: Kept(folder, Paper, All, false));
        var plan = Laptop;
        return Reproduction.Of(StudyCatalog.Find("complexity-measures"), plan, plan.Claims(), evidence, claim => $"--only {claim.Id}", []);
    }

    private static IEnumerable<string> Failed(Func<string, int[], long, double> world, int fitted = All, bool isNoise = false)
    {
        using var folder = new TempFolder();
        var evidence = new Evidence(Outcomes(world, fitted), calculations: Kept(folder, world, fitted, isNoise));
        return
        [
            .. Ledger
                .Of(Laptop.Claims(), evidence)
                .Findings.Where(finding => finding.Verdict == ClaimVerdict.NotReproduced)
                .Select(finding => finding.Claim.Id),
        ];
    }

    private static IEnumerable<RunOutcome> Outcomes(Func<string, int[], long, double> world, int fitted) =>
        Laptop
            .Networks()
            .Select(
                (network, place) =>
                    new RunOutcome(new RunRequest(network.Experiment) { Title = "" }, Run(network.Experiment, place < fitted), null)
            );

    private static FinishedRun Run(Experiment experiment, bool isFitted) =>
        new(
            "nowhere",
            experiment,
            new RunSummary
            {
                Experiment = experiment.Identity,
                Epochs = 1,
                Fitted = isFitted,
                TrainCorrect = 200,
                TrainCount = 200,
                TestCorrect = 1000,
                TestCount = 10_000,
                RunningLoss = 0,
                Parameters = 1,
                WeightsSha256 = experiment.Identity,
            },
            [
                new EpochMetrics
                {
                    Epoch = 1,
                    LearningRate = 0.1,
                    Seconds = 1,
                },
            ]
        );

    /// <summary>The readings of a world, each group in its file.</summary>
    private static Calculations Kept(TempFolder folder, Func<string, int[], long, double> world, int fitted, bool isNoise)
    {
        var calculations = new Calculations(folder.Path, _ => throw new InvalidOperationException());
        var groups = Laptop
            .Networks()
            .Take(fitted)
            .GroupBy(network => (network.Levels[0], network.Levels[1], network.Levels[ComplexityScale.NoiseAxis]));
        foreach (var group in groups)
        {
            var key = new ComplexityKey([.. group.Select(network => network.Experiment.Identity)]);
            calculations.Of(
                ComplexityReadings.CalculationName,
                key,
                (_, _) =>
                    new ComplexityReadingSet([.. group.Select(network => Reading(network.Levels, network.Experiment.Seed, world, isNoise))])
            );
        }

        return calculations;
    }

    private static ComplexityReading Reading(int[] levels, long seed, Func<string, int[], long, double> world, bool isNoise)
    {
        var values = ComplexityMeasure.All.ToDictionary(measure => measure.Name, measure => world(measure.Name, levels, seed));
        var error = Error(levels, seed);
        return new ComplexityReading(values, error, isNoise ? 1 - error : error, 10_000);
    }
}
