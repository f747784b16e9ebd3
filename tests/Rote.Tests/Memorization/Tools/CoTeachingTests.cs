using Rote.Corruptions;
using Rote.Memorization.Tools;
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
    private const int Classes = SmallTraining.Classes;

    private readonly SmallTraining _world = new(epochs: 20, wrong: true);

    public void Dispose() => _world.Dispose();

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
        using var first = SmallTraining.Network(new Seeds(1));
        using var method = new CoTeaching().Create(_world.Setting());
        using var peer = SmallTraining.Network(new Seeds(new Seeds(1).Number("peer")));
        var rows = arange(0, 24, 1, int64, CPU);
        var batch = new TrainingBatch(10, 0, rows, _world.Data.Train.Labels.index_select(0, rows));
        var inputs = _world.Data.Train.At(rows);

        var logits = first.forward(method.Inputs(inputs, batch));
        var loss = method.Loss(logits, batch);

        // By hand: losses, sorted, the smallest of the one for the other.
        var wrong = 1 - ((double)_world.Data.Train.CleanCount / _world.Data.Train.Count);
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
            var rate = method.LearningRate(_world.Recipe, 9);
            var expected = weight - (rate * (weight.grad! + (_world.Recipe.WeightDecay * weight)));
            Assert.True(trained[$"peer.{name}"].allclose(expected, 1e-5, 1e-6), name);
        }
    }

    [Fact]
    public void Without_wrong_labels_it_is_plain_training()
    {
        using var scope = NewDisposeScope();
        using var images = Samples.Learnable(240, 40);
        using var right = TrainingData.From(images, null, _world.Recipe, HeldOutRows.Draw(240, _world.Recipe.HoldOut, new Seeds(1)));
        using var network = SmallTraining.Network(new Seeds(1));
        using var method = new CoTeaching().Create(_world.Setting() with { Data = right });
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
                    new CoTeaching().RequireFit(_world.Recipe with { Loss = new GeneralizedCrossEntropy() }, corruption)
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "leave out mixup",
            Assert.Throws<InputException>(() => new CoTeaching().RequireFit(_world.Recipe with { MixupAlpha = 1 }, corruption)).Message,
            StringComparison.Ordinal
        );
    }

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
