using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Networks;

[NoTensorLeaks]
public sealed class ConvolutionalNetworkTests
{
    public static TheoryData<string> Names => [.. NetworkCatalog.Names.Where(n => NetworkCatalog.Find(n) is not Mlp)];

    public static TheoryData<string> ShallowNames => [.. Names.Select(row => row.Data).Where(name => name != "inception-v3")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_parameter_is_moved_by_a_step(string name)
    {
        using var network = Build(name, Precision.BFloat16);
        using var scope = NewDisposeScope();
        network.train();
        functional.cross_entropy(network.forward(Images(name, Precision.BFloat16)), arange(6, ScalarType.Int64)).backward();
        Assert.All(
            network.named_parameters(),
            p =>
            {
                Assert.True(p.parameter.grad is { dtype: ScalarType.Float32 }, $"{p.name} has no gradient");
                Assert.True(p.parameter.grad!.isfinite().all().item<bool>() && p.parameter.grad.abs().max().item<float>() > 0, p.name);
            }
        );
    }

    // Not the Inception V3: 94 layers of fresh random weights make of a small difference a large one. Rounding the images alone to
    // bfloat16 changes its logits by as much as they differ from each other. Its units are compared one by one in InceptionV3Tests.
    [Theory]
    [MemberData(nameof(ShallowNames))]
    public void Bfloat16_and_float32_agree_to_a_tenth_of_the_logits_spread(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (coarse, fine) = (Logits(Precision.BFloat16), Logits(Precision.Float32));
        Assert.True((coarse - fine).abs().max().item<float>() < 0.1 * fine.std().item<float>(), name);
        Assert.NotEqual(coarse.data<float>().ToArray(), fine.data<float>().ToArray());

        Tensor Logits(Precision precision)
        {
            using var network = Build(name, precision);
            network.train();
            var logits = network.forward(Images(name, precision));
            Assert.Equal(ScalarType.Float32, logits.dtype);
            return logits;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_memory_layout_of_the_images_does_not_change_the_result(string name)
    {
        using var network = Build(name, Precision.Float32);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.train();
        var images = Images(name, Precision.Float32);
        // the network's own permute gives a contiguous [B, C, H, W]
        var plain = images.permute(0, 3, 1, 2).contiguous().permute(0, 2, 3, 1);
        var tolerance = name == "inception-v3" ? 1e-2 : 1e-4; // for the reason that is said below
        Assert.True(network.forward(images).allclose(network.forward(plain), 1e-3, tolerance));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_evaluated_image_does_not_depend_on_its_batch(string name)
    {
        using var network = Build(name, Precision.Float32);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var images = Images(name, Precision.Float32);
        network.train();
        network.forward(images); // moves the running statistics away from 0 and 1
        network.eval();
        var (together, again, alone) = (network.forward(images), network.forward(images), network.forward(images.narrow(0, 2, 1)));
        Assert.Equal(together.data<float>().ToArray(), again.data<float>().ToArray());
        Assert.True(together.narrow(0, 2, 1).allclose(alone, 1e-4, 1e-5));
    }

    [Theory]
    [InlineData("small-inception", 4, 4, 1)]
    [InlineData("small-inception", 9, 14, 3)]
    [InlineData("small-inception-no-bn", 28, 5, 1)]
    [InlineData("small-alexnet", 4, 7, 1)]
    [InlineData("small-alexnet", 32, 32, 3)]
    [InlineData("resnet", 8, 8, 1)]
    [InlineData("resnet", 11, 28, 4)]
    [InlineData("inception-v3", 75, 90, 1)]
    public void Images_of_other_sizes_and_channels_give_logits(string name, int height, int width, int channels)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var network = NetworkCatalog.Find(name).Build(new TaskShape(height, width, channels, 7), Precision.BFloat16, new Seeds(1));
        var logits = network.forward(randn([2, height, width, channels]).to(ScalarType.BFloat16));
        Assert.Equal([2, 7], logits.shape);
        Assert.True(logits.isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData("small-inception", 3, 28)]
    [InlineData("small-alexnet", 28, 3)]
    [InlineData("resnet", 7, 7)]
    [InlineData("resnet", 1, 784)]
    [InlineData("inception-v3", 74, 299)]
    public void Images_too_small_are_refused_with_their_size(string name, int height, int width)
    {
        var refused = Assert.Throws<InputException>(() =>
            NetworkCatalog.Find(name).Build(new TaskShape(height, width, 1, 10), Precision.Float32, new Seeds(1))
        );
        Assert.Contains($"{height}×{width}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_survives_its_JSON(string name)
    {
        var network = NetworkCatalog.Find(name);
        var json = RoteJson.Canonical(network);
        Assert.Equal(network, System.Text.Json.JsonSerializer.Deserialize<NetworkSpec>(json, RoteJson.LineOptions));
    }

    [Fact]
    public void A_width_that_cannot_be_halved_is_refused() => Assert.Throws<InputException>(() => new SmallResNet { Width = 33 });

    // He et al. 2015 (arXiv:1502.01852), equation 10: variance 2 / fan in, so that ReLUs leave the signal's size as it is.
    [Fact]
    public void Without_batch_norm_the_small_Inception_starts_with_weights_that_keep_the_signals_size()
    {
        using var network = Build("small-inception-no-bn", Precision.Float32);
        foreach (var (name, parameter) in network.named_parameters().Where(p => p.name.EndsWith("conv.weight", StringComparison.Ordinal)))
        {
            var weights = parameter.data<float>().ToArray();
            var fanIn = parameter.shape[1] * parameter.shape[2] * parameter.shape[3];
            Assert.Equal(1, weights.Average(w => (double)w * w) * fanIn / 2, 0.15);
            Assert.True(weights.Max(MathF.Abs) > 2.5 * Math.Sqrt(2.0 / fanIn), name); // of a normal distribution, not of a uniform one
        }
    }

    // TensorFlow's CIFAR-10 tutorial: deviation 0.05, 0.04 and 1/192, cut at two; a normal distribution so cut has 0.774 of its variance.
    [Theory]
    [InlineData("conv1", 0.05, 0)]
    [InlineData("conv2", 0.05, 0.1)]
    [InlineData("fc1", 0.04, 0.1)]
    [InlineData("fc2", 0.04, 0.1)]
    [InlineData("fc3", 1 / 192.0, 0)]
    public void The_small_AlexNet_starts_as_TensorFlows_tutorial(string layer, double deviation, double bias)
    {
        using var network = new SmallAlexNet().Build(new TaskShape(28, 28, 3, 10), Precision.Float32, new Seeds(1));
        var state = network.state_dict();
        var weights = state[$"{layer}.weight"].data<float>().ToArray();
        Assert.True(weights.Max(MathF.Abs) <= (float)(2 * deviation));
        Assert.Equal(0.774, weights.Average(w => (double)w * w) / (deviation * deviation), 0.05);
        Assert.All(state[$"{layer}.bias"].data<float>().ToArray(), b => Assert.Equal(bias, b, 1e-7));
    }

    private static TaskShape Small(string name) => name == "inception-v3" ? new(75, 75, 3, 10) : new(8, 8, 3, 10);

    private static Module<Tensor, Tensor> Build(string name, Precision precision) =>
        NetworkCatalog.Find(name).Build(Small(name), precision, new Seeds(1));

    private static Tensor Images(string name, Precision precision)
    {
        manual_seed(5);
        var shape = Small(name);
        return randn([6, shape.Height, shape.Width, shape.Channels]).to(precision.Type());
    }
}
