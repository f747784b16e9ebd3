using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Networks;

[NoTensorLeaks]
public sealed class MixedBatchNormTests
{
    private const int Channels = 3;

    // Bfloat16 has 8 bits of precision: results up to 8 are rounded by at most 1/64.
    [Theory]
    [InlineData(Precision.Float32, 1e-5)]
    [InlineData(Precision.BFloat16, 1 / 64.0)]
    public void Training_normalizes_with_the_batch_and_moves_the_running_statistics(Precision precision, double tolerance)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var noGrad = no_grad();
        using var layer = new MixedBatchNorm(Channels);
        layer.get_parameter("bias")!.copy_(tensor(new[] { 0.5f, -1, 2 }));
        var input = (randn([4, 5, 6, Channels]) * 3 + 1).to(precision.Type()).permute(0, 3, 1, 2);
        layer.train();
        var output = layer.forward(input);
        Assert.Equal(precision.Type(), output.dtype);
        var (state, n) = (layer.state_dict(), 4 * 5 * 6);
        for (var c = 0; c < Channels; c++)
        {
            var values = Channel(input, c);
            var mean = values.Average();
            var variance = values.Average(v => (v - mean) * (v - mean));
            var shift = state["bias"].data<float>()[c];
            var expected = values.Select(v => ((v - mean) / Math.Sqrt(variance + 0.001)) + shift);
            Assert.All(expected.Zip(Channel(output, c)), p => Assert.Equal(p.First, p.Second, tolerance));

            // torch.nn.BatchNorm2d: a tenth of the batch's mean, and of its variance with Bessel's correction, from 0 and 1.
            Assert.Equal(0.1 * mean, state["running_mean"].data<float>()[c], 1e-5);
            Assert.Equal(0.9 + (0.1 * variance * n / (n - 1)), state["running_var"].data<float>()[c], 1e-5);
        }

        Assert.Equal(1, state["num_batches_tracked"].item<long>());
    }

    // One value a channel has no variance: 0 / 0 would stay in the running statistics and make every evaluation NaN.
    [Fact]
    public void A_batch_of_one_pixel_leaves_the_running_statistics_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var layer = new MixedBatchNorm(Channels);
        layer.train();
        var output = layer.forward(full([1, Channels, 1, 1], 3f));
        Assert.Equal(1, layer.state_dict()["running_var"].data<float>()[0]);
        Assert.Equal(3 / Math.Sqrt(1.001), output.data<float>()[0], 1e-5);
    }

    [Fact]
    public void Evaluation_normalizes_with_the_running_statistics_and_leaves_them()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var noGrad = no_grad();
        using var layer = new MixedBatchNorm(Channels);
        var state = layer.state_dict();
        state["running_mean"].copy_(tensor(new[] { 1f, 2, 3 }));
        state["running_var"].copy_(tensor(new[] { 4f, 9, 16 }));
        layer.eval();
        var input = randn([2, 3, 3, Channels]).permute(0, 3, 1, 2);
        var output = layer.forward(input);
        for (var c = 0; c < Channels; c++)
        {
            var expected = Channel(input, c).Select(v => (v - (c + 1)) / Math.Sqrt(((c + 2) * (c + 2)) + 0.001));
            Assert.All(expected.Zip(Channel(output, c)), p => Assert.Equal(p.First, p.Second, 1e-5));
        }

        Assert.Equal([1f, 2, 3], state["running_mean"].data<float>().ToArray());
        Assert.Equal(0, state["num_batches_tracked"].item<long>());
    }

    // Libtorch's own layer with its scale held at 1, forward and backward.
    [Fact]
    public void Results_and_gradients_are_those_of_PyTorch_with_a_scale_of_one()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var layer = new MixedBatchNorm(Channels);
        using var reference = nn.BatchNorm2d(Channels, eps: MixedBatchNorm.Epsilon, momentum: MixedBatchNorm.Momentum);
        var images = randn([4, Channels, 5, 5]);
        var (ours, theirs) = (images.clone().requires_grad_(true), images.clone().requires_grad_(true));
        var weights = randn([4, Channels, 5, 5]);
        var (output, expected) = (layer.forward(ours), reference.forward(theirs));
        Assert.True(output.allclose(expected));
        output.backward([weights]);
        expected.backward([weights]);
        Assert.True(ours.grad!.allclose(theirs.grad!, 1e-4, 1e-6));
        Assert.True(layer.get_parameter("bias")!.grad!.allclose(reference.bias!.grad!, 1e-4, 1e-5));
    }

    private static double[] Channel(Tensor images, int channel) =>
        [.. images.select(1, channel).to(ScalarType.Float64).contiguous().data<double>().ToArray()];
}
