using Rote.Corruptions;
using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;

namespace Rote.Tests.Evaluation;

[NoTensorLeaks]
public sealed class NoiseRateTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _data = Samples.Learnable(1200, 100);

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void The_share_of_wrong_labels_is_found_by_networks_that_know_the_rule(double corrupted)
    {
        var runs = new[] { 6, 8 }.Select(epochs => Train(corrupted, epochs)).ToArray();
        var noise = NoiseRate.Of(runs, _ => _data);

        // A changed label is any class, the true one too: three quarters of four.
        var truth = corrupted * 3 / 4;
        Assert.InRange(truth, noise.Share.Value - (3 * noise.Share.StandardError), noise.Share.Value + (3 * noise.Share.StandardError));
        Assert.InRange(noise.Share.StandardError, 0.001, 0.08);
        Assert.True(noise.IsLevel);
    }

    [Fact]
    public void Without_examples_held_out_it_is_refused()
    {
        var run = Flow.Run(
            Sample(0, 1) with
            {
                Recipe = Sample(0, 1).Recipe with { HoldOut = 0 },
            },
            new RunStore(_folder.File("a"), TimeProvider.System),
            _ => _data
        );
        Assert.Contains("held out", Assert.Throws<InputException>(() => NoiseRate.Of([run], _ => _data)).Message, StringComparison.Ordinal);
    }

    private static Experiment Sample(double corrupted, int epochs) =>
        new()
        {
            Data = new DataSpec { Name = "sample" },
            Corruption = new PartiallyCorruptedLabels { Probability = corrupted },
            Network = new Mlp { Hidden = [32] },
            Recipe = new Recipe
            {
                Epochs = epochs,
                BatchSize = 32,
                LearningRate = 0.02,
                HoldOut = 0.3,
                Precision = Precision.Float32,
            },
            Threads = 1,
        };

    private FinishedRun Train(double corrupted, int epochs) =>
        Flow.Run(Sample(corrupted, epochs), new RunStore(_folder.File("a"), TimeProvider.System), _ => _data);
}
