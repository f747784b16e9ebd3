using Rote.Tests.Support;
using Rote.Theory.KernelCurves;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.Kernels;

[NoTensorLeaks]
public sealed class LaplacianKernelTests
{
    [Theory]
    [InlineData("Laplacian")]
    [InlineData("Gaussian")]
    public void A_kernel_matrix_is_the_naive_loop(string name)
    {
        using var scope = NewDisposeScope();
        var shape = Enum.Parse<KernelShape>(name);
        var (rows, columns) = (Given(5, 3, 0.7), Given(4, 3, 1.3));
        var kernel = KernelMatrix.Between(shape, rows, columns, 0.4);
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                var square = Enumerable.Range(0, 3).Sum(k => Math.Pow(rows[i, k].item<double>() - columns[j, k].item<double>(), 2));
                var known = Math.Exp(-0.4 * (shape == KernelShape.Gaussian ? square : Math.Sqrt(square)));
                Assert.Equal(known, kernel[i, j].item<double>(), 12);
            }
        }
    }

    [Fact]
    public void Among_points_the_diagonal_is_exactly_one_and_the_matrix_can_be_factored()
    {
        using var scope = NewDisposeScope();
        var kernel = KernelMatrix.Among(KernelShape.Laplacian, Given(20, 3, 1.1).mul(1e3), 1e-3);
        Assert.Equal(20, kernel.diagonal().eq(1).sum([0L]).item<long>());
        Assert.True(linalg.eigvalsh(kernel).min().item<double>() > 0);
    }

    private static Tensor Given(int rows, int columns, double step) =>
        arange(rows * columns, float64).mul(step).sin().reshape(rows, columns);
}
