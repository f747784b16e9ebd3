using Rote.Studies.Claims;

namespace Rote.Studies.BenignKernels.Claims;

/// <summary>What must come out if the measurements are sound, and what interpolation costs.</summary>
/// <param name="plan">The sizes.</param>
internal sealed class ControlClaims(BenignPlan plan)
{
    private const double Noise = BenignScale.MuchNoise;
    private const string Control = "a control of this study";
    private const string Chance = "chance";

    private readonly ClaimFactory _factory = new(plan);

    /// <summary>Returns the claims.</summary>
    public IEnumerable<Claim> All() =>
        [
            _factory.Create(
                "control/random-labels",
                Control,
                "With all labels random the interpolants guess (test error at the largest n, mean of the two kernels)",
                Chance,
                Unit.Share,
                new Within(1 - (1.0 / BenignWords.Classes), 0.03, "Ten classes; three points are four errors of 2,000 examples."),
                draw => ClaimFactory.Kernels.Average(kernel => draw.Curve(kernel).Last(1).TestWrong)
            ),
            _factory.Create(
                "control/random-norm",
                Control,
                "A predictor of random labels has a larger norm than one of true labels (ratio at the largest n, the smaller of two "
                    + "kernels)",
                "larger",
                Unit.Ratio,
                ClaimFactory.Larger(1),
                draw => ClaimFactory.Least(draw, curve => curve.Last(1).Norm / curve.Last(0).Norm)
            ),
            _factory.Create(
                "control/ridge",
                Control,
                "Interpolation is not free: with 30 % of the labels drawn anew a chosen ridge does better (test error of the interpolant "
                    + "minus its own; the smaller of two kernels)",
                "better",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => ClaimFactory.Least(draw, curve => curve.Last(Noise).TestWrong - curve.WithRidge(Noise)[^1].TestWrong)
            ),
            _factory.Create(
                "control/ridge-bound",
                Control,
                "A bound by the norm can fall: that of the chosen ridge does, with the same labels (exponent of √n over the norm, the "
                    + "smaller of two kernels)",
                "it falls",
                Unit.Number,
                ClaimFactory.Larger(0),
                draw => ClaimFactory.Least(draw, curve => -KernelReading.Exponent(curve.WithRidge(Noise), KernelReading.Bound))
            ),
        ];
}
