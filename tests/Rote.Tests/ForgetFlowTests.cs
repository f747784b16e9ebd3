using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Schedules;

namespace Rote.Tests;

[NoTensorLeaks]
public sealed class ForgetFlowTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _noise = Samples.Noise(1000, 200);

    /// <summary>Random pictures with random labels: whatever is known of a training example is known by rote.</summary>
    private static Experiment Sample =>
        new()
        {
            Data = new DataSpec { Name = "sample" },
            Network = new Mlp { Hidden = [256] },
            Recipe = new Recipe
            {
                Epochs = 30,
                BatchSize = 32,
                HoldOut = 0.2,
                Schedule = new ConstantSchedule(),
                Precision = Precision.Float32,
            },
            Threads = 1,
        };

    public void Dispose()
    {
        _noise.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_attack_finds_the_examples_before_and_not_after_and_the_rest_stays()
    {
        var (run, plan) = Plan(Store("a"));
        var (after, forgotten) = ForgetFlow.Run(plan, Store("a"), _ => _noise, retrains: true);
        Assert.NotEqual(run.Folder, after.Folder);
        Assert.True(forgotten.Before.Auc.Value > 0.95, $"before {forgotten.Before.Auc}");
        Assert.True(Math.Abs(forgotten.After.Auc.Value - 0.5) < 0.15, $"{forgotten}"); // 40 against 100: a standard error of 0.05
        Assert.True(forgotten.GivenLabel.Before >= 38, $"{forgotten.GivenLabel.Before} of 40 were known");
        Assert.InRange(forgotten.GivenLabel.After, 0, 14); // a tenth is chance
        Assert.InRange(forgotten.Agreement().Value, 0.97, 1);
        Assert.Equal(100, forgotten.Before.Others);
        Assert.NotNull(forgotten.Before.AtOnePercent);
        Assert.Null(forgotten.Before.AtOnePerMille);

        // What was never seen cannot be found.
        Assert.InRange(forgotten.Retrained!.Attack.Auc.Value, 0.35, 0.65);
        Assert.InRange(forgotten.Retrained.GivenLabel, 0, 14);
        Assert.Equal(forgotten, ForgottenExamples.Find(after.Folder)! with { });
    }

    [Fact]
    public void Stopped_and_gone_on_with_it_ends_with_the_same_bits_and_leaves_the_run_alone()
    {
        var (run, plan) = Plan(Store("a"));
        var weights = File.ReadAllBytes(Path.Combine(run.Folder, "weights.safetensors"));
        var whole = ForgetFlow.Run(plan, Store("a"), _ => _noise);
        var (_, other) = Plan(Store("b"));
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            ForgetFlow.Run(
                other,
                Store("b"),
                _ => _noise,
                train: experiment =>
                {
                    if (experiment == other.Forgetting)
                    {
                        stop.Cancel();
                    }

                    return Flow.Run(experiment, Store("b"), _ => _noise, null, stop.Token);
                }
            )
        );
        var again = ForgetFlow.Run(other, Store("b"), _ => _noise);
        Assert.Equal(whole.Forgotten, again.Forgotten);
        Assert.Equal(weights, File.ReadAllBytes(Path.Combine(run.Folder, "weights.safetensors")));
        Assert.Equal(whole.Forgotten, ForgetFlow.Run(plan, Store("a"), _ => _noise).Forgotten);
    }

    [Fact]
    public void Canaries_are_forgotten_too()
    {
        var experiment = Sample with
        {
            Canaries = new CanaryPlan { Steering = 20, HeldOut = 20 },
            Control = new Rote.Memorization.Tools.WatchedMemorization(),
        };
        var run = Flow.Run(experiment, Store("a"), _ => _noise);
        using var inputs = RunInputs.Prepare(experiment, _ => _noise);
        long[] canaries = [.. inputs.Data.Canaries!.All.Select(canary => canary.Row)];
        var (after, forgotten) = ForgetFlow.Run(ForgetPlan.Of(run, canaries, _ => _noise), Store("a"), _ => _noise);
        Assert.True(run.Summary.Certificate()!.HeldOut.Memorization > 0.9);
        Assert.Equal((40, 40), (forgotten.Examples, forgotten.GivenLabel.Before));
        Assert.InRange(forgotten.GivenLabel.After, 0, 14);
        Assert.Null(after.Summary.Canaries); // what is forgotten says nothing of what is memorized

        // To compare with, the run is trained without them, and then nothing is left to watch; with fewer there is.
        var error = Assert.Throws<InputException>(() =>
            ForgetFlow.Run(
                ForgetPlan.Of(run, canaries, _ => _noise),
                Store("b"),
                _ => _noise,
                retrains: true,
                train: _ => throw new InvalidOperationException("Refused before anything is trained.")
            )
        );
        Assert.EndsWith(": forget fewer.", error.Message, StringComparison.Ordinal);
        var fewer = ForgetFlow.Run(ForgetPlan.Of(run, canaries[..4], _ => _noise), Store("a"), _ => _noise, retrains: true);
        Assert.NotNull(fewer.Forgotten.Retrained);
        var left = fewer.Run.Summary.Canaries!;
        Assert.Equal(36, left.SteeringCount + left.HeldOutCanaryCount);
        Assert.True(left.HeldOut.Value > 0.9); // the others are still known
    }

    [Theory]
    [InlineData("empty", "empty")]
    [InlineData("outside", "1,000 is none of their numbers")]
    [InlineData("below", "-1 is none of their numbers")]
    [InlineData("adjustable", "two networks")]
    [InlineData("heldOut", "held out")]
    [InlineData("all", "names all")]
    [InlineData("again", "already")]
    [InlineData("engine", "engine")]
    public void What_cannot_be_forgotten_is_refused_in_one_sentence(string kind, string words)
    {
        var run = Flow.Run(Sample with { Recipe = Sample.Recipe with { Epochs = 1 } }, Store("a"), _ => _noise);
        using var inputs = RunInputs.Prepare(run.Experiment, _ => _noise);
        var (kept, heldOut) = (inputs.Rows!.Kept, inputs.Rows.HeldOut);
        long[] rows = kind switch
        {
            "empty" => [],
            "outside" => [kept[0], 1000],
            "below" => [-1, kept[0]],
            "heldOut" => [kept[0], heldOut[0]],
            "all" => kept,
            _ => [kept[0]],
        };
        var asked =
            kind == "again" ? run with { Experiment = run.Experiment with { Forget = new ForgottenRows { Rows = [1] } } }
            : kind == "adjustable"
                ? run with
                {
                    Experiment = run.Experiment with { Control = new Rote.Memorization.AdjustableMemorization() },
                }
            : kind == "engine" ? run with { Experiment = run.Experiment with { Engine = 1 } }
            : run;
        var message = Assert.Throws<InputException>(() => ForgetPlan.Of(asked, rows, _ => _noise)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.DoesNotContain("--", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_another_engine_is_trained_again_and_then_forgets()
    {
        var sample = Sample with { Recipe = Sample.Recipe with { Epochs = 1 } };
        var old = Flow.Run(sample, Store("a"), _ => _noise);
        using var inputs = RunInputs.Prepare(old.Experiment, _ => _noise);
        long[] rows = [inputs.Rows!.Kept[0]];
        var asked = old with { Experiment = old.Experiment with { Engine = 1 } };
        var error = Assert.Throws<InputException>(() => ForgetPlan.Of(asked, rows, _ => _noise));
        Assert.EndsWith(": train it again, then forget.", error.Message, StringComparison.Ordinal);

        var again = Flow.Run(sample, Store("b"), _ => _noise);
        Assert.Equal(1, ForgetFlow.Run(ForgetPlan.Of(again, rows, _ => _noise), Store("b"), _ => _noise).Forgotten.Examples);
    }

    private (FinishedRun Run, ForgetPlan Plan) Plan(RunStore store)
    {
        var run = Flow.Run(Sample, store, _ => _noise);
        using var inputs = RunInputs.Prepare(Sample, _ => _noise);
        return (run, ForgetPlan.Of(run, inputs.Rows!.Kept.Take(40).ToArray(), _ => _noise));
    }

    private RunStore Store(string name) => new(_folder.File(name), TimeProvider.System);
}
