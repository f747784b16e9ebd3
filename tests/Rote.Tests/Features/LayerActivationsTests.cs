using Rote.Features;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Features;

[NoTensorLeaks]
public sealed class LayerActivationsTests
{
    private static readonly Seeds Seeds = new(1);

    [Fact]
    public void The_values_of_an_mlp_are_those_computed_by_hand()
    {
        using var scope = NewDisposeScope();
        using var network = new Mlp { Hidden = [7, 3] }.Build(new TaskShape(4, 4, 1, 5), Precision.Float32, Seeds);
        var inputs = randn(9, 4, 4, 1);
        using var found = LayerActivations.Of(network, inputs, Seeds);
        Assert.Equal(["input", "layers.0", "layers.1", "layers.2"], found.Layers.Select(layer => layer.Name));
        Assert.Equal([16, 7, 3, 5], found.Layers.Select(layer => layer.Values.shape[1]));
        var values = inputs.flatten(1);
        for (var i = 0; i < 3; i++)
        {
            values = values.mm(network.get_parameter($"layers.{i}.weight")!.t()) + network.get_parameter($"layers.{i}.bias")!;
            values = i < 2 ? values.relu() : values;
            Assert.True(values.allclose(found.Layers[i + 1].Values, rtol: 1e-4, atol: 1e-5));
        }
    }

    [Theory]
    [InlineData("resnet-4", "input stem stages.0 stages.1 stages.2 fc")]
    [InlineData("small-alexnet", "input conv1 conv2 fc1 fc2 fc3")]
    [InlineData("linear", "input layers.0")]
    [InlineData(
        "inception-v3",
        "input units.0 units.1 units.2 units.4 units.5 units.7 units.8 "
            + "units.9 units.10 units.11 units.12 units.13 units.14 units.15 units.16 units.17 fc"
    )]
    public void Every_network_has_its_layers_and_listening_changes_nothing(string name, string layers)
    {
        using var scope = NewDisposeScope();
        var side = name == "inception-v3" ? 75 : 16;
        using var network = NetworkCatalog.Find(name).Build(new TaskShape(side, side, 3, 4), Precision.Float32, Seeds);
        network.eval();
        var inputs = randn(5, side, side, 3);
        using var noGrad = no_grad();
        var expected = network.call(inputs);
        using var found = LayerActivations.Of(network, inputs, Seeds);
        Assert.Equal(layers, string.Join(' ', found.Layers.Select(layer => layer.Name)));
        Assert.True(expected.eq(found.Layers[^1].Values).all().item<bool>());
        Assert.True(expected.eq(network.call(inputs)).all().item<bool>());
        Assert.All(found.Layers, layer => Assert.InRange(layer.Values.shape[1], 1, LayerPooling.Most));
    }

    [Fact]
    public void Maps_are_averaged_over_a_grid_and_wide_layers_projected_on_the_same_directions_again()
    {
        using var scope = NewDisposeScope();
        Tensor? projection = null;
        var maps = randn(2, 128, 4, 4);
        var pooled = LayerPooling.Of(maps, ref projection, _ => throw new InvalidOperationException());
        Assert.Equal([2, 512], pooled.shape);
        Assert.Equal(maps[1, 3].narrow(0, 2, 2).narrow(1, 0, 2).mean().item<float>(), pooled[1, (3 * 4) + 2].item<float>(), 1e-5);
        Assert.Equal("means, 2×2", LayerPooling.Describe([128, 4, 4]));

        using var first = LayerPooling.Projection(700, Seeds.Stream("test"));
        using var second = LayerPooling.Projection(700, Seeds.Stream("test"));
        Assert.True(first.eq(second).all().item<bool>());
        var wide = randn(40, 700);
        var ratio = (wide.mm(first).norm() / wide.norm()).item<float>();
        Assert.InRange(ratio, 0.95f, 1.05f);
        Assert.Equal(("projected", "none"), (LayerPooling.Describe([700]), LayerPooling.Describe([3, 4, 4])));
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_told()
    {
        using var scope = NewDisposeScope();
        using var network = new Mlp { Hidden = [7] }.Build(new TaskShape(4, 4, 1, 5), Precision.Float32, Seeds);
        using (no_grad())
        {
            network.get_parameter("layers.0.weight")!.fill_(double.NaN);
        }

        var error = Assert.Throws<InputException>(() => LayerActivations.Of(network, randn(9, 4, 4, 1), Seeds));
        Assert.Contains("The layer layers.0 gives values that are not finite numbers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_made_anew_are_those_of_the_examples()
    {
        using var scope = NewDisposeScope();
        using var network = new SmallResNet { Width = 4 }.Build(new TaskShape(8, 8, 1, 2), Precision.Float32, Seeds);
        BatchStatistics.Remake(network, randn(256, 8, 8, 1) * 5);
        Assert.False(network.training);
        var weight = network.get_parameter("stem.conv.weight")!;
        var expected = 25 * weight.square().sum([1L, 2L, 3L]); // of white noise, but for the border
        var found = network.state_dict()["stem.norm.running_var"];
        Assert.True((found / expected).log().abs().max().item<float>() < 0.5);
    }
}
