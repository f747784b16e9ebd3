using Rote.Audits;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Audits;

[NoTensorLeaks]
public sealed class FeatureSpaceTests
{
    [Fact]
    public void Of_a_residual_network_it_is_what_its_last_layer_makes_logits_of()
    {
        using var noise = Samples.Noise(6, 2, side: 8);
        using var data = PreparedData.From(noise.Train, Precision.Float32);
        using var network = new SmallResNet { Width = 2 }.Build(TaskShape.Of(noise.Train), Precision.Float32, new Seeds(1));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        network.eval();
        using var features = FeatureSpace.Of(network, new SmallResNet().FeatureLayer, data);
        var first = network.call(data.Inputs.narrow(0, 0, 4));
        features.Take(0, 4);
        var second = network.call(data.Inputs.narrow(0, 4, 2));
        features.Take(4, 2);
        Assert.Equal([6, 8], features.Values.shape);
        var weights = network.state_dict();
        var logits = features.Values.mm(weights["fc.weight"].t()).add(weights["fc.bias"]).div(8);
        Assert.InRange(logits.sub(cat([first, second], 0)).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void Of_an_mlp_it_is_the_input()
    {
        using var noise = Samples.Noise(5, 2, side: 4);
        using var data = PreparedData.From(noise.Train, Precision.Float32);
        using var network = new Mlp { Hidden = [3] }.Build(TaskShape.Of(noise.Train), Precision.Float32, new Seeds(1));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var features = FeatureSpace.Of(network, new Mlp().FeatureLayer, data);
        network.call(data.Inputs).Dispose();
        features.Take(0, 5);
        Assert.Equal(0, features.Values.sub(data.Inputs.flatten(1)).abs().max().item<float>());
    }

    [Theory]
    [InlineData("small-alexnet", 256)]
    [InlineData("small-inception", 336)]
    [InlineData("resnet-4", 16)]
    [InlineData("inception-v3", 2048)]
    public void Every_network_of_pictures_has_features_of_its_own_and_not_pixels(string name, int expected)
    {
        using var noise = Samples.Noise(3, 2, side: name == "inception-v3" ? 75 : 8);
        using var data = PreparedData.From(noise.Train, Precision.Float32);
        var spec = NetworkCatalog.Find(name);
        using var network = spec.Build(TaskShape.Of(noise.Train), Precision.Float32, new Seeds(1));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        network.eval();
        using var features = FeatureSpace.Of(network, spec.FeatureLayer, data);
        network.call(data.Inputs).Dispose();
        features.Take(0, 3);
        Assert.Equal([3, expected], features.Values.shape);
    }

    [Fact]
    public void A_layer_that_the_network_does_not_have_is_an_error_and_not_the_pixels()
    {
        using var noise = Samples.Noise(3, 2, side: 8);
        using var data = PreparedData.From(noise.Train, Precision.Float32);
        using var network = new SmallResNet { Width = 2 }.Build(TaskShape.Of(noise.Train), Precision.Float32, new Seeds(1));
        Assert.Throws<InvalidOperationException>(() => FeatureSpace.Of(network, "head", data));
    }
}
