using Rote.Corruptions;
using Rote.Memorization;
using Rote.Memorization.Tools;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Losses;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Memorization.Tools;

/// <summary>Co-teaching against algorithm 1 of Han et al. 2018, step by step.</summary>
[NoTensorLeaks]
public sealed class CoTeachingTests : IDisposable
{
    private const int Count = 240;
    private const int Classes = 4;

    private readonly Recipe _recipe = new()
    {
        Epochs = 20,
        BatchSize = 24,
        LearningRate = 0.05,
        WeightDecay = 1e-3,
        HoldOut = 0.1,
        Precision = Precision.Float32,
    };

    private readonly TrainingData _data;

    public CoTeachingTests()
    {
        using var images = Samples.Learnable(Count, 40);
        var truth = images.Train.Labels.data<long>().ToArray();
        long[] given = [.. truth.Select((label, row) => row % 4 == 0 ? (label + 1) % Classes : label)];
        using var labels = tensor(given, int64);
        using var wrong = images.Train.With(labels: labels);
        var rows = HeldOutRows.Draw(Count, _recipe.HoldOut, new Seeds(1));
        _data = TrainingData.From(images with { Train = wrong }, null, _recipe, rows, truth);
    }

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(128, 1, 0.4, 123)] // 128 · (1 − 0.04) = 122.9
    [InlineData(128, 5, 0.4, 102)] // 128 · 0.8 = 102.4
    [InlineData(128, 10, 0.4, 77)] // 128 · 0.6 = 76.8
    [InlineData(128, 200, 0.4, 77)]
    [InlineData(128, 50, 0, 128)]
    [InlineData(1, 50, 0.9, 1)]
    public void The_share_kept_falls_over_ten_epochs_to_that_of_right_labels(int batch, int epoch, double wrong, int kept) =>
        Assert.Equal(kept, CoTeachingTraining.Kept(batch, epoch, wrong));

    [Fact]
    public void Each_network_is_trained_on_what_is_easiest_for_the_other()
    {
        using var scope = NewDisposeScope();
        using var first = Network(new Seeds(1));
        using var method = new CoTeaching().Create(Setting);
        using var peer = Network(new Seeds(new Seeds(1).Number("peer")));
        var rows = arange(0, 24, 1, int64, CPU);
        var batch = new TrainingBatch(10, 0, rows, _data.Train.Labels.index_select(0, rows));
        var inputs = _data.Train.At(rows);

        var logits = first.forward(method.Inputs(inputs, batch));
        var loss = method.Loss(logits, batch);

        // By hand: losses, sorted, the smallest of the one for the other.
        var wrong = 1 - ((double)_data.Train.CleanCount / _data.Train.Count);
        var kept = (int)Math.Round(24 * (1 - wrong));
        Assert.InRange(kept, 15, 21);
        var labels = batch.Labels.data<long>().ToArray();
        var (own, other) = (Losses(logits, labels), Losses(peer.forward(inputs), labels));
        Assert.Equal(Smallest(other, kept).Average(i => own[i]), loss.item<float>(), 5);

        // The peer's first step of SGD: the gradient of its mean loss on what the first finds easiest, and the weight decay.
        var chosen = tensor(Smallest(own, kept).Select(i => (long)i).ToArray(), int64);
        functional.cross_entropy(peer.forward(inputs).index_select(0, chosen), batch.Labels.index_select(0, chosen)).backward();
        var trained = method.Tensors.ToDictionary(t => t.Name, t => t.Value);
        foreach (var (name, weight) in peer.named_parameters())
        {
            using var noGrad = no_grad();
            var rate = method.LearningRate(_recipe, 9);
            var expected = weight - (rate * (weight.grad! + (_recipe.WeightDecay * weight)));
            Assert.True(trained[$"peer.{name}"].allclose(expected, 1e-5, 1e-6), name);
        }
    }

    [Fact]
    public void Without_wrong_labels_it_is_plain_training()
    {
        using var scope = NewDisposeScope();
        using var images = Samples.Learnable(Count, 40);
        using var right = TrainingData.From(images, null, _recipe, HeldOutRows.Draw(Count, _recipe.HoldOut, new Seeds(1)));
        using var network = Network(new Seeds(1));
        using var method = new CoTeaching().Create(Setting with { Data = right });
        var rows = arange(0, 24, 1, int64, CPU);
        var batch = new TrainingBatch(30, 0, rows, right.Train.Labels.index_select(0, rows));
        var logits = network.forward(method.Inputs(right.Train.At(rows), batch));
        Assert.Equal(functional.cross_entropy(logits, batch.Labels).item<float>(), method.Loss(logits, batch).item<float>(), 5);
    }

    [Fact]
    public void What_it_has_of_its_own_is_refused()
    {
        var corruption = new TrueLabels();
        Assert.Contains(
            "leave out the loss",
            Assert
                .Throws<InputException>(() =>
                    new CoTeaching().RequireFit(_recipe with { Loss = new GeneralizedCrossEntropy() }, corruption)
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "leave out mixup",
            Assert.Throws<InputException>(() => new CoTeaching().RequireFit(_recipe with { MixupAlpha = 1 }, corruption)).Message,
            StringComparison.Ordinal
        );
    }

    private ControlSetting Setting => new(_data, _recipe, new Seeds(1), Classes, [3, 5]) { Build = Network };

    private static Module<Tensor, Tensor> Network(Seeds seeds) =>
        new Mlp { Hidden = [16] }.Build(new TaskShape(6, 6, 1, Classes), Precision.Float32, seeds);

    private static double[] Losses(Tensor logits, long[] labels)
    {
        var values = logits.detach().data<float>().ToArray();
        return
        [
            .. labels.Select(
                (label, i) =>
                {
                    var row = values.AsSpan(i * Classes, Classes).ToArray();
                    return Math.Log(row.Sum(x => Math.Exp(x))) - row[label];
                }
            ),
        ];
    }

    private static int[] Smallest(double[] losses, int kept) => [.. Enumerable.Range(0, losses.Length).OrderBy(i => losses[i]).Take(kept)];
}
