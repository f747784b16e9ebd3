using Rote.Features;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Features;

[NoTensorLeaks]
public sealed class CentredKernelAlignmentTests
{
    [Fact]
    public void It_is_the_unbiased_hsic_of_whole_kernels_by_a_naive_loop()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Draw(30, 4, 1), Draw(30, 3, 2) + Draw(30, 4, 1).narrow(1, 0, 3));
        var expected = Naive(x, y) / Math.Sqrt(Naive(x, x) * Naive(y, y));
        Assert.Equal(expected, CentredKernelAlignment.Of(x, y).Value, 4);
    }

    [Fact]
    public void A_layer_is_like_itself_turned_scaled_and_moved()
    {
        using var scope = NewDisposeScope();
        var x = Draw(200, 6, 1);
        var (turn, _) = linalg.qr(Draw(6, 6, 5));
        Assert.Equal(1, CentredKernelAlignment.Of(x, (x.mm(turn) * 7) + 3).Value, 4);
    }

    [Fact]
    public void Unrelated_wide_layers_are_not_alike_where_the_biased_number_says_so()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Draw(200, 300, 1), Draw(200, 300, 2));
        var found = CentredKernelAlignment.Of(x, y);
        Assert.InRange(found.Value, -0.05, 0.05);
        Assert.InRange(found.StandardError, 0.001, 0.1);

        // The biased one: ‖YᵀX‖² / (‖XᵀX‖ ‖YᵀY‖) of centred values.
        var (a, b) = (x - x.mean([0L]), y - y.mean([0L]));
        var biased = b.t().mm(a).square().sum([0L, 1L]) / (a.t().mm(a).norm() * b.t().mm(b).norm());
        Assert.True(biased.item<float>() > 0.5);
    }

    [Fact]
    public void A_constant_layer_is_like_none()
    {
        using var scope = NewDisposeScope();
        Assert.True(double.IsNaN(CentredKernelAlignment.Of(ones(50, 3), Draw(50, 3, 1)).Value));
        Assert.True(double.IsNaN(CentredKernelAlignment.Of(Draw(20, 3, 1), Draw(20, 3, 1)).StandardError));
        Assert.Throws<ArgumentException>(() => CentredKernelAlignment.Of(ones(3, 3), ones(3, 3)));
        Assert.Throws<ArgumentException>(() => CentredKernelAlignment.Of(ones(30, 3), ones(29, 3)));
    }

    /// <summary>Song et al. 2012, equation 5, with loops.</summary>
    private static double Naive(Tensor x, Tensor y)
    {
        var n = (int)x.shape[0];
        var (k, l) = (Kernel(x, n), Kernel(y, n));
        var (trace, sumK, sumL, cross) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                trace += k[i, j] * l[j, i];
                sumK += k[i, j];
                sumL += l[i, j];
                for (var m = 0; m < n; m++)
                {
                    cross += k[i, j] * l[j, m];
                }
            }
        }

        return (trace + (sumK * sumL / ((n - 1.0) * (n - 2))) - (2 / (n - 2.0) * cross)) / (n * (n - 3.0));
    }

    private static double[,] Kernel(Tensor values, int n)
    {
        var products = values.to(float64).mm(values.to(float64).t()).contiguous().data<double>().ToArray();
        var kernel = new double[n, n];
        for (var i = 0; i < n * n; i++)
        {
            kernel[i / n, i % n] = i / n == i % n ? 0 : products[i];
        }

        return kernel;
    }

    private static Tensor Draw(int count, int width, long seed)
    {
        var values = new float[count * width];
        new Seeds(seed).Stream("test").FillGaussian(values);
        return tensor(values, [count, width], float32);
    }
}
