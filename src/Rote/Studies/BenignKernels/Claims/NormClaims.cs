using Rote.Studies.Claims;
using Rote.Theory.KernelCurves;

namespace Rote.Studies.BenignKernels.Claims;

/// <summary>The norm of the interpolant in the kernel's space, and the bounds that rest on it.</summary>
/// <param name="plan">The sizes.</param>
internal sealed class NormClaims(BenignPlan plan)
{
    private const double Noise = BenignScale.SomeNoise;
    private const string Theorem = "Belkin et al. 2018, theorem 1";

    private readonly ClaimFactory _factory = new(plan);

    /// <summary>Returns the claims.</summary>
    public IEnumerable<Claim> All() =>
        [
            .. ClaimFactory.Kernels.Select(Grows),
            .. ClaimFactory.Kernels.Select(Bound),
            _factory.Create(
                "gaussian/norm-accelerates",
                Theorem,
                "With wrong labels the Gaussian norm grows faster than any power of n (its exponent over the larger half of the sizes "
                    + "minus that over the smaller half)",
                "nearly exponentially",
                Unit.Number,
                ClaimFactory.Larger(0),
                draw => Half(draw, upper: true) - Half(draw, upper: false)
            ),
        ];

    private Claim Grows(KernelShape kernel) =>
        _factory.Create(
            $"{Name(kernel)}/norm-noise",
            Theorem,
            "The norm grows faster with n where a tenth of the labels is drawn anew (exponent of n with them minus that without)",
            "faster",
            Unit.Number,
            ClaimFactory.Larger(0),
            draw =>
                KernelReading.Exponent(draw.Curve(kernel).Interpolants(Noise), point => point.Norm)
                - KernelReading.Exponent(draw.Curve(kernel).Interpolants(0), point => point.Norm)
        );

    private Claim Bound(KernelShape kernel) =>
        _factory.Create(
            $"{Name(kernel)}/bound-grows",
            Theorem,
            "So bounds by the norm grow with n where the error falls (exponent of the norm over √n, a tenth of the labels drawn anew)",
            "they diverge",
            Unit.Number,
            ClaimFactory.Larger(0),
            draw => KernelReading.Exponent(draw.Curve(kernel).Interpolants(Noise), KernelReading.Bound)
        );

    private static double Half(BenignDraw draw, bool upper)
    {
        var points = draw.Curve(KernelShape.Gaussian).Interpolants(Noise);
        var half = (points.Count + 1) / 2;
        return KernelReading.Exponent(upper ? points.TakeLast(half) : points.Take(half), point => point.Norm);
    }

    private static string Name(KernelShape kernel) => kernel.ToString().ToLowerInvariant();
}
