using Rote.Corruptions;
using Rote.Networks;
using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Studies.Zhang2017;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Workers;

namespace Rote.Tests.Studies.Zhang2017;

/// <summary>In a world that is as the paper says every claim is reproduced; every claim can fail, and a planted failure fails the claims it
/// touches and no other.</summary>
[NoTensorLeaks]
public sealed class ZhangStudyTests
{
    private static readonly ZhangPlan Laptop = Plan("laptop");
    private static readonly ZhangPlan Full = Plan("full");

    [Theory]
    [InlineData("laptop")]
    [InlineData("full")]
    public void In_the_papers_world_every_claim_that_is_looked_at_is_reproduced(string scale)
    {
        var ledger = new PaperWorld().Judge(Plan(scale));
        Assert.Equal("", Text(ledger, ClaimVerdict.NotReproduced));
        Assert.Equal("", Text(ledger, ClaimVerdict.NotRun));
        Assert.True(ledger.Count(ClaimVerdict.Reproduced) >= 30);
        Assert.Equal(
            scale == "full",
            ledger.Findings.Where(f => f.Verdict == ClaimVerdict.NotRunAtThisScale).All(f => f.Claim.Group is "imagenet" or "section5")
        );
    }

    [Fact]
    public void All_nineteen_rows_of_table_1_and_all_six_of_table_4_are_claims()
    {
        var claims = Laptop.Claims();
        Assert.Equal(2 * 19, claims.Count(claim => claim.Group == "table1"));
        Assert.Equal(19, claims.Where(claim => claim.Group == "table1").Select(claim => claim.Source).Distinct().Count());
        Assert.Equal(6, claims.Count(claim => claim.Group == "table4"));
        Assert.Equal(claims.Count, claims.Select(claim => claim.Id).Distinct().Count());
    }

    [Fact]
    public void A_network_that_cannot_fit_random_labels_fails_the_claims_that_say_it_does_and_no_other()
    {
        var ledger = new PaperWorld
        {
            Change = (experiment, run) =>
                experiment
                    is {
                        Network: Mlp { Hidden.Count: 1 },
                        Corruption: RandomLabels { Among: null },
                        Recipe.WeightDecay: 0,
                        Data.Examples: null
                    }
                    ? PaperWorld.StuckAt(run, 0.6)
                    : run,
        }.Judge(Laptop);
        Assert.Equal(
            "arpit/mlp-1x512/critical-samples faster/mlp-1x512/90-percent figure1b/mlp-1x512/factor figure1b/mlp-1x512/grows "
                + "figure1c/mlp-1x512/fits table1/mlp-1x512/random-labels/test table1/mlp-1x512/random-labels/train",
            Text(ledger, ClaimVerdict.NotReproduced)
        );
    }

    [Fact]
    public void Labels_that_leak_into_the_test_set_fail_the_claims_of_chance_and_of_rising_test_error()
    {
        var ledger = new PaperWorld
        {
            Change = (experiment, run) =>
                experiment is { Network: SmallAlexNet, Corruption: RandomLabels, Recipe.WeightDecay: 0 }
                    ? PaperWorld.WithTest(run, 0.8)
                    : run,
        }.Judge(Laptop);
        Assert.Equal("figure1c/small-alexnet/test-error table1/small-alexnet/random-labels/test", Text(ledger, ClaimVerdict.NotReproduced));
    }

    [Fact]
    public void A_training_that_diverges_is_a_finding_and_a_machine_that_fails_is_none()
    {
        var world = new PaperWorld
        {
            Failure = experiment =>
                experiment is { Network: SmallInception { BatchNorm: false }, Corruption: RandomLabels }
                    ? new RunFailure(FailureKind.Training, "Epoch 3: the loss is not a number.")
                : experiment is { Network: Mlp { Hidden.Count: 3 }, Corruption: RandomLabels, Recipe.WeightDecay: 0 }
                    ? new RunFailure(FailureKind.Machine, "The disk is full.")
                : null,
        };
        var ledger = world.Judge(Laptop);
        Assert.Equal(
            "table1/small-inception-no-bn/random-labels/test table1/small-inception-no-bn/random-labels/train",
            Text(ledger, ClaimVerdict.NotReproduced)
        );
        Assert.Equal("table1/mlp-3x512/random-labels/test table1/mlp-3x512/random-labels/train", Text(ledger, ClaimVerdict.NotRun));
        Assert.All(ledger.Findings.Where(f => f.Verdict == ClaimVerdict.NotRun), f => Assert.Equal("The disk is full.", f.Note));
        Assert.False(ledger.IsClean);
    }

    [Fact]
    public void A_training_that_diverges_is_what_the_row_that_fails_to_converge_says()
    {
        var world = new PaperWorld
        {
            Failure = experiment =>
                experiment is { Network: SmallAlexNet, Corruption: RandomLabels, Recipe.WeightDecay: > 0 }
                    ? new RunFailure(FailureKind.Training, "Epoch 3: the loss is not a number.")
                    : null,
        };
        Assert.Equal(
            ClaimVerdict.Reproduced,
            world.Judge(Laptop).Findings.Single(finding => finding.Claim.Id == "table4/small-alexnet/weight-decay").Verdict
        );
    }

    [Fact]
    public void One_seed_of_several_that_never_arrives_bears_nothing_out()
    {
        var plan = Plan("laptop", 3);
        var ledger = new PaperWorld
        {
            Change = (experiment, run) =>
                experiment is { Network: SmallAlexNet, Corruption: RandomLabels, Recipe.WeightDecay: 0, Seed: 2 }
                    ? PaperWorld.StuckAt(run, 0.6)
                    : run,
        }.Judge(plan);
        Assert.Equal(
            ClaimVerdict.NotReproduced,
            ledger.Findings.Single(finding => finding.Claim.Id == "faster/small-alexnet/90-percent").Verdict
        );
        Assert.Equal(
            ClaimVerdict.Reproduced,
            ledger.Findings.Single(finding => finding.Claim.Id == "faster/small-alexnet/50-percent").Verdict
        );
    }

    /// <summary>Each world breaks something; together they fail every claim, so that no claim is one that cannot fail.</summary>
    [Fact]
    public void Every_claim_can_fail()
    {
        // csharpier-ignore
        PaperWorld[] worlds =
        [
            new() { Change = (_, run) => PaperWorld.StuckAt(run, 0.3), CriticalOfRandomLabels = 0.1, RightByTheorem1 = 49_999 },
            new() { Change = (_, run) => PaperWorld.WithTest(run, 0.3) },
            new()
            {
                Change = (e, run) =>
                    PaperWorld.WithTest(
                        run,
                        e is { Corruption: TrueLabels, Recipe: { Augmentation: null, WeightDecay: 0 } } ? 0.05 : 0.99),
            },
            new() { Change = (e, run) => e.Corruption is TrueLabels or ShuffledPixels ? NineTimesSlower(run) : run },
            new() { Change = (e, run) => e.Corruption is RandomPixels or GaussianPixels ? NineTimesSlower(run) : run },
            new() { Change = (e, run) => e.Corruption is ShuffledPixels ? PaperWorld.WithTest(NineTimesSlower(run), 0.99) : run },
            new() { Change = (_, run) => Memorizing(run) },
        ];
        var failed = worlds
            .SelectMany(world => world.Judge(Full).Findings)
            .Where(f => f.Verdict == ClaimVerdict.NotReproduced)
            .Select(f => f.Claim.Id)
            .ToHashSet();
        string[] counted =
        [
            .. Full.Claims().Where(claim => claim.Group is "parameters" or "imagenet" or "section5").Select(claim => claim.Id),
        ];
        Assert.Equal("", string.Join(' ', Full.Claims().Select(claim => claim.Id).Except(failed).Except(counted)));
    }

    [Fact]
    public void With_several_seeds_every_cell_is_run_with_each()
    {
        var (one, three) = (Laptop.Requests(Laptop.Claims()), Plan("laptop", 3).Requests(Plan("laptop", 3).Claims()));
        var labelings = Laptop.Scale.Labelings;
        Assert.Equal(3 * (one.Count - labelings), three.Count - labelings);
        Assert.Superset(one.Select(r => r.Experiment.Identity).ToHashSet(), three.Select(r => r.Experiment.Identity).ToHashSet());
    }

    [Theory]
    [InlineData("smoke")]
    [InlineData("laptop")]
    [InlineData("full")]
    public void Every_size_and_every_tolerance_has_its_reason(string scale)
    {
        var plan = Plan(scale);
        Assert.All(plan.Scale.Networks.Values, network => Assert.True(network.Why.Length > 20));
        Assert.All(ScaleFile.Load().Tolerances.Values, tolerance => Assert.True(tolerance.Why.Length > 20));
        Assert.All(plan.Claims().Where(claim => claim.NotAtThisScale is null), claim => Assert.NotEmpty(claim.Criterion.Why));
        Assert.All(plan.Requests(plan.Claims()), request => request.Experiment.RequireConsistent());
    }

    [Theory]
    [InlineData("huge", 1, "There is no scale \"huge\"")]
    [InlineData("laptop", 0, "The number of seeds is 0, expected 1 to 1000.")]
    public void What_is_not_there_is_refused(string scale, int seeds, string sentence) =>
        Assert.StartsWith(sentence, Assert.Throws<InputException>(() => Plan(scale, seeds)).Message, StringComparison.Ordinal);

    private static FinishedRun NineTimesSlower(FinishedRun run) =>
        run with
        {
            History = [.. run.History.Select(epoch => epoch with { Epoch = 9 * epoch.Epoch })],
        };

    private static FinishedRun Memorizing(FinishedRun run) =>
        run with
        {
            Summary = run.Summary with { TrainCorrect = run.Summary.TrainCount },
            History =
            [
                .. run.History.Select(epoch =>
                    epoch with
                    {
                        CleanAccuracy = 0,
                        MemorizedShare = epoch.CleanAccuracy,
                        RecoveredShare = 0,
                        TestAccuracy = 1 - epoch.TestAccuracy,
                    }
                ),
            ],
        };

    private static ZhangPlan Plan(string scale, int seeds = 1) => new(ScaleFile.Load(), scale, seeds, Precision.Float32);

    private static string Text(Ledger ledger, ClaimVerdict verdict) =>
        string.Join(
            ' ',
            ledger.Findings.Where(finding => finding.Verdict == verdict).Select(finding => finding.Claim.Id).Order(StringComparer.Ordinal)
        );
}
