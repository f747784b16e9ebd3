using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>K(x, x′) = exp(−γ ‖x − x′‖²), computed in place from inner products.</summary>
internal static class GaussianKernel
{
    /// <summary>Throws if γ is no bandwidth of a kernel.</summary>
    /// <param name="gamma">One over a squared length.</param>
    /// <exception cref="InputException">γ is not a positive finite number.</exception>
    public static double Require(double gamma) =>
        gamma > 0 && double.IsFinite(gamma)
            ? gamma
            : throw new InputException(
                $"The bandwidth gamma is {gamma}, expected a positive finite number: the kernel is exp(-gamma * squared distance)."
            );

    /// <summary>Turns inner products into the kernel.</summary>
    /// <param name="products">[M, N] inner products; overwritten.</param>
    /// <param name="rows">[M] squared norms of the rows' points, of the same type.</param>
    /// <param name="columns">[N] squared norms of the columns' points.</param>
    /// <param name="gamma">The bandwidth.</param>
    public static void FromProducts(Tensor products, Tensor rows, Tensor columns, double gamma)
    {
        using var scope = NewDisposeScope();
        products.mul_(2 * gamma);
        products.sub_(rows.mul(gamma).unsqueeze(1));
        products.sub_(columns.mul(gamma).unsqueeze(0));

        // A distance that rounding made negative is 0.
        products.clamp_max_(0).exp_();
    }
}
