using Rote.Networks;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Networks;

[NoTensorLeaks]
public sealed class LocalResponseNormTests
{
    [Fact]
    public void The_formula_is_that_of_the_naive_loop() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 5], Gen.Double[0.001, 0.5], Gen.Double[0.25, 1.5])
            .Sample(
                (channels, radius, alpha, beta) =>
                {
                    using var scope = NewDisposeScope();
                    manual_seed(1);
                    var input = randn([2, 3, 2, channels]) * 3;
                    var output = LocalResponseNorm.Apply(input.permute(0, 3, 1, 2), radius, alpha, beta);
                    var expected = input
                        .data<float>()
                        .ToArray()
                        .Chunk(channels)
                        .SelectMany(pixel => Naive(pixel, radius, alpha, beta))
                        .ToArray();
                    Assert.All(
                        expected.Zip(output.permute(0, 2, 3, 1).contiguous().data<float>().ToArray()),
                        p => Assert.Equal(p.First, p.Second, 1e-4)
                    );
                },
                threads: 1
            );

    // The constants of TensorFlow's tutorial in PyTorch's terms: size 9, alpha 0.001, which PyTorch divides by the size. Values up to 100
    // make denominators from 1 to 4, far from 1.
    [Fact]
    public void Results_and_gradients_are_those_of_libtorch()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var images = randn([2, 16, 5, 5]) * 30;
        var (ours, theirs) = (images.clone().requires_grad_(true), images.clone().requires_grad_(true));
        var output = LocalResponseNorm.Apply(ours, radius: 4, alpha: 0.001 / 9, beta: 0.75);
        var expected = nn.functional.local_response_norm(theirs, 9, alpha: 0.001, beta: 0.75, k: 1);
        Assert.True(output.allclose(expected, 1e-5, 1e-4));
        var weights = randn(images.shape);
        output.backward([weights]);
        expected.backward([weights]);
        Assert.True(ours.grad!.allclose(theirs.grad!, 1e-4, 1e-4));
    }

    // The result is rounded by at most 1/256 of itself. What was added to x has five roundings of its own, each of at most 1/256 of it:
    // nothing where values are near 1, and up to the result's own size where they are near 30.
    [Theory]
    [InlineData(1, 1.01 / 256)]
    [InlineData(30, 6 / 256.0)]
    public void In_bfloat16_the_result_is_right_to_its_last_bits(float scale, double tolerance)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var input = (randn([4, 6, 6, 64]) * scale).to(ScalarType.BFloat16).permute(0, 3, 1, 2);
        var output = LocalResponseNorm.Apply(input, radius: 4, alpha: 0.001 / 9, beta: 0.75);
        Assert.Equal(ScalarType.BFloat16, output.dtype);
        Assert.True(output.permute(0, 2, 3, 1).is_contiguous());
        var exact = LocalResponseNorm.Apply(input.to(ScalarType.Float32), radius: 4, alpha: 0.001 / 9, beta: 0.75);
        Assert.True(output.to(ScalarType.Float32).allclose(exact, tolerance, 0));
    }

    private static IEnumerable<float> Naive(float[] pixel, int radius, double alpha, double beta) =>
        pixel.Select(
            (value, i) =>
            {
                var sum = pixel.Where((_, j) => Math.Abs(i - j) <= radius).Sum(v => (double)v * v);
                return (float)(value / Math.Pow(1 + (alpha * sum), beta));
            }
        );
}
