using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Networks;

[NoTensorLeaks]
public sealed class PointConvolutionTests
{
    // Widths of 72, 80, 112 and 176 are those that libtorch's kernel gets wrong on some processors.
    [Theory]
    [InlineData(64, 96, 1)]
    [InlineData(64, 80, 1)]
    [InlineData(80, 64, 1)]
    [InlineData(144, 112, 1)]
    [InlineData(240, 176, 1)]
    [InlineData(36, 72, 2)]
    [InlineData(3, 5, 2)]
    public void A_window_of_one_gives_the_values_and_gradients_of_float64(int inputs, int outputs, int stride)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var layer = new MixedConv2d(inputs, outputs, 1, Precision.Float32, stride);
        var weight = layer.get_parameter("weight")!;
        var input = randn([64, 9, 7, inputs]).permute(0, 3, 1, 2).requires_grad_();
        var output = layer.forward(input);
        var change = randn_like(output);
        output.backward([change]);

        var exactWeight = weight.detach().to(float64).requires_grad_();
        var exactInput = input.detach().to(float64).contiguous().requires_grad_();
        var exact = functional.conv2d(exactInput, exactWeight, strides: [stride, stride]);
        exact.backward([change.to(float64)]);
        RequireNear(exact, output);
        RequireNear(exactInput.grad!, input.grad!);
        RequireNear(exactWeight.grad!, weight.grad!);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_product_is_the_convolution(int stride, bool hasBias)
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var (input, weight, bias) = (randn([3, 4, 8, 5]), randn([6, 4, 1, 1]), hasBias ? randn(6) : null);
        var exact = functional.conv2d(input.to(float64), weight.to(float64), bias?.to(float64), strides: [stride, stride]);
        var product = PointConvolution.Product(input, weight, bias, stride);
        RequireNear(exact, product);
        Assert.True(product.permute(0, 2, 3, 1).is_contiguous()); // channels-last, as other layers want it
    }

    [Fact]
    public void Trying_the_kernel_draws_no_random_number()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var expected = randn(4).data<float>().ToArray();
        manual_seed(3);
        PointConvolution.IsSound([2, 37, 5, 5], 41, 1);
        Assert.Equal(expected, randn(4).data<float>().ToArray());
    }

    private static void RequireNear(Tensor exact, Tensor found)
    {
        var scale = exact.abs().max().item<double>();
        Assert.True((found.to(float64) - exact).abs().max().item<double>() <= 1e-5 * scale);
    }
}
