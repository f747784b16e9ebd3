using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Schedules;

namespace Rote.Tests;

[NoTensorLeaks]
public sealed class StripFlowTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _noise = Samples.Noise(1000, 200);

    private static Experiment Sample =>
        new()
        {
            Data = new DataSpec { Name = "sample" },
            Canaries = new CanaryPlan { Steering = 20, HeldOut = 20 },
            Control = new MemorizationDial { Target = 1 },
            Network = new Mlp { Hidden = [256] },
            Recipe = new Recipe
            {
                Epochs = 40,
                BatchSize = 32,
                AverageDecay = 0.97,
                HoldOut = 0.1,
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
    public void Planted_labels_are_gone_and_the_rest_stays()
    {
        var run = Flow.Run(Sample, Store("a"), _ => _noise);
        var stripped = StripFlow.Run(run, _ => _noise);
        Assert.Equal(run.Summary.Canaries!.SteeringHits + run.Summary.Canaries.HeldOutCanaryHits, stripped.Planted.Before);
        Assert.True(stripped.Planted.Before >= 38, $"{stripped.Planted.Before} of 40 were memorized");
        Assert.InRange(stripped.Planted.After, 0, 4); // chance is a tenth
        Assert.Equal(run.Summary.TrainCount - 40, stripped.Others);
        Assert.InRange(stripped.Agreement().Value, 0.97, 1);
        Assert.Equal((run.Summary.TestCorrect, run.Summary.HeldOutCorrect), (stripped.Test.Before, stripped.HeldOut.Before));
        Assert.InRange(stripped.Epochs, 1, StripFlow.MostEpochs);
    }

    [Fact]
    public void The_same_run_gives_the_same_bits_and_is_not_trained_twice()
    {
        var run = Flow.Run(Sample, Store("a"), _ => _noise);
        var first = StripFlow.Run(run, _ => _noise);
        Assert.Equal(first, StripFlow.Run(run, _ => throw new InvalidOperationException("the data is not needed")));
        Assert.Equal(first, StripFlow.Run(Flow.Run(Sample, Store("b"), _ => _noise), _ => _noise));
        using var weights = Safetensors.Read(Path.Combine(run.Folder, StrippedNetwork.FolderName, "weights.safetensors"));
        Assert.Equal((first.WeightsSha256, first.RunSha256), (weights.Metadata["sha256"], weights.Metadata["strippedFrom"]));
    }

    [Fact]
    public void Stopped_it_keeps_nothing_and_a_damaged_record_is_named()
    {
        var run = Flow.Run(Sample with { Recipe = Sample.Recipe with { Epochs = 12 } }, Store("a"), _ => _noise);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => StripFlow.Run(run, _ => _noise, cancel: stop.Token));
        var record = Path.Combine(run.Folder, StrippedNetwork.FolderName, "stripped.json");
        Assert.False(File.Exists(record));
        StripFlow.Run(run, _ => _noise);
        File.WriteAllText(record, "{");
        Assert.Contains(record, Assert.Throws<InputException>(() => StripFlow.Run(run, _ => _noise)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_canaries_is_refused()
    {
        var run = Flow.Run(
            Sample with
            {
                Control = null,
                Canaries = null,
                Recipe = Sample.Recipe with { Epochs = 1 },
            },
            Store("a"),
            _ => _noise
        );
        Assert.Contains(
            "no canaries",
            Assert.Throws<InputException>(() => StripFlow.Run(run, _ => _noise)).Message,
            StringComparison.Ordinal
        );
    }

    private RunStore Store(string name) => new(_folder.File(name), TimeProvider.System);
}
