using Rote.Audits;
using Rote.Corruptions;
using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Losses;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Tests.Training;

/// <summary>Whole trainings on another device, held against the same on the processor. Nobody has run them on a GPU yet.</summary>
/// <remarks>Both start from the same bits. Sums are taken in another order there: after training counts may differ by a few, and losses in
/// their last digits.</remarks>
[NoTensorLeaks]
public sealed class GpuTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _data = Samples.Learnable(300, 100, side: 12);
    private readonly DatasetSplits _many = Samples.Learnable(1200, 200);

    private static Experiment Sample =>
        new()
        {
            Data = new DataSpec { Name = "sample" },
            Corruption = new PartiallyCorruptedLabels { Probability = 0.2 },
            Network = new Mlp { Hidden = [32] },
            Recipe = new Recipe
            {
                Epochs = 4,
                BatchSize = 32,
                Precision = Precision.Float32,
            },
            Threads = 1,
        };

    public static TheoryData<string> Recipes =>
        ["plain", "average", "adam", "augmented", "mixup", "elr", "selc", "sop", "held out", "bfloat16"];

    public void Dispose()
    {
        _data.Dispose();
        _many.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp-16-16")]
    [InlineData("resnet")]
    [InlineData("small-inception")]
    [InlineData("small-alexnet")]
    public void Every_network_learns_as_on_the_processor(string name)
    {
        var device = TestDevice.Get();
        RequireAlike(Sample with { Network = NetworkCatalog.Find(name), Recipe = Sample.Recipe with { Epochs = 2 } }, device);
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Every_part_of_a_recipe_works_as_on_the_processor(string name)
    {
        var device = TestDevice.Get();
        RequireAlike(Sample with { Recipe = Recipe(name) }, device);
    }

    [Fact]
    public void Dropped_units_are_drawn_there_and_training_goes_well()
    {
        var device = TestDevice.Get();
        var run = Train(
            Sample with
            {
                Network = new Mlp { Hidden = [32], Dropout = 0.2 },
                Recipe = Sample.Recipe with { Epochs = 10 },
            },
            device
        );
        Assert.True(run.History[^1].RunningLoss < 0.8 * run.History[1].RunningLoss);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("average")]
    [InlineData("adam")]
    [InlineData("elr")]
    [InlineData("selc")]
    [InlineData("sop")]
    public void A_run_that_was_stopped_goes_on_from_its_checkpoint(string name)
    {
        var device = TestDevice.Get();
        var experiment = On(device, Sample with { Recipe = Recipe(name) });
        Interruption.After(2, experiment, Store("stopped"), _data);
        var (whole, resumed) = (Flow.Run(experiment, Store("whole"), _ => _data), Flow.Run(experiment, Store("stopped"), _ => _data));
        RequireAlike(whole, resumed);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.0)]
    public void The_dial_steers_as_on_the_processor(double target)
    {
        var device = TestDevice.Get();
        var experiment = Sample with
        {
            Canaries = new CanaryPlan { Steering = 25, HeldOut = 25 },
            Control = new MemorizationDial { Target = target },
            Network = new Mlp { Hidden = [64] },
            Recipe = Sample.Recipe with
            {
                Epochs = 10,
                WeightDecay = 5e-4,
                AverageDecay = 0.97,
                HoldOut = 0.1,
                Schedule = new ConstantSchedule(),
            },
        };
        var (there, here) = (Flow.Run(On(device, experiment), Store("there"), _ => _many), Flow.Run(experiment, Store("here"), _ => _many));
        Assert.InRange(Degree(there) - Degree(here), -0.2, 0.2);

        static double Degree(FinishedRun run) => run.History[^1].Memorization!.Value;
    }

    [Fact]
    public void A_trained_network_answers_on_either_device()
    {
        var run = Train(Sample with { Network = new SmallResNet { Width = 8 } }, TestDevice.Get());
        using var here = TrainedNetwork.Load(run);
        using var there = TrainedNetwork.Load(run, device: TestDevice.Get());
        using var data = EvaluationData.From(here, new NamedData(new DataSpec { Name = "sample" }, _data), EvaluationPart.Test);
        var (own, other) = (NetworkEvaluation.Of(here, data, 1).Predictions, NetworkEvaluation.Of(there, data, 1).Predictions);
        Assert.All(Enumerable.Range(0, own.Count), i => Assert.Equal(own.Loss[i], other.Loss[i], 1e-3));
        Assert.Equal(run.Summary.TestCorrect, Enumerable.Range(0, own.Count).Count(other.IsRight));
    }

    [Fact]
    public void An_audit_ranks_as_on_the_processor()
    {
        var device = TestDevice.Get();
        using var data = AuditData.Of(_data, null, null);
        var plan = AuditPlan.For(new DataSpec { Name = "sample" }, data.Examples, new Mlp { Hidden = [32] }) with { Canaries = 10 };
        plan = plan with { Recipe = plan.Recipe with { Epochs = 4, EvaluateEvery = 4, TestEvery = 4, Precision = Precision.Float32 } };
        var (there, here) = (Run(plan with { Recipe = plan.Recipe with { Device = device } }), Run(plan));
        var agreeing = there.Suspects.Take(50).Select(e => e.Id).Intersect(here.Suspects.Take(50).Select(e => e.Id)).Count();
        Assert.InRange(agreeing, 40, 50);

        AuditResult Run(AuditPlan some) =>
            Audit.Run(
                some,
                data,
                new AuditBudget { Time = AuditBudget.Unlimited, Members = 3 },
                _folder.File($"{some.Recipe.Device.Kind}")
            );
    }

    private static Recipe Recipe(string name) =>
        name switch
        {
            "plain" => Sample.Recipe,
            "average" => Sample.Recipe with { AverageDecay = 0.9, WeightDecay = 1e-3, ClipNorm = 1, LabelSmoothing = 0.1 },
            "adam" => Sample.Recipe with { Optimizer = new Adam(), LearningRate = 0.001 },
            "augmented" => Sample.Recipe with
            {
                Augmentation = new Augmentation
                {
                    CropPadding = 2,
                    HorizontalFlip = true,
                    RotationDegrees = 10,
                    Color = 0.3,
                },
            },
            "mixup" => Sample.Recipe with { MixupAlpha = 0.5 },
            "elr" => Sample.Recipe with { Loss = new EarlyLearningRegularization() },
            "selc" => Sample.Recipe with { Loss = new SelfEnsembleLabelCorrection() },
            "sop" => Sample.Recipe with { Loss = new SparseOverparameterization() },
            "held out" => Sample.Recipe with { HoldOut = 0.2, Patience = 2 },
            "bfloat16" => Sample.Recipe with { Precision = Precision.BFloat16 },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };

    private static Experiment On(ComputeDevice device, Experiment experiment) =>
        experiment with
        {
            Recipe = experiment.Recipe with { Device = device },
        };

    private RunStore Store(string name) => new(_folder.File(name), TimeProvider.System);

    private FinishedRun Train(Experiment experiment, ComputeDevice device) => Flow.Run(On(device, experiment), Store("there"), _ => _data);

    private void RequireAlike(Experiment experiment, ComputeDevice device) =>
        RequireAlike(Flow.Run(experiment, Store("here"), _ => _data), Train(experiment, device));

    private static void RequireAlike(FinishedRun here, FinishedRun there)
    {
        Assert.Equal(here.History.Count, there.History.Count);
        Assert.Equal(here.History[0].TrainAccuracy!.Value, there.History[0].TrainAccuracy!.Value, 2.0 / here.Summary.TrainCount);
        Assert.Equal(here.History[1].RunningLoss!.Value, there.History[1].RunningLoss!.Value, 0.02);
        Assert.Equal(here.History[^1].RunningLoss!.Value, there.History[^1].RunningLoss!.Value, 0.1);
        Assert.Equal(
            (here.Summary.TrainCount, here.Summary.TestCount, here.Summary.ChangedCount, here.Summary.HeldOutCount),
            (there.Summary.TrainCount, there.Summary.TestCount, there.Summary.ChangedCount, there.Summary.HeldOutCount)
        );
        Assert.Equal(here.Summary.Parameters, there.Summary.Parameters);
    }
}
