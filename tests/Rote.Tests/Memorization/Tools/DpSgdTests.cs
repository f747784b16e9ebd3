using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Memorization.Tools;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Losses;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Memorization.Tools;

/// <summary>DP-SGD against algorithm 1 of Abadi et al. 2016, one example at a time.</summary>
[NoTensorLeaks]
public sealed class DpSgdTests : IDisposable
{
    private const int Classes = SmallTraining.Classes;

    private readonly SmallTraining _world = new(epochs: 20);

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData()]
    [InlineData(16)]
    [InlineData(16, 8, 5)]
    public void The_norms_are_those_of_each_example_s_own_gradient(params int[] hidden)
    {
        using var scope = NewDisposeScope();
        using var network = SmallTraining.Network(new Seeds(1), hidden);
        var batch = _world.Batch(1, 24);
        var inputs = _world.Data.Train.At(batch.Rows);
        var norms = DpSgdTraining.Norms(Mlp.Layers(network), inputs, batch.Labels).data<float>().ToArray();
        for (var i = 0; i < norms.Length; i++)
        {
            var own = Gradients(network, inputs.narrow(0, i, 1), batch.Labels.narrow(0, i, 1));
            Assert.Equal(Norm(own), norms[i], 4);
        }
    }

    [Fact]
    public void The_gradient_is_the_sum_of_those_cut_to_the_norm_and_noise()
    {
        using var scope = NewDisposeScope();
        using var network = SmallTraining.Network(new Seeds(1), [16]);
        var batch = _world.Batch(1, 20); // smaller than the batch size: the sum is divided by that all the same
        var inputs = _world.Data.Train.At(batch.Rows);
        double[] expected = [.. network.parameters().SelectMany(p => new double[p.numel()])];
        var cut = 0;
        for (var i = 0; i < 20; i++)
        {
            var own = Gradients(network, inputs.narrow(0, i, 1), batch.Labels.narrow(0, i, 1));
            var scale = Math.Min(1, 2.5 / Norm(own));
            cut += scale < 1 ? 1 : 0;
            for (var j = 0; j < expected.Length; j++)
            {
                expected[j] += scale * own[j] / 24;
            }
        }

        Assert.InRange(cut, 1, 19); // some are cut and some are not, or the test would say nothing
        var (still, noisy) = (Step(1e-9, seed: 1), Step(0.5, seed: 1));
        Assert.All(expected.Zip(still), pair => Assert.Equal(pair.First, pair.Second, 5));
        Assert.Equal(noisy, Step(0.5, seed: 1));
        Assert.NotEqual(noisy, Step(0.5, seed: 2));
        var deviation = Math.Sqrt(noisy.Zip(still, (a, b) => (a - b) * (a - b)).Average());
        Assert.InRange(deviation / (0.5 * 2.5 / 24), 0.9, 1.1); // some 650 parameters: a standard error of 0.03

        double[] Step(double noise, long seed)
        {
            network.zero_grad();
            using var method = new DpSgd { ClippingNorm = 2.5, Noise = noise }.Create(_world.Setting(network));
            var logits = network.forward(method.Inputs(inputs, batch));
            DefaultGenerator.Seed(seed, CPU);
            method.Loss(logits, batch).backward();
            return [.. network.parameters().SelectMany(p => p.grad!.data<float>().ToArray()).Select(g => (double)g)];
        }
    }

    [Fact]
    public void Networks_whose_examples_cannot_be_told_apart_are_refused()
    {
        var method = new DpSgd();
        Assert.Null(method.Refusal(new Mlp()));
        Assert.Null(method.Refusal(new Mlp { Hidden = [] }));
        Assert.NotNull(method.Refusal(new Mlp { Dropout = 0.5 }));
        Assert.NotNull(method.Refusal(new SmallResNet()));
        var experiment = new Experiment
        {
            Data = new DataSpec { Name = "sample" },
            Canaries = new CanaryPlan { Steering = 25, HeldOut = 25 },
            Control = method,
            Network = new Mlp { Dropout = 0.5 },
            Recipe = _world.Recipe,
            Threads = 1,
        };
        var refused = Assert.Throws<InputException>(experiment.RequireConsistent);
        Assert.Contains("trains MLPs without dropout", refused.Message, StringComparison.Ordinal);
        (experiment with { Network = new Mlp() }).RequireConsistent();
    }

    [Fact]
    public void What_does_not_go_with_it_is_refused()
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
            var refused = Assert.Throws<InputException>(() => new DpSgd().RequireFit(other, new TrueLabels()));
            Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        }

        foreach (var value in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<InputException>(() => new DpSgd { Noise = value });
            Assert.Throws<InputException>(() => new DpSgd { ClippingNorm = value });
        }
    }

    private static double[] Gradients(Module<Tensor, Tensor> network, Tensor input, Tensor label)
    {
        network.zero_grad();
        functional.cross_entropy(network.forward(input), label).backward();
        return [.. network.parameters().SelectMany(p => p.grad!.data<float>().ToArray()).Select(g => (double)g)];
    }

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));
}
