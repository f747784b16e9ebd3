using Rote.Corruptions;
using Rote.Memorization;
using Rote.Memorization.Tools;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Losses;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Memorization.Tools;

/// <summary>DivideMix against algorithm 1 of Li, Socher and Hoi 2020, step by step.</summary>
[NoTensorLeaks]
public sealed class DivideMixTests : IDisposable
{
    private const int Count = 240;
    private const int Classes = 4;

    private readonly Recipe _recipe = new()
    {
        Epochs = 50,
        BatchSize = 24,
        LearningRate = 0.05,
        WeightDecay = 1e-3,
        HoldOut = 0.1,
        Precision = Precision.Float32,
    };

    private readonly TrainingData _data;

    public DivideMixTests()
    {
        using var images = Samples.Learnable(Count, 40);
        var nearby = new DivideMix().Nearby(_recipe, isColour: false);
        _data = TrainingData.From(images, null, _recipe, HeldOutRows.Draw(Count, _recipe.HoldOut, new Seeds(1)), nearby: nearby);
    }

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(300, 10)]
    [InlineData(50, 10)]
    [InlineData(20, 4)]
    [InlineData(3, 1)]
    public void The_warm_up_is_the_papers_or_a_fifth(int epochs, int warmUp) => Assert.Equal(warmUp, DivideMixTraining.WarmUp(epochs));

    [Fact]
    public void Probabilities_are_sharpened_by_their_squares()
    {
        using var scope = NewDisposeScope();
        var sharp = DivideMixTraining.Sharpened(tensor(new[] { 0.5f, 0.3f, 0.2f }, [1, 3])); // T = 0.5: 25 : 9 : 4
        Assert.Equal([25 / 38f, 9 / 38f, 4 / 38f], sharp.data<float>().ToArray(), Near);
    }

    [Fact]
    public void The_loss_is_the_papers()
    {
        using var scope = NewDisposeScope();
        var targets = tensor(new[] { 1f, 0, 0.5f, 0.5f, 0.2f, 0.8f }, [3, 2]);
        var mixture = new DivideMixture(zeros([3, 1]), targets, 2);
        var p = new[] { 0.9, 0.6, 0.3 }; // of class 0
        var logits = tensor(p.SelectMany(q => new[] { (float)Math.Log(q), (float)Math.Log(1 - q) }).ToArray(), [3, 2]);
        var known = -(Math.Log(0.9) + (0.5 * Math.Log(0.6)) + (0.5 * Math.Log(0.4))) / 2;
        var guessed = ((0.1 * 0.1) + (0.1 * 0.1)) / 2; // mean over classes too, as in the authors' program
        var mean = p.Average();
        var even = 0.5 * (Math.Log(0.5 / mean) + Math.Log(0.5 / (1 - mean)));
        Assert.Equal(known + (25 * guessed) + even, mixture.Loss(logits, 25).item<float>(), 5);
        var all = new DivideMixture(zeros([3, 1]), targets, 3).Loss(logits, 25).item<float>();
        var third = -((0.2 * Math.Log(0.3)) + (0.8 * Math.Log(0.7)));
        Assert.Equal((((2 * known) + third) / 3) + even, all, 5);
    }

    [Fact]
    public void Partners_are_mixed_in_with_their_targets()
    {
        using var scope = NewDisposeScope();
        // Inputs that are their targets stay so, whoever the partner is.
        var (first, second) = (arange(0, 6, 1, float32, CPU).reshape(6, 1), arange(0, 6, 1, float32, CPU).reshape(6, 1));
        var (known, guessed) = (tensor(new long[] { 1, 4 }), tensor(new long[] { 0, 2, 3, 5 }));
        var mixture = DivideMixture.Of([first, second], first, known, guessed, 0.8, new Seeds(1).Stream("test"));
        Assert.Equal([12, 1], mixture.Inputs.shape);
        Assert.Equal(4, mixture.Known);
        Assert.True(mixture.Inputs.allclose(mixture.Targets));
        var whole = DivideMixture.Of([first, second], first, known, guessed, 1, new Seeds(1).Stream("test"));
        Assert.Equal([1f, 4, 1, 4, 0, 2, 3, 5, 0, 2, 3, 5], whole.Inputs.data<float>().ToArray());
        var partners = (mixture.Inputs - (0.8 * whole.Inputs)).div(0.2).data<float>().ToArray();
        Assert.Equal([0f, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5], partners.Order(), Near);
    }

    [Fact]
    public void Until_the_first_division_both_networks_are_trained_plainly()
    {
        using var scope = NewDisposeScope();
        using var first = Network(new Seeds(1));
        using var method = new DivideMix().Create(Setting(first));
        using var peer = Network(new Seeds(new Seeds(1).Number("peer")));
        var batch = Batch(epoch: 10);
        var inputs = _data.Train.At(batch.Rows);
        var logits = first.forward(method.Inputs(inputs, batch));
        Assert.Equal(functional.cross_entropy(logits, batch.Labels).item<float>(), method.Loss(logits, batch).item<float>(), 5);
        functional.cross_entropy(peer.forward(inputs), batch.Labels).backward();
        var trained = method.Tensors.ToDictionary(t => t.Name, t => t.Value);
        foreach (var (name, weight) in peer.named_parameters())
        {
            using var noGrad = no_grad();
            var expected = weight - (method.LearningRate(_recipe, 9) * (weight.grad! + (_recipe.WeightDecay * weight)));
            Assert.True(trained[$"peer.{name}"].allclose(expected, 1e-5, 1e-6), name);
        }
    }

    [Fact]
    public void Each_network_s_labels_are_divided_by_the_losses_of_the_other()
    {
        using var scope = NewDisposeScope();
        using var first = Network(new Seeds(1));
        using var method = new DivideMix().Create(Setting(first));
        var batch = Batch(epoch: 11);
        var count = batch.Labels.shape[0];
        var saved = method.Tensors.ToDictionary(t => t.Name, t => t.Value);
        saved["right-by-first"].fill_(0); // the peer's labels are all guessed
        saved["right-by-peer"].fill_(1); // the first's are all right, and so are its targets
        var mixed = method.Inputs(_data.Train.At(batch.Rows), batch);
        Assert.Equal(2 * count, mixed.shape[0]);

        // The first network's loss by hand: the targets of an example and of its partner are their labels, by the share that is drawn.
        var stream = new Seeds(1).Stream("mixup/11", batch.Step);
        var share = Mixup.Beta(4, stream);
        share = Math.Max(share, 1 - share);
        var order = Enumerable.Range(0, (int)(2 * count)).Select(i => (long)i).ToArray();
        stream.Shuffle(order.AsSpan());
        var logits = first.forward(mixed);
        var labels = cat([batch.Labels, batch.Labels]);
        var own = functional.cross_entropy(logits, labels);
        var partners = functional.cross_entropy(logits, labels.index_select(0, tensor(order)));
        var even = -(logits.softmax(1).mean([0]) * Classes).log().mean();
        var expected = (share * own) + ((1 - share) * partners) + even;
        Assert.Equal(expected.item<float>(), method.Loss(logits, batch).item<float>(), 4);
    }

    [Fact]
    public void What_it_has_of_its_own_is_refused()
    {
        foreach (
            var (other, words) in new (Recipe, string)[]
            {
                (_recipe with { Loss = new GeneralizedCrossEntropy() }, "leave out the loss"),
                (_recipe with { MixupAlpha = 1 }, "leave out mixup"),
                (_recipe with { LabelSmoothing = 0.1 }, "leave out the label smoothing"),
            }
        )
        {
            var refused = Assert.Throws<InputException>(() => new DivideMix().RequireFit(other, new TrueLabels()));
            Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        }

        var pixels = Assert.Throws<InputException>(() => new DivideMix().RequireFit(_recipe, new ShuffledPixels()));
        Assert.Contains("leaves no picture", pixels.Message, StringComparison.Ordinal);
    }

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) < 1e-4;

    private ControlSetting Setting(Module<Tensor, Tensor> first) =>
        new(_data, _recipe, new Seeds(1), Classes, [3, 5])
        {
            Network = first,
            Trained = first,
            Build = Network,
        };

    private TrainingBatch Batch(int epoch)
    {
        var rows = arange(0, 24, 1, int64, CPU);
        return new TrainingBatch(epoch, 0, rows, _data.Train.Labels.index_select(0, rows));
    }

    private static Module<Tensor, Tensor> Network(Seeds seeds) =>
        new Mlp { Hidden = [16] }.Build(new TaskShape(6, 6, 1, Classes), Precision.Float32, seeds);
}
