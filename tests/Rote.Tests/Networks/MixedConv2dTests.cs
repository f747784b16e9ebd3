using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Networks;

[NoTensorLeaks]
public sealed class MixedConv2dTests
{
    [Fact]
    public void A_convolution_equals_a_naive_loop_for_any_size_window_stride_and_padding() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 8], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[1, 2], Gen.Bool, Gen.Bool)
            .Where((height, width, halfRows, halfColumns, _, _, isValid) => !isValid || (height > 2 * halfRows && width > 2 * halfColumns))
            .Sample(
                (height, width, halfRows, halfColumns, stride, hasBias, isValid) =>
                {
                    using var scope = NewDisposeScope();
                    manual_seed(1);
                    using var noGrad = no_grad();
                    var kernel = new KernelSize((2 * halfRows) + 1, (2 * halfColumns) + 1);
                    var edge = isValid ? ConvPadding.Valid : ConvPadding.Same;
                    using var layer = new MixedConv2d(2, 3, kernel, Precision.Float32, stride, hasBias, edge);
                    var bias = hasBias ? layer.get_parameter("bias")!.copy_(randn(3)).data<float>().ToArray() : [0, 0, 0];
                    var input = randn([2, height, width, 2]).permute(0, 3, 1, 2);
                    var output = layer.forward(input);
                    var (rows, columns) = isValid
                        ? (((height - (int)kernel.Rows) / stride) + 1, ((width - (int)kernel.Columns) / stride) + 1)
                        : ((height + stride - 1) / stride, (width + stride - 1) / stride);
                    Assert.Equal([2, 3, rows, columns], output.shape);
                    var expected = Naive(input, layer.get_parameter("weight")!, bias, stride, (rows, columns), isValid);
                    Assert.All(expected.Zip(output.contiguous().data<float>().ToArray()), p => Assert.Equal(p.First, p.Second, 1e-4));
                },
                iter: 100,
                threads: 1
            );

    [Fact]
    public void The_result_keeps_the_memory_layout_of_the_input_and_layouts_agree()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var noGrad = no_grad();
        using var layer = new MixedConv2d(4, 8, 3, Precision.Float32, stride: 2);
        var channelsLast = randn([2, 6, 6, 4]).permute(0, 3, 1, 2);
        var (fast, plain) = (layer.forward(channelsLast), layer.forward(channelsLast.contiguous()));
        Assert.True(fast.permute(0, 2, 3, 1).is_contiguous());
        Assert.True(plain.is_contiguous());
        Assert.True(fast.allclose(plain, 1e-4, 1e-5));
    }

    [Fact]
    public void Bfloat16_products_leave_parameters_and_gradients_in_float32()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var layer = new MixedConv2d(4, 8, 3, Precision.BFloat16, hasBias: true);
        var output = layer.forward(randn([2, 6, 6, 4]).permute(0, 3, 1, 2));
        Assert.Equal(ScalarType.BFloat16, output.dtype);
        output.backward([ones_like(output)]);
        Assert.All(layer.parameters(), p => Assert.Equal((ScalarType.Float32, ScalarType.Float32), (p.dtype, p.grad!.dtype)));
        Assert.All(layer.get_parameter("bias")!.grad!.data<float>().ToArray(), g => Assert.Equal(2 * 6 * 6, g));
    }

    // Glorot and Bengio 2010, equation 16: uniform in ±√(6 / (fan in + fan out)), of variance 2 / (fan in + fan out).
    [Fact]
    public void Initial_weights_are_uniform_as_in_TensorFlow()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var layer = new MixedConv2d(64, 32, 3, Precision.Float32, hasBias: true);
        var weights = layer.get_parameter("weight")!.data<float>().ToArray();
        var fans = (64 + 32) * 9;
        Assert.True(weights.Max(MathF.Abs) <= Math.Sqrt(6.0 / fans));
        Assert.Equal(1, weights.Average(w => (double)w * w) / (2.0 / fans), 0.05);
        Assert.All(layer.get_parameter("bias")!.data<float>().ToArray(), b => Assert.Equal(0, b));
    }

    private static float[] Naive(Tensor input, Tensor weight, float[] bias, int stride, (int Rows, int Columns) size, bool isValid)
    {
        var (values, weights) = (input.contiguous().data<float>().ToArray(), weight.data<float>().ToArray());
        int Size(Tensor t, int dimension) => (int)t.shape[dimension];
        int Before(int length, int kernel) => isValid ? 0 : (int)SamePadding.Of(length, kernel, stride).Before;
        var (channels, height, width) = (Size(input, 1), Size(input, 2), Size(input, 3));
        var (rows, columns) = (Size(weight, 2), Size(weight, 3));
        var (top, left) = (Before(height, rows), Before(width, columns));
        var outputs =
            from image in Enumerable.Range(0, Size(input, 0))
            from filter in Enumerable.Range(0, Size(weight, 0))
            from row in Enumerable.Range(0, size.Rows)
            from column in Enumerable.Range(0, size.Columns)
            select (image, filter, row: (row * stride) - top, column: (column * stride) - left);
        return
        [
            .. outputs.Select(o =>
                bias[o.filter]
                + (
                    from channel in Enumerable.Range(0, channels)
                    from y in Enumerable.Range(0, rows)
                    from x in Enumerable.Range(0, columns)
                    where o.row + y >= 0 && o.row + y < height && o.column + x >= 0 && o.column + x < width
                    select values[(((((o.image * channels) + channel) * height) + o.row + y) * width) + o.column + x]
                        * weights[(((((o.filter * channels) + channel) * rows) + y) * columns) + x]
                ).Sum()
            ),
        ];
    }
}
