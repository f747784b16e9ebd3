using Rote.Data;
using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Studies.Feldman2020;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Workers;

namespace Rote.Tests.Studies.Feldman2020;

/// <summary>The whole study with networks that are really trained.</summary>
[NoTensorLeaks]
public sealed class FeldmanFlowTests : IDisposable
{
    private static readonly FeldmanScale Tiny = new()
    {
        Name = "tiny",
        Purpose = "",
        Data = "sample",
        Examples = 60,
        TestExamples = TinyRuns.Test,
        Hidden = [8],
        OtherHidden = [6, 6],
        Networks = 24,
        FewerNetworks = 12,
        GroupSize = 3,
        Removals = 2,
        Epochs = 6,
    };

    private readonly DatasetSplits _data = Samples.Learnable(TinyRuns.Train, TinyRuns.Test, 6);

    [Fact]
    public void Two_runs_of_the_study_are_equal_and_a_third_reads_what_is_there()
    {
        using var first = new TempFolder();
        using var second = new TempFolder();
        var once = Numbers(first, _ => _data);
        Assert.DoesNotContain("not run", once, StringComparison.Ordinal);
        Assert.Equal(once, Numbers(second, _ => _data));

        // Whoever loads data now trains or measures again.
        Assert.Equal(once, Numbers(first, _ => throw new InvalidOperationException()));
    }

    [Fact]
    public void A_network_that_cannot_be_trained_is_not_reproduced_with_the_reason()
    {
        using var folder = new TempFolder();
        var plan = new FeldmanPlan(Tiny, 1, Precision.Float32);
        var calculations = new Calculations(folder.Path, _ => throw new TrainingException("Epoch 1: the loss is NaN."));
        var draw = new FeldmanDraw(plan, new Evidence([]), calculations, 1);
        var error = Assert.Throws<NoEvidenceException>(() => draw.Without(null, random: false));
        Assert.Equal((true, "Epoch 1: the loss is NaN."), (error.IsOfTheNetwork, error.Message));
    }

    [Fact]
    public void Random_examples_are_as_many_as_the_memorized_ones_and_others_for_every_network()
    {
        using var folder = new TempFolder();
        var plan = FeldmanWorld.Plan;
        var evidence = new FeldmanWorld().Evidence(folder, plan);
        var draw = new FeldmanDraw(plan, evidence, evidence.Calculations!, 1);
        var memorized = draw.Experiment(FeldmanScale.MemorizedAt, random: false, 1);
        var (first, second) = (Random(0), Random(1));
        Assert.Equal(Enumerable.Range(0, 50).Select(row => (long)row), memorized.Forget!.Rows); // this world memorizes the first fifty
        Assert.Equal((50, 50), (first.Count, second.Count));
        Assert.NotEqual(first, second);
        Assert.Equal(memorized.Seed, draw.Experiment(null, random: false, 1).Seed);
        Assert.Null(draw.Experiment(null, random: false, 1).Forget);

        IReadOnlyList<long> Random(int repetition) => draw.Experiment(FeldmanScale.MemorizedAt, random: true, repetition).Forget!.Rows;
    }

    public void Dispose() => _data.Dispose();

    private string Numbers(TempFolder folder, Func<DataSpec, DatasetSplits> load)
    {
        var plan = new FeldmanPlan(Tiny, 1, Precision.Float32);
        var store = new RunStore(folder.File("runs"), TimeProvider.System);
        var outcomes = plan.Requests(plan.Claims())
            .Select(request => new RunOutcome(request, Flow.Run(request.Experiment, store, load), null));
        var evidence = new Evidence(outcomes, calculations: new Calculations(folder.File("calculations"), load));
        return string.Join(
            '\n',
            Ledger
                .Of(plan.Claims(), evidence)
                .Findings.Select(finding =>
                    $"{finding.Claim.Id} {finding.Measured?.Value:R} {finding.Measured?.StandardError:R} {finding.Note} {finding.Verdict}"
                )
        );
    }
}
