using Rote.Studies.Claims;
using Rote.Theory.KernelCurves;

namespace Rote.Studies.BenignKernels.Claims;

/// <summary>Kernel machines that fit every label and still generalize.</summary>
/// <param name="plan">The sizes.</param>
internal sealed class KernelClaims(BenignPlan plan)
{
    private const string Interpolation = "Belkin et al. 2018, on interpolation";
    private const string Noise = "Belkin et al. 2018, on label noise";
    private const string Random = "Belkin et al. 2018, abstract and on fitting noise";

    private readonly ClaimFactory _factory = new(plan);

    /// <summary>Returns the claims.</summary>
    public IEnumerable<Claim> All() =>
        [
            _factory.Create(
                "kernels/interpolate",
                Interpolation,
                "Both kernels give every training example its given label, at every size and noise (the largest share of wrong ones)",
                "zero",
                Unit.Share,
                new AtMost(0, "Interpolation leaves none."),
                draw =>
                    ClaimFactory.Most(
                        draw,
                        curve => BenignScale.Noises.Max(noise => curve.Interpolants(noise).Max(point => point.TrainWrong))
                    )
            ),
            _factory.Create(
                "kernels/early-stopped",
                Interpolation,
                "Stopped early, descent does little better than its end (test error of the interpolant minus the least on its path; the "
                    + "worse kernel)",
                "about the same",
                Unit.Points,
                new AtMost(0.01, "A point, though the path is chosen with the test examples in view."),
                draw => ClaimFactory.Kernels.Max(kernel => draw.Path(kernel, 0).Last - draw.Path(kernel, 0).Best)
            ),
            _factory.Create(
                "kernels/error-falls",
                Interpolation,
                "With a tenth of the labels drawn anew the interpolant's test error falls with n (at the smallest n over at the largest; "
                    + "the worse kernel)",
                "it falls",
                Unit.Ratio,
                ClaimFactory.Larger(1),
                draw =>
                    ClaimFactory.Least(
                        draw,
                        curve => curve.Interpolants(BenignScale.SomeNoise)[0].TestWrong / curve.Last(BenignScale.SomeNoise).TestWrong
                    )
            ),
            .. ClaimFactory.Kernels.Select(OfNoise),
            _factory.Create(
                "laplacian/random-labels",
                Random,
                "The Laplacian kernel fits random labels in a few times the iterations of true ones",
                "about as easily",
                Unit.Ratio,
                new AtMost(3, "'A few' is three."),
                draw => Fitted(draw, KernelShape.Laplacian, 1) / Fitted(draw, KernelShape.Laplacian, 0)
            ),
            _factory.Create(
                "gaussian/random-labels",
                Random,
                "The Gaussian kernel needs many more iterations to fit random labels (over those of the Laplacian kernel)",
                "many more epochs",
                Unit.Ratio,
                new AtLeast(3, "Fewer than three times as many are not many more."),
                draw => Fitted(draw, KernelShape.Gaussian, 1) / Fitted(draw, KernelShape.Laplacian, 1)
            ),
        ];

    private Claim OfNoise(KernelShape kernel) =>
        _factory.Create(
            $"{kernel.ToString().ToLowerInvariant()}/noise",
            Noise,
            "Wrong labels cost less than half of what they cost a nearest neighbour (rise of the test error over the share of wrong "
                + "labels, the largest of three noises)",
            "near what the noise allows",
            Unit.Ratio,
            new AtMost(0.5, "Nothing is what the noise allows; a nearest neighbour, which fits every label too, has 1."),
            draw => BenignScale.Noises.Where(noise => noise is > 0 and < 1).Max(noise => Rise(draw, kernel, noise))
        );

    /// <summary>The rise of the error against true labels, over the share of labels that the noise makes wrong.</summary>
    private static double Rise(BenignDraw draw, KernelShape kernel, double noise)
    {
        var curve = draw.Curve(kernel);
        return (curve.Last(noise).TestWrong - curve.Last(0).TestWrong) / (noise * (1 - (1.0 / BenignWords.Classes)));
    }

    private static double Fitted(BenignDraw draw, KernelShape kernel, double noise) =>
        draw.Path(kernel, noise).Fitted ?? double.PositiveInfinity;
}
