using System.Text.Json.Serialization;
using Rote.Theory.Kernels;
using static TorchSharp.torch;

namespace Rote.Theory.KernelCurves;

/// <summary>A kernel as a function of the distance.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<KernelShape>))]
internal enum KernelShape
{
    /// <summary>exp(−γ ‖x − x′‖²), smooth.</summary>
    [JsonStringEnumMemberName("gaussian")]
    Gaussian,

    /// <summary>exp(−γ ‖x − x′‖), with a kink.</summary>
    [JsonStringEnumMemberName("laplacian")]
    Laplacian,
}

/// <summary>Kernel matrices in float64; tensors belong to the caller's scope.</summary>
internal static class KernelMatrix
{
    /// <summary>Computes the kernel between points.</summary>
    /// <param name="shape">The kernel.</param>
    /// <param name="rows">[M, d] float64.</param>
    /// <param name="columns">[N, d] float64.</param>
    /// <param name="gamma">The bandwidth, above 0.</param>
    /// <returns>[M, N] float64.</returns>
    public static Tensor Between(KernelShape shape, Tensor rows, Tensor columns, double gamma)
    {
        using var scope = NewDisposeScope();
        var products = rows.mm(columns.t());
        var (own, other) = (rows.square().sum([1L]), columns.square().sum([1L]));
        if (shape == KernelShape.Gaussian)
        {
            GaussianKernel.FromProducts(products, own, other, gamma);
        }
        else
        {
            LaplacianKernel.FromProducts(products, own, other, gamma);
        }

        return products.MoveToOuterDisposeScope();
    }

    /// <summary>Computes the kernel between all pairs of points, with ones on the diagonal.</summary>
    /// <param name="shape">The kernel.</param>
    /// <param name="points">[N, d] float64.</param>
    /// <param name="gamma">The bandwidth, above 0.</param>
    /// <returns>[N, N] float64.</returns>
    public static Tensor Among(KernelShape shape, Tensor points, double gamma)
    {
        var kernel = Between(shape, points, points, gamma);
        using var diagonal = kernel.diagonal();
        diagonal.fill_(1);
        return kernel;
    }
}
