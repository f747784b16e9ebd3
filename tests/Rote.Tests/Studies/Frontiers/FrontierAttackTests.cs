using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Studies.Frontiers;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Schedules;

namespace Rote.Tests.Studies.Frontiers;

[NoTensorLeaks]
public sealed class FrontierAttackTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _noise = Samples.Noise(600, 100);

    public void Dispose()
    {
        _noise.Dispose();
        _folder.Dispose();
    }

    /// <summary>Random labels can be known by rote alone: at m = 1 every member is told, from a network that hardly trained none.</summary>
    [Fact]
    public void Members_are_told_at_full_memorization_and_not_from_an_untrained_network()
    {
        var plan = Plan(1, epochs: 40);
        var most = Attack(plan);
        Assert.True(most.All.Auc.Value > 0.97, $"{most.All.Auc}");
        Assert.True(most.Canaries.Auc.Value > 0.97, $"{most.Canaries.Auc}");
        Assert.True(most.Rare!.Members > 0);
        var none = Attack(Plan(1, epochs: 1, learningRate: 1e-7));
        Assert.InRange(none.All.Auc.Value, 0.46, 0.54);
    }

    /// <summary>Two networks with a gate: at 1 every member is told, at the least degree hardly one; a degree out of reach is left
    /// out.</summary>
    [Fact]
    public void Two_networks_are_attacked_at_every_degree_that_all_of_them_reach()
    {
        var plan = Plan(1, epochs: 60) with { Tools = [FrontierTool.Find("adjustable")], Targets = [0.2, 0.6, 1] };
        var store = new RunStore(_folder.File("runs"), TimeProvider.System);
        var cells = plan.AttackCells();
        Assert.Equal([null, null, null, null], cells.Select(cell => cell.Target));
        var runs = cells.Select(cell => (cell, Flow.Run(cell.Experiment, store, _ => _noise))).ToArray();
        var attack = Assert.Single(FrontierAttack.Of(runs, plan.Targets, _ => _noise));
        Assert.Equal("adjustable", attack.Tool);
        Assert.Equal(plan.Targets, attack.Degrees.Select(degree => degree.Asked));
        Assert.All(attack.Degrees, degree => Assert.Equal(degree.Asked, degree.Memorization.Value, 0.03)); // 60 canaries or fewer
        Assert.True(attack.Degrees[^1].All.Auc.Value > 0.97, $"{attack.Degrees[^1].All.Auc}");
        Assert.True(attack.Degrees[0].All.Auc.Value < attack.Degrees[1].All.Auc.Value);
        var some = FrontierAttack.Of(runs, [0.6, 7], _ => _noise);
        Assert.Equal([0.6], some[0].Degrees.Select(degree => degree.Asked));
        Assert.Throws<InputException>(() => FrontierAttack.Of(runs, [7], _ => _noise));
    }

    [Fact]
    public void Both_tools_are_attacked_where_both_are_chosen_and_the_dial_where_neither_is()
    {
        var plan = Plan(1, epochs: 3) with { Targets = [0.1, 1] };
        var both = plan with { Tools = [FrontierTool.Find("elr"), FrontierTool.Find("dial"), FrontierTool.Find("adjustable")] };
        Assert.Equal((8, 4), (Cells(both, "dial"), Cells(both, "adjustable")));
        var neither = plan with { Tools = [FrontierTool.Find("elr")] };
        Assert.Equal((8, 0), (Cells(neither, "dial"), Cells(neither, "adjustable")));

        static int Cells(FrontierPlan plan, string tool) => plan.AttackCells().Count(cell => cell.Tool.Name == tool);
    }

    [Fact]
    public void Halves_share_their_data_and_differ_in_their_coins()
    {
        var cells = Plan(1, epochs: 1).AttackCells();
        Assert.Equal([0, 1, 2, 3], cells.Select(cell => cell.Number));
        Assert.Equal(4, cells.Select(cell => cell.Experiment.Identity).Distinct().Count());
        using var a = RunInputs.Prepare(cells[0].Experiment, _ => _noise);
        using var b = RunInputs.Prepare(cells[1].Experiment, _ => _noise);
        Assert.Equal(a.Rows!.HeldOut, b.Rows!.HeldOut);
        Assert.Equal(a.Data.Canaries!.Steering, b.Data.Canaries!.Steering);
        Assert.Equal(a.Data.Images.Train.Labels.data<long>().ToArray(), b.Data.Images.Train.Labels.data<long>().ToArray());
        Assert.NotEqual(a.Rows.Kept, b.Rows.Kept);
        Assert.InRange(a.Rows.Kept.Length, 220, 360); // half of 540, and the steering canaries
        Assert.All(a.Data.Canaries.Steering, canary => Assert.Contains(canary.Row, a.Rows.Kept));
        Assert.All(a.Data.Canaries.LeftOut, canary => Assert.DoesNotContain(canary.Row, a.Rows.Kept));
    }

    [Fact]
    public void Too_few_networks_are_refused()
    {
        Assert.Contains(
            "4 or more",
            Assert.Throws<InputException>(() => Plan(1, 1) with { AttackNetworks = 3 }).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no degree has as many",
            Assert.Throws<InputException>(() => FrontierAttack.Of([], [1], _ => _noise)).Message,
            StringComparison.Ordinal
        );
    }

    // With two one network in two had no held-out canary, or all, and was trained for nothing.
    [Fact]
    public void Too_few_canaries_are_refused_before_anything_is_trained()
    {
        var few = Plan(1, 1) with
        {
            Canaries = new CanaryPlan { Steering = 20, HeldOut = 7 },
        };
        Assert.Contains("7 are too few", Assert.Throws<InputException>(few.AttackCells).Message, StringComparison.Ordinal);
        Assert.NotEmpty(
            (
                few with
                {
                    Canaries = new CanaryPlan { Steering = 20, HeldOut = 8 },
                }
            ).AttackCells()
        );
    }

    private AttackedDegree Attack(FrontierPlan plan)
    {
        var store = new RunStore(_folder.File("runs"), TimeProvider.System);
        var runs = plan.AttackCells().Select(cell => (cell, Flow.Run(cell.Experiment, store, _ => _noise))).ToArray();
        var attack = Assert.Single(FrontierAttack.Of(runs, plan.Targets, _ => _noise));
        Assert.False(attack.IsOnline);
        return Assert.Single(attack.Degrees);
    }

    private static FrontierPlan Plan(double target, int epochs, double learningRate = 0.01) =>
        new()
        {
            Data = new DataSpec { Name = "sample" },
            Corruption = new TrueLabels(),
            Network = new Mlp { Hidden = [256] },
            Recipe = new Recipe
            {
                Epochs = epochs,
                BatchSize = 32,
                AverageDecay = 0.9,
                HoldOut = 0.1,
                LearningRate = learningRate,
                Schedule = new ConstantSchedule(),
                Precision = Precision.Float32,
            },
            Examples = 600,
            Canaries = new CanaryPlan { Steering = 20, HeldOut = 20 },
            Tools = [FrontierTool.Find("dial")],
            Targets = [target],
            AttackNetworks = 4,
        };
}
