using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rote.Networks.Plain;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Networks.Plain;

[NoTensorLeaks]
public sealed class PlainNetworkTests
{
    [Fact]
    public void A_step_is_the_gradient_that_libtorch_finds()
    {
        using var scope = NewDisposeScope();
        using var network = new PlainNetwork([4, 6, 5, 3], new Seeds(1));
        var rows = arange(28, float32).cos().reshape(7, 4);
        var labels = tensor(new long[] { 0, 1, 2, 0, 1, 2, 2 }, int64);
        var targets = nn.functional.one_hot(labels, 3).to(float32);
        var weights = network.Weights.Select(weight => weight.clone().requires_grad_()).ToArray();
        var biases = network.Biases.Select(bias => bias.clone().requires_grad_()).ToArray();
        var values = rows;
        for (var layer = 0; layer < 3; layer++)
        {
            values = nn.functional.linear(layer == 0 ? values : values.relu(), weights[layer], biases[layer]);
        }

        nn.functional.cross_entropy(values, labels).backward();
        using (no_grad())
        {
            Assert.True(values.sub(network.Scores(rows)).abs().max().item<float>() < 1e-6);
            network.Step(rows, targets, 0.7);
        }

        foreach (var (known, found) in weights.Zip(network.Weights).Concat(biases.Zip(network.Biases)))
        {
            Assert.True(known.sub(known.grad!.mul(0.7)).sub(found).abs().max().item<float>() < 1e-6);
        }
    }

    [Fact]
    public void Its_weights_have_the_variance_of_He_and_its_biases_are_zero()
    {
        using var scope = NewDisposeScope();
        using var network = new PlainNetwork([200, 300, 2], new Seeds(1));
        Assert.InRange(network.Weights[0].square().mean().item<float>(), 0.0098f, 0.0102f);
        Assert.All(network.Biases, bias => Assert.Equal(0, bias.abs().max().item<float>()));
    }

    [Fact]
    public void Training_ends_where_the_margins_are_reached_and_says_where_they_are_not()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = tensor(new[] { 1f, 0, -1, 0, 0, 1, 0, -1 }, [4, 2], float32);
        var labels = tensor(new long[] { 0, 1, 0, 1 }, int64);
        using var network = new PlainNetwork([2, 32, 2], new Seeds(1));
        var recipe = Recipe(2) with { MostEpochs = 2000 };
        Assert.NotNull(PlainSgd.Train(network, rows, labels, recipe, new Seeds(1), default));
        Assert.Equal(1, PlainSgd.ShareAbove(network, rows, labels, 2));
        Assert.Null(PlainSgd.Train(network, rows, labels, Recipe(1000), new Seeds(1), default));
        Assert.Throws<OperationCanceledException>(() =>
            PlainSgd.Train(network, rows, labels, recipe, new Seeds(1), new CancellationToken(canceled: true))
        );
    }

    [Fact]
    public void A_margin_is_the_labels_score_minus_the_largest_other_one()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var network = new PlainNetwork([3, 3], new Seeds(1));
        network.Weights[0].copy_(eye(3));
        var rows = tensor(new[] { 5f, 2, 1, 1, 4, 6 }, [2, 3], float32);
        var labels = tensor(new long[] { 0, 1 }, int64); // margins 3 and −2
        Assert.Equal([1, 0.5, 0.5, 0], new[] { -2.5, -1, 2.5, 3.5 }.Select(margin => PlainSgd.ShareAbove(network, rows, labels, margin)));
    }

    internal static PlainRecipe Recipe(double margin) =>
        new()
        {
            Hidden = [32],
            Rate = 0.1,
            Batch = 3,
            Margin = margin,
            Share = 1,
            MostEpochs = 3,
        };

    // A matrix product of float32 has other last bits where its operands lie otherwise: known answers are only those of aligned memory.
    [Fact]
    public void Weights_lie_where_libtorch_aligns_them()
    {
        for (var i = 0; i < 20; i++)
        {
            using var network = new PlainNetwork([5 + i, 7], new Seeds(i));
            Assert.All(network.Weights, weight => Assert.Equal(0, Address(weight) % 64));
        }

        static nint Address(Tensor tensor) => Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(tensor.bytes));
    }
}
