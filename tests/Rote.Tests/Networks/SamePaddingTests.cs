using Rote.Networks;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Networks;

[NoTensorLeaks]
public sealed class SamePaddingTests
{
    // TensorFlow's guide to tf.nn, "Notes on padding"; the case of the paper's halvings is the second.
    [Theory]
    [InlineData(28, 3, 1, 1, 1)]
    [InlineData(28, 3, 2, 0, 1)]
    [InlineData(7, 3, 2, 1, 1)]
    [InlineData(14, 5, 1, 2, 2)]
    [InlineData(13, 5, 2, 2, 2)]
    [InlineData(14, 5, 2, 1, 2)]
    [InlineData(28, 1, 2, 0, 0)]
    [InlineData(1, 3, 2, 1, 1)]
    public void The_odd_row_of_padding_comes_last(long size, long kernel, long stride, long before, long after) =>
        Assert.Equal((before, after), SamePadding.Of(size, kernel, stride));

    [Fact]
    public void Padding_gives_one_window_for_every_stride_begun() =>
        Gen.Select(Gen.Long[1, 50], Gen.Long[1, 7], Gen.Long[1, 4])
            .Sample(
                (size, kernel, stride) =>
                {
                    var (before, after) = SamePadding.Of(size, kernel, stride);
                    var windows = (size + stride - 1) / stride;
                    return after - before is 0 or 1 && (Math.Max(size + before + after - kernel, 0) / stride) + 1 == windows;
                }
            );

    [Fact]
    public void Pooling_equals_a_naive_loop_for_odd_and_even_sides() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Bool)
            .Sample(
                (height, width, isChannelsLast) =>
                {
                    using var scope = NewDisposeScope();
                    // below 0: a pool that lets padding win is found out
                    var input = (randn([2, height, width, 3]) - 5).permute(0, 3, 1, 2);
                    var pooled = SamePadding.MaxPool3x3Stride2(isChannelsLast ? input : input.contiguous());
                    Assert.Equal([2, 3, (height + 1) / 2, (width + 1) / 2], pooled.shape);
                    Assert.Equal(Naive(input), pooled.contiguous().data<float>().ToArray());
                },
                threads: 1
            );

    // TensorFlow's avg_pool: windows that reach over the edge are divided by what lies inside.
    [Fact]
    public void The_mean_of_a_window_does_not_count_padding() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Bool)
            .Sample(
                (height, width, isHalf) =>
                {
                    using var scope = NewDisposeScope();
                    var type = isHalf ? ScalarType.BFloat16 : ScalarType.Float32;
                    var input = (randn([2, height, width, 3]) + 5).to(type).permute(0, 3, 1, 2);
                    var means = SamePadding.AveragePool3x3(input);
                    Assert.Equal((type, true), (means.dtype, means.permute(0, 2, 3, 1).is_contiguous()));
                    for (var row = 0; row < height; row++)
                    {
                        for (var column = 0; column < width; column++)
                        {
                            var (top, left) = (Math.Max(0, row - 1), Math.Max(0, column - 1));
                            var (rows, columns) = (Math.Min(height, row + 2) - top, Math.Min(width, column + 2) - left);
                            var expected = input.to(float64).narrow(2, top, rows).narrow(3, left, columns).mean([2, 3]);
                            Assert.True(means.select(3, column).select(2, row).to(float64).allclose(expected, isHalf ? 1 / 128.0 : 1e-5));
                        }
                    }
                },
                iter: 30,
                threads: 1
            );

    private static float[] Naive(Tensor input)
    {
        var (maps, height, width) = ((int)(input.shape[0] * input.shape[1]), (int)input.shape[2], (int)input.shape[3]);
        var values = input.contiguous().data<float>().ToArray();
        var pooled = new List<float>();
        var (top, left) = ((int)SamePadding.Of(height, 3, 2).Before, (int)SamePadding.Of(width, 3, 2).Before);
        for (var map = 0; map < maps; map++)
        {
            for (var row = -top; row < height - top; row += 2)
            {
                for (var column = -left; column < width - left; column += 2)
                {
                    var window =
                        from y in Enumerable.Range(row, 3)
                        from x in Enumerable.Range(column, 3)
                        where y >= 0 && y < height && x >= 0 && x < width
                        select values[(((map * height) + y) * width) + x];
                    pooled.Add(window.Max());
                }
            }
        }

        return [.. pooled];
    }
}
