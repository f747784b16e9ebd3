using Rote.Measurement;
using Rote.Studies.BenignKernels.Networks;
using Rote.Studies.Claims;

namespace Rote.Studies.BenignKernels.Claims;

/// <summary>Where uniform convergence says nothing: a linear classifier, two spheres, and the norms of trained networks.</summary>
/// <param name="plan">The sizes.</param>
internal sealed class ConvergenceClaims(BenignPlan plan)
{
    private const string Linear = "Nagarajan and Kolter 2019, section 3.1, theorem 3.1";
    private const string Spheres = "Nagarajan and Kolter 2019, section 3.2, Figure 2";
    private const string Networks = "Nagarajan and Kolter 2019, section 2, Figure 1";

    private readonly ClaimFactory _factory = new(plan);

    /// <summary>Returns the claims.</summary>
    public IEnumerable<Claim> All() => [.. OfLinear(), .. OfSpheres(), .. OfNetworks()];

    private IEnumerable<Claim> OfLinear() =>
        [
            _factory.Create(
                "linear/error",
                Linear,
                "One step of descent from 0 makes a linear classifier that is right on new examples (the largest test error of all sizes)",
                "at most ε",
                Unit.Share,
                new AtMost(0.01, "With D = 500 m the error is about Φ(−√500 / 8), 0.26 %."),
                draw => plan.Scale.LinearSizes.Max(size => draw.Linear(size).TestWrong)
            ),
            _factory.Create(
                "linear/negated",
                Linear,
                "and wrong on its training set with the noise negated, which is as probable (the least share of wrong ones)",
                "all wrong",
                Unit.Share,
                new AtLeast(0.99, "1 − ε, with ε of the claim before."),
                draw => plan.Scale.LinearSizes.Min(size => draw.Linear(size).NegatedWrong)
            ),
        ];

    private IEnumerable<Claim> OfSpheres() =>
        [
            _factory.Create(
                "spheres/error-falls",
                Spheres,
                "A wide network that tells two spheres apart does better with more points (test error at the smallest m over the largest)",
                "it falls",
                Unit.Ratio,
                ClaimFactory.Larger(1),
                draw => draw.Sphere(plan.Scale.SphereSizes[0]).TestWrong / draw.Sphere(plan.Scale.SphereSizes[^1]).TestWrong
            ),
            _factory.Create(
                "spheres/error-small",
                Spheres,
                "and its test error becomes small (at the largest m)",
                "small",
                Unit.Share,
                new AtMost(0.1, "A fifth of chance."),
                draw => draw.Sphere(plan.Scale.SphereSizes[^1]).TestWrong
            ),
            _factory.Create(
                "spheres/projected",
                Spheres,
                "yet it misclassifies its training points moved to the other sphere (the least share of all sizes)",
                "nearly all",
                Unit.Share,
                new AtLeast(0.9, "Then no two-sided bound is below 0.9 minus the test error."),
                draw => plan.Scale.SphereSizes.Min(size => draw.Sphere(size).ProjectedWrong)
            ),
            _factory.Create(
                "control/spheres",
                "a control of this study",
                "It is right on new points moved to the other sphere, so moving alone harms none (share of wrong ones at the largest m)",
                "few wrong",
                Unit.Share,
                new AtMost(0.1, "As the test error: the moved new points are new points."),
                draw => draw.Sphere(plan.Scale.SphereSizes[^1]).NewProjectedWrong
            ),
        ];

    private IEnumerable<Claim> OfNetworks() =>
        [
            Growth("distance-grows", "The distance of trained weights from the start grows with m (exponent)", 1, r => r.Distance),
            Growth("product-grows", "So does the product of the layers' spectral norms (exponent)", 1, r => r.SpectralProduct),
            Growth("bound-grows", "So does the bound of Neyshabur et al. 2018 (exponent)", 1, r => r.Bound),
            Growth("error-falls", "while the test error falls (exponent of one over it)", -1, r => r.TestWrong),
        ];

    private Claim Growth(string id, string statement, int sign, Func<NormResult, double> read) =>
        _factory.Create(
            $"networks/{id}",
            Networks,
            statement,
            sign > 0 ? "a power of m" : "it falls",
            Unit.Number,
            ClaimFactory.Larger(0),
            draw => sign * PowerLaw.Exponent([.. plan.Scale.NetworkSizes.Select(size => ((double)size, read(draw.Network(size))))])
        );
}
