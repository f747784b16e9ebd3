using Rote.Networks.Plain;
using Rote.Studies.Arpit2017.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Studies.Arpit2017.Networks;

[NoTensorLeaks]
public sealed class RegularizerTests
{
    [Fact]
    public void A_step_with_masked_units_is_the_gradient_that_libtorch_finds()
    {
        using var scope = NewDisposeScope();
        using var network = new PlainNetwork([4, 6, 5, 3], new Seeds(1));
        var (rows, labels, targets) = Examples();
        var weights = network.Weights.Select(weight => weight.clone().requires_grad_()).ToArray();
        var values = rows;
        for (var layer = 0; layer < 3; layer++)
        {
            values = nn.functional.linear(layer == 0 ? values : Mask(values.relu()).mul(values.relu()), weights[layer]);
        }

        nn.functional.cross_entropy(values, labels).backward();
        using (no_grad())
        {
            new RegularizedSteps(network, Regularizer.None, 0.7, new Seeds(1)).Step(rows, targets, Mask);
        }

        foreach (var (known, found) in weights.Zip(network.Weights))
        {
            Assert.True(known.sub(known.grad!.mul(0.7)).sub(found).abs().max().item<float>() < 1e-6);
        }

        static Tensor Mask(Tensor hidden) => arange(hidden.numel(), float32).remainder(3).ne(0).to(float32).mul(1.5).reshape(hidden.shape);
    }

    [Fact]
    public void The_gradient_by_an_input_is_that_of_libtorch()
    {
        using var scope = NewDisposeScope();
        using var network = new PlainNetwork([4, 6, 5, 3], new Seeds(1));
        var (rows, labels, targets) = Examples();
        var at = rows.clone().requires_grad_();
        var known = autograd.grad([nn.functional.cross_entropy(network.Scores(at), labels, reduction: nn.Reduction.Sum)], [at])[0];
        using var noGrad = no_grad();
        var found = new RegularizedSteps(network, Regularizer.None, 1, new Seeds(1)).InputGradient(rows, targets);
        Assert.True(known.sub(found).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Without_strength_a_regularizer_is_plain_descent()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var plain = Trained(Regularizer.None);
        foreach (var kind in Enum.GetValues<RegularizerKind>())
        {
            Assert.True(plain.sub(Trained(new Regularizer(kind, 0))).abs().max().item<float>() < 1e-6, $"{kind}");
            Assert.Equal(kind == RegularizerKind.None, plain.sub(Trained(new Regularizer(kind, 0.3))).abs().max().item<float>() < 1e-6);
        }
    }

    [Fact]
    public void Weight_decay_is_the_gradient_of_its_penalty_after_the_step()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var decayed = Trained(new Regularizer(RegularizerKind.WeightDecay, 0.3));
        Assert.True(Trained(Regularizer.None).mul(1 - (0.5 * 0.3)).sub(decayed).abs().max().item<float>() < 1e-6);
    }

    /// <summary>First-order, the loss of an example grows by ε‖∂ℓ/∂x‖₁.</summary>
    [Fact]
    public void An_adversarial_step_trains_on_inputs_of_larger_loss()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var network = new PlainNetwork([4, 6, 5, 3], new Seeds(1));
        var (rows, labels, targets) = Examples();
        var gradient = new RegularizedSteps(network, Regularizer.None, 1, new Seeds(1)).InputGradient(rows, targets);
        var moved = rows.add(gradient.sign().mul(1e-3));
        var grown = Loss(network, moved, labels).sub(Loss(network, rows, labels)).data<float>().ToArray();
        var expected = gradient.abs().sum([1L]).mul(1e-3).data<float>().ToArray();
        Assert.All(grown.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
    }

    [Fact]
    public void Memorization_is_hindered_at_the_price_of_one_point_or_not_at_all()
    {
        var result = new RegularizerResult([
            new(Regularizer.None, 0.8, 1),
            new(new(RegularizerKind.Dropout, 0.1), 0.81, 0.9),
            new(new(RegularizerKind.Dropout, 0.5), 0.795, 0.7),
            new(new(RegularizerKind.Dropout, 0.9), 0.5, 0.1), // costs too much
            new(new(RegularizerKind.WeightDecay, 1), 0.2, 0.1),
        ]);
        Assert.Equal(0.3, result.Hindered(RegularizerKind.Dropout), 12);
        Assert.Equal(0, result.Hindered(RegularizerKind.WeightDecay));
    }

    private static Tensor Loss(PlainNetwork network, Tensor rows, Tensor labels) =>
        nn.functional.cross_entropy(network.Scores(rows), labels, reduction: nn.Reduction.None);

    /// <summary>The first layer after one step.</summary>
    private static Tensor Trained(Regularizer regularizer)
    {
        using var network = new PlainNetwork([4, 6, 5, 3], new Seeds(1));
        var (rows, _, targets) = Examples();
        new RegularizedSteps(network, regularizer, 0.5, new Seeds(1)).Take(rows, targets);
        return network.Weights[0].clone();
    }

    private static (Tensor Rows, Tensor Labels, Tensor Targets) Examples()
    {
        var labels = tensor(new long[] { 0, 1, 2, 0, 1, 2, 2 }, int64);
        return (arange(28, float32).cos().reshape(7, 4), labels, nn.functional.one_hot(labels, 3).to(float32));
    }
}
