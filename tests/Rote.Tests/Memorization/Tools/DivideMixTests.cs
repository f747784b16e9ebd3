using Rote.Corruptions;
using Rote.Memorization;
using Rote.Memorization.Tools;
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
    private const int Classes = SmallTraining.Classes;

    private readonly SmallTraining _world = new(epochs: 50, nearby: new DivideMix().Nearby(new Recipe(), isColour: false));

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(300, 10)]
    [InlineData(50, 10)]
    [InlineData(20, 4)]
    [InlineData(3, 1)]
    public void The_warm_up_is_the_papers_or_a_fifth(int epochs, int warmUp) => Assert.Equal(warmUp, DivideMix.WarmUp(epochs));

    [Theory]
    [InlineData(63, 11)] // 2 · 2 + 9 · 6.53 = 62.8
    [InlineData(62, 10)] // 2 · 2 + 8 · 6.53 = 56.3
    [InlineData(1959, 306)] // 10 · 2 + 296 · 6.53 = 1953.9: near the paper's
    [InlineData(1, 2)]
    public void It_has_as_many_epochs_as_plain_training_can_pay(int plain, int epochs) =>
        Assert.Equal(epochs, DivideMix.EpochsAtCost(plain));

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
        var mixture = new DivideMixture(zeros([3, 1]), targets, tensor(new long[] { 0, 1 }), tensor(new long[] { 2 }));
        var p = new[] { 0.9, 0.6, 0.3 }; // of class 0
        var logits = tensor(p.SelectMany(q => new[] { (float)Math.Log(q), (float)Math.Log(1 - q) }).ToArray(), [3, 2]);
        var known = -(Math.Log(0.9) + (0.5 * Math.Log(0.6)) + (0.5 * Math.Log(0.4))) / 2;
        var guessed = ((0.1 * 0.1) + (0.1 * 0.1)) / 2; // mean over classes too, as in the authors' program
        var mean = p.Average();
        var even = 0.5 * (Math.Log(0.5 / mean) + Math.Log(0.5 / (1 - mean)));
        Assert.Equal(known + (25 * guessed) + even, mixture.Loss(logits, 25).item<float>(), 5);
        var none = zeros([0], int64);
        var all = new DivideMixture(zeros([3, 1]), targets, arange(3, int64), none).Loss(logits, 25).item<float>();
        var third = -((0.2 * Math.Log(0.3)) + (0.8 * Math.Log(0.7)));
        Assert.Equal((((2 * known) + third) / 3) + even, all, 5);
        var only = new DivideMixture(zeros([3, 1]), targets, none, arange(3, int64)).Loss(logits, 25).item<float>();
        Assert.Equal((25 * (0.01 + 0.01 + 0.01 + 0.01 + 0.01 + 0.01) / 6) + even, only, 5);
    }

    [Fact]
    public void Partners_are_mixed_in_with_their_targets()
    {
        using var scope = NewDisposeScope();
        // Inputs that are their targets stay so, whoever the partner is.
        var (first, second) = (arange(0, 6, 1, float32, CPU).reshape(6, 1), arange(0, 6, 1, float32, CPU).reshape(6, 1));
        var isRight = tensor(new[] { false, true, false, false, true, false });
        var mixture = DivideMixture.Of([first, second], first, isRight, 0.8, new Seeds(1).Stream("test"));
        Assert.Equal([12, 1], mixture.Inputs.shape);
        Assert.Equal([1L, 4, 7, 10], mixture.Known.data<long>().ToArray());
        Assert.Equal([0L, 2, 3, 5, 6, 8, 9, 11], mixture.Guessed.data<long>().ToArray());
        Assert.True(mixture.Inputs.allclose(mixture.Targets));
        var whole = DivideMixture.Of([first, second], first, isRight, 1, new Seeds(1).Stream("test"));
        Assert.Equal([0f, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], whole.Inputs.data<float>().ToArray());
        var partners = (mixture.Inputs - (0.8 * whole.Inputs)).div(0.2).data<float>().ToArray();
        Assert.Equal([0f, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5], partners.Order(), Near);
    }

    [Fact]
    public void Until_the_first_division_both_networks_are_trained_plainly()
    {
        using var scope = NewDisposeScope();
        using var first = SmallTraining.Network(new Seeds(1));
        using var method = new DivideMix().Create(_world.Setting(first));
        using var peer = SmallTraining.Network(new Seeds(new Seeds(1).Number("peer")));
        var batch = _world.Batch(epoch: 10);
        var inputs = _world.Data.Train.At(batch.Rows);
        var logits = first.forward(method.Inputs(inputs, batch));
        Assert.Equal(functional.cross_entropy(logits, batch.Labels).item<float>(), method.Loss(logits, batch).item<float>(), 5);
        functional.cross_entropy(peer.forward(inputs), batch.Labels).backward();
        var trained = method.Tensors.ToDictionary(t => t.Name, t => t.Value);
        foreach (var (name, weight) in peer.named_parameters())
        {
            using var noGrad = no_grad();
            var expected = weight - (method.LearningRate(_world.Recipe, 9) * (weight.grad! + (_world.Recipe.WeightDecay * weight)));
            Assert.True(trained[$"peer.{name}"].allclose(expected, 1e-5, 1e-6), name);
        }
    }

    [Fact]
    public void A_step_of_both_networks_is_the_papers()
    {
        using var scope = NewDisposeScope();
        using var first = SmallTraining.Network(new Seeds(1));
        using var method = new DivideMix().Create(_world.Setting(first));
        var seeds = new[] { new Seeds(1), new Seeds(new Seeds(1).Number("peer")) };
        using var peer = SmallTraining.Network(seeds[1]);
        var batch = _world.Batch(epoch: 15); // the fifth that is divided, and λ_u 25 · 4 / 16
        var saved = method.Tensors.ToDictionary(t => t.Name, t => t.Value);
        saved["right-by-peer"].copy_(arange(saved["right-by-peer"].shape[0]).remainder(5) / 4); // 0, ¼, ½, ¾, 1
        saved["right-by-first"].copy_(arange(saved["right-by-first"].shape[0]).remainder(3) / 2.5); // 0, 0.4, 0.8
        var views = Array.ConvertAll(seeds, View);

        var mixed = method.Inputs(_world.Data.Train.At(batch.Rows), batch);
        var logits = first.forward(mixed);
        var loss = method.Loss(logits, batch);

        var (inputs, targets, isRight) = ByHand(first, peer, views, saved["right-by-peer"], seeds[0], batch);
        Assert.True(inputs.allclose(mixed, 1e-5, 1e-6));
        Assert.Equal(LossByHand(first.forward(inputs), targets, isRight).item<float>(), loss.item<float>(), 4);

        (inputs, targets, isRight) = ByHand(peer, first, views, saved["right-by-first"], seeds[1], batch);
        LossByHand(peer.forward(inputs), targets, isRight).backward();
        foreach (var (name, weight) in peer.named_parameters())
        {
            using var noGrad = no_grad();
            var expected = weight - (method.LearningRate(_world.Recipe, 14) * (weight.grad! + (_world.Recipe.WeightDecay * weight)));
            Assert.True(saved[$"peer.{name}"].allclose(expected, 1e-4, 1e-6), name);
        }

        Tensor View(Seeds of)
        {
            using var copies = new AugmentedCopies(_world.Data, of);
            copies.Begin(15);
            return copies.Of(batch.Rows);
        }
    }

    [Fact]
    public void Labels_are_divided_by_each_network_s_losses_from_the_end_of_the_warm_up_on()
    {
        using var scope = NewDisposeScope();
        using var state = new TrainingState(() => SmallTraining.Network(new Seeds(1)), _world.Recipe);
        using var method = new DivideMix().Create(_world.Setting(state.Network));
        using var peer = SmallTraining.Network(new Seeds(new Seeds(1).Number("peer")));
        var saved = method.Tensors.ToDictionary(t => t.Name, t => t.Value);
        method.Evaluated(state, Metrics(9));
        Assert.Equal(1, saved["right-by-first"].min().item<float>());
        method.Evaluated(state, Metrics(10));
        foreach (var (name, network) in new[] { ("right-by-first", state.Network), ("right-by-peer", peer) })
        {
            var losses = functional.cross_entropy(
                network.forward(_world.Data.Train.At(arange(_world.Data.Train.Count, int64))),
                _world.Data.Train.Labels,
                reduction: Reduction.None
            );
            Assert.Equal(LossDivision.Right(losses.data<float>().ToArray()), saved[name].data<float>().ToArray(), Near);
        }

        using (no_grad())
        {
            saved["peer.layers.0.weight"].fill_(float.NaN);
        }

        Assert.Throws<TrainingException>(() => method.Evaluated(state, Metrics(11)));

        static EpochMetrics Metrics(int epoch) =>
            new()
            {
                Epoch = epoch,
                LearningRate = 0.05,
                Seconds = 0,
            };
    }

    [Fact]
    public void What_it_has_of_its_own_is_refused()
    {
        foreach (
            var (other, words) in new (Recipe, string)[]
            {
                (_world.Recipe with { Loss = new GeneralizedCrossEntropy() }, "leave out the loss"),
                (_world.Recipe with { MixupAlpha = 1 }, "leave out mixup"),
                (_world.Recipe with { LabelSmoothing = 0.1 }, "leave out the label smoothing"),
            }
        )
        {
            var refused = Assert.Throws<InputException>(() => new DivideMix().RequireFit(other, new TrueLabels()));
            Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        }

        var pixels = Assert.Throws<InputException>(() => new DivideMix().RequireFit(_world.Recipe, new ShuffledPixels()));
        Assert.Contains("leaves no picture", pixels.Message, StringComparison.Ordinal);
    }

    /// <summary>The mixtures of a network, from the definitions.</summary>
    private static (Tensor Inputs, Tensor Targets, Tensor IsRight) ByHand(
        Module<Tensor, Tensor> own,
        Module<Tensor, Tensor> other,
        Tensor[] views,
        Tensor right,
        Seeds seeds,
        TrainingBatch batch
    )
    {
        using var noGrad = no_grad();
        var w = right.index_select(0, batch.Rows).unsqueeze(1); // [B, 1]
        var (mean, others) = (Mean(own), Mean(other));
        var given = functional.one_hot(batch.Labels, Classes).to(float32);
        var soft = where(w.gt(0.5), (w * given) + ((1 - w) * mean), (mean + others) / 2).square();
        var sharp = soft / soft.sum(1, keepdim: true);
        var stream = seeds.Stream("mixup/15", batch.Step);
        var share = Mixup.Beta(4, stream);
        share = Math.Max(share, 1 - share);
        var order = Enumerable.Range(0, 48).Select(i => (long)i).ToArray();
        stream.Shuffle(order.AsSpan());
        var partners = tensor(order);
        return (Mixed(cat(views)), Mixed(cat([sharp, sharp])), cat([w, w]).gt(0.5).to(float32).flatten());

        Tensor Mixed(Tensor of) => (share * of) + ((1 - share) * of.index_select(0, partners));
        Tensor Mean(Module<Tensor, Tensor> network) => (network.forward(views[0]).softmax(1) + network.forward(views[1]).softmax(1)) / 2;
    }

    private static Tensor LossByHand(Tensor logits, Tensor targets, Tensor isRight)
    {
        var p = logits.softmax(1);
        var known = -((targets * p.log()).sum(1) * isRight).sum([0L]) / isRight.sum([0L]);
        var guessed = ((p - targets).square().mean([1]) * (1 - isRight)).sum([0L]) / (1 - isRight).sum([0L]);
        return known + (25 * 4 / 16.0 * guessed) - (p.mean([0]) * Classes).log().mean();
    }

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) < 1e-4;
}
