using Rote.Features;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Features;

[NoTensorLeaks]
public sealed class IntrinsicDimensionTests
{
    [Theory]
    [InlineData(1, 0.93, 1.07)]
    [InlineData(2, 1.86, 2.14)]
    [InlineData(5, 4.2, 5)] // most of a cube of five sides is near its edge, where neighbours lie on one side: Facco et al. 2017, figure 3
    public void Points_of_a_plane_in_many_directions_have_its_dimension(int dimension, double least, double most)
    {
        using var scope = NewDisposeScope();
        var found = IntrinsicDimension.Of(rand(2000, dimension, generator: new Generator(1)).mm(Draw(dimension, 20)));
        Assert.InRange(found.Whole.Value, least, most);
        Assert.InRange(found.Quarters.Value, 0.9 * least, 1.1 * most);
        Assert.Equal((2000, 2, 4, 0), (found.Whole.Samples, found.Halves.Samples, found.Quarters.Samples, found.Equal));
    }

    [Fact]
    public void The_slope_of_exact_quantiles_is_the_dimension()
    {
        // 1 − F(μ) = μ^(−d), Facco et al. 2017, equation 3: μ at F = i/N is (1 − i/N)^(−1/d).
        var ratios = Enumerable.Range(1, 999).Select(i => Math.Pow(1 - (i / 1000.0), -1 / 7.0)).Append(1e6);
        Assert.Equal(7, IntrinsicDimension.Slope(ratios), 6);
    }

    [Fact]
    public void Equal_examples_are_left_out_and_counted()
    {
        using var scope = NewDisposeScope();
        var half = rand(100, 3, generator: new Generator(2));
        var found = IntrinsicDimension.Of(cat([half, half, rand(100, 3, generator: new Generator(3))], 0));
        Assert.Equal(200, found.Equal);
    }

    [Fact]
    public void Constant_values_and_few_examples_have_no_dimension()
    {
        using var scope = NewDisposeScope();
        Assert.True(double.IsNaN(IntrinsicDimension.Of(ones(100, 1)).Whole.Value));
        Assert.True(double.IsNaN(IntrinsicDimension.Of(rand(10, 2)).Whole.Value));
        Assert.True(double.IsNaN(IntrinsicDimension.Of(rand(2, 2)).Whole.Value));
    }

    private static Tensor Draw(int rows, int columns)
    {
        var values = new float[rows * columns];
        new Seeds(1).Stream("test").FillGaussian(values);
        return tensor(values, [rows, columns], float32);
    }
}
