using Rote.Studies.Arpit2017.Networks;
using Rote.Studies.Claims;

namespace Rote.Studies.Arpit2017.Claims;

/// <summary>Fitting noise folds the decision boundary.</summary>
internal static class CriticalClaims
{
    private const string Paper = "Section 4.1, Figure 9";

    /// <summary>Returns the claims.</summary>
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "critical/labels",
                Paper,
                "A network that fitted random labels has more critical samples than one of real data (ratio at the end, difference)",
                "higher",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Last(draw, NoiseLevel.RandomLabels) - Last(draw, NoiseLevel.Real)
            ),
            make.Create(
                "critical/inputs",
                Paper,
                "So has one that fitted random inputs, around new random inputs (the same)",
                "higher",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Last(draw, NoiseLevel.RandomInputs) - Last(draw, NoiseLevel.Real)
            ),
            make.Create(
                "critical/more-noise",
                "Section 4.1, Figures 7 and 8",
                "More noise, more critical samples (ratio at the end with 80 % random labels minus that with 20 %)",
                "higher",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Last(draw, new NoiseLevel(NoiseKind.Labels, 0.8)) - Last(draw, new NoiseLevel(NoiseKind.Labels, 0.2))
            ),
            make.Create(
                "critical/rises",
                Paper,
                "The ratio rises in training (end minus after the first epoch; the smaller of real data and random labels)",
                "it rises",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Math.Min(Rise(draw, NoiseLevel.Real), Rise(draw, NoiseLevel.RandomLabels))
            ),
            make.Create(
                "critical/rises-more",
                Paper,
                "and more with random labels (rise, minus that of real data)",
                "more for noise",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Rise(draw, NoiseLevel.RandomLabels) - Rise(draw, NoiseLevel.Real)
            ),
        ];

    private static double Last(ArpitDraw draw, NoiseLevel noise) => draw.Course(noise).Criticals().Last().Ratio;

    private static double Rise(ArpitDraw draw, NoiseLevel noise) => Last(draw, noise) - draw.Course(noise).Criticals().First().Ratio;
}
