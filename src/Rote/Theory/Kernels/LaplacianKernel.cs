using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>K(x, x′) = exp(−γ ‖x − x′‖), computed in place from inner products. It has a kink at x = x′, where the Gaussian kernel is
/// smooth.</summary>
internal static class LaplacianKernel
{
    /// <summary>Turns inner products into the kernel.</summary>
    /// <param name="products">[M, N] inner products; overwritten.</param>
    /// <param name="rows">[M] squared norms of the rows' points, of the same type.</param>
    /// <param name="columns">[N] squared norms of the columns' points.</param>
    /// <param name="gamma">One over a length, above 0.</param>
    public static void FromProducts(Tensor products, Tensor rows, Tensor columns, double gamma)
    {
        using var scope = NewDisposeScope();
        products.mul_(-2);
        products.add_(rows.unsqueeze(1));
        products.add_(columns.unsqueeze(0));

        // A square that rounding made negative is 0.
        products.clamp_min_(0).sqrt_().mul_(-gamma).exp_();
    }
}
