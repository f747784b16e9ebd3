using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Tensors;

[NoTensorLeaks]
public sealed class CheckedConvolutionTests
{
    // 72, 80, 112 and 176 outputs of 1×1, 3×3 in the contiguous layout, and odd outputs in bfloat16 are what libtorch's kernel gets wrong
    // on some processors. A stride on fewer than 16 channels ended the process.
    [Theory]
    [InlineData(64, 96, 1, 1, true, false)]
    [InlineData(64, 80, 1, 1, true, false)]
    [InlineData(80, 64, 1, 1, true, false)]
    [InlineData(144, 112, 1, 1, true, false)]
    [InlineData(240, 176, 1, 1, true, false)]
    [InlineData(36, 72, 1, 2, true, false)]
    [InlineData(3, 5, 1, 2, true, false)]
    [InlineData(64, 64, 3, 1, false, false)]
    [InlineData(33, 40, 3, 2, false, false)]
    [InlineData(17, 80, 3, 1, true, false)]
    [InlineData(48, 33, 1, 1, true, true)]
    [InlineData(40, 79, 3, 1, true, true)]
    public void Values_and_gradients_are_those_of_float64(
        int inputs,
        int outputs,
        int window,
        int stride,
        bool isChannelsLast,
        bool isHalf
    ) => RequireExact(new Case(32, inputs, outputs, 9, 7, window, stride, isChannelsLast, isHalf, HasBias: true), seed: 1);

    [Fact]
    public void So_are_those_of_any_shape()
    {
        var random = new Seeds(1).Stream("checked convolutions");
        for (var i = 0; i < 60; i++)
        {
            var shape = new Case(
                1 + random.NextInt(19),
                1 + random.NextInt(99),
                1 + random.NextInt(99),
                1 + random.NextInt(11),
                1 + random.NextInt(11),
                random.NextInt(2) == 0 ? 1 : 3,
                1 + random.NextInt(2),
                random.NextInt(4) > 0,
                random.NextInt(3) == 0,
                random.NextInt(2) == 0
            );
            RequireExact(shape, seed: i);
        }
    }

    [Theory]
    [InlineData(1, 1, 0, true)]
    [InlineData(1, 2, 0, true)]
    [InlineData(1, 3, 1, false)]
    [InlineData(3, 1, 1, true)]
    [InlineData(3, 2, 0, false)]
    [InlineData(5, 3, 2, true)]
    public void A_product_is_the_convolution(int window, int stride, int padding, bool hasBias)
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var (input, weight, bias) = (randn([3, 4, 8, 5]), randn([6, 4, window, window]), hasBias ? randn(6) : null);
        long[] zeros = [padding, padding];
        var exact = functional.conv2d(input.to(float64), weight.to(float64), bias?.to(float64), strides: [stride, stride], padding: zeros);
        var product = CheckedConvolution.Product(input, weight, bias, stride, zeros);
        RequireNear(exact, product, 1e-5);
        Assert.True(product.permute(0, 2, 3, 1).is_contiguous()); // channels-last, as other layers want it
    }

    [Fact]
    public void Zeros_may_differ_by_axis()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var (input, weight) = (randn([2, 3, 6, 9]), randn([4, 3, 3, 3]));
        var exact = functional.conv2d(input.to(float64), weight.to(float64), strides: [2, 2], padding: [0, 1]);
        RequireNear(exact, CheckedConvolution.Product(input, weight, null, 2, [0, 1]), 1e-5);
        RequireNear(exact, CheckedConvolution.Of(input, weight, null, 2, [0, 1]), 1e-5);
    }

    // The rows and columns of the Inception V3, and a stride on windows of one row, which must not be taken for 1×1.
    [Theory]
    [InlineData(1, 7, 1, 0, 3, false)]
    [InlineData(7, 1, 1, 3, 0, false)]
    [InlineData(1, 3, 1, 0, 1, true)]
    [InlineData(3, 1, 2, 1, 0, true)]
    [InlineData(1, 3, 2, 0, 0, false)]
    public void Windows_may_be_rows_and_columns(int rows, int columns, int stride, int top, int left, bool isHalf)
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        var (input, weight) = (randn([3, 9, 8, 5]).permute(0, 3, 1, 2), randn([6, 5, rows, columns]));
        var exact = functional.conv2d(input.to(float64), weight.to(float64), strides: [stride, stride], padding: [top, left]);
        RequireNear(exact, CheckedConvolution.Product(input, weight, null, stride, [top, left]), 1e-5);
        var type = isHalf ? ScalarType.BFloat16 : ScalarType.Float32;
        RequireNear(exact, CheckedConvolution.Of(input.to(type), weight.to(type), null, stride, [top, left]), isHalf ? 0.03 : 1e-5);
    }

    [Fact]
    public void Trying_a_kernel_draws_no_random_number_and_leaves_no_gradient()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var expected = randn(4).data<float>().ToArray();
        var (input, weight) = (randn([2, 37, 5, 5]), randn([41, 37, 1, 1]).requires_grad_());
        manual_seed(3);
        using (no_grad())
        {
            Assert.False(CheckedConvolution.Of(input, weight, null, 1, [0, 0]).requires_grad);
        }

        Assert.Null(weight.grad);
        Assert.Equal(expected, randn(4).data<float>().ToArray());
    }

    private static void RequireExact(Case shape, int seed)
    {
        using var scope = NewDisposeScope();
        manual_seed(seed);
        var precision = shape.IsHalf ? Precision.BFloat16 : Precision.Float32;
        using var layer = new MixedConv2d(shape.Inputs, shape.Outputs, shape.Window, precision, shape.Stride, shape.HasBias);
        var input = randn([shape.Batch, shape.Height, shape.Width, shape.Inputs]).permute(0, 3, 1, 2);
        input = (shape.IsChannelsLast ? input : input.contiguous()).detach().requires_grad_();
        var output = layer.forward(input);
        var change = randn_like(output);
        output.backward([change]);

        var weight = layer.get_parameter("weight")!;
        var exactWeight = weight.detach().to(float64).requires_grad_();
        var exactInput = input.detach().to(float64).contiguous().requires_grad_();
        var bias = shape.HasBias ? layer.get_parameter("bias")!.detach().to(float64) : null;
        var (padded, padding) = SamePadding.Zeros(exactInput, shape.Window, shape.Stride);
        var exact = functional.conv2d(padded, exactWeight, bias, strides: [shape.Stride, shape.Stride], padding: padding);
        exact.backward([change.to(float64)]);
        var tolerance = shape.IsHalf ? 0.03 : 1e-5; // bfloat16 has eight bits, and a gradient is rounded two or three times
        RequireNear(exact, output, tolerance, shape);
        RequireNear(exactInput.grad!, input.grad!, tolerance, shape);
        RequireNear(exactWeight.grad!, weight.grad!, tolerance, shape);
    }

    private static void RequireNear(Tensor exact, Tensor found, double tolerance, Case? shape = null)
    {
        var error = (found.to(float64) - exact).abs().max().item<double>() / exact.abs().max().item<double>();
        Assert.True(error <= tolerance, $"{shape}: off by {error:g2} of the largest value");
    }

    private sealed record Case(
        int Batch,
        int Inputs,
        int Outputs,
        int Height,
        int Width,
        int Window,
        int Stride,
        bool IsChannelsLast,
        bool IsHalf,
        bool HasBias
    );
}
