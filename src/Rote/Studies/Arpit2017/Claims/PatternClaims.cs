using Rote.Studies.Arpit2017.Networks;
using Rote.Studies.Claims;

namespace Rote.Studies.Arpit2017.Claims;

/// <summary>Patterns are learned first.</summary>
internal static class PatternClaims
{
    private const string Paper = "Section 4, Figures 7 and 8";
    private const double Fitted = 0.9;

    /// <summary>Returns the claims.</summary>
    public static IEnumerable<Claim> Of(ClaimFactory make) => [.. Peaks(make), .. AtPeak(make), .. Order(make)];

    private static IEnumerable<Claim> Peaks(ClaimFactory make) =>
        [
            make.Create(
                "patterns/labels-peak",
                Paper,
                "With 20, 40, 60 and 80 % random labels validation accuracy falls from its peak while they are fitted (peak minus end, "
                    + "minus that of real data, the smallest)",
                "best before the noise is fitted",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Smallest(NoiseKind.Labels, noise => Fall(draw.Course(noise)) - Fall(draw.Course(NoiseLevel.Real)))
            ),
            make.Create(
                "patterns/inputs-peak",
                Paper,
                "So it does with as many random inputs (the same)",
                "best before the noise is fitted",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Smallest(NoiseKind.Inputs, noise => Fall(draw.Course(noise)) - Fall(draw.Course(NoiseLevel.Real)))
            ),
        ];

    private static IEnumerable<Claim> AtPeak(ClaimFactory make) =>
        [
            make.Create(
                "patterns/little-noise",
                Paper,
                "At the peak few wrong labels are predicted (share of the wrongly labelled training examples, the largest)",
                "simple patterns first",
                Unit.Share,
                new AtMost(0.25, "A quarter; at the end all of them are."),
                draw => -Smallest(NoiseKind.Labels, noise => -draw.Course(noise).Peak().Wrong!.Value)
            ),
            make.Create(
                "patterns/recovered",
                "Rote",
                "and more of these examples get their true label, which the network was never given (share with the true label minus share "
                    + "with the given one, the smallest)",
                "no number",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Smallest(NoiseKind.Labels, noise => (draw.Course(noise).Peak().Recovered - draw.Course(noise).Peak().Wrong)!.Value)
            ),
        ];

    private static IEnumerable<Claim> Order(ClaimFactory make) =>
        [
            make.Create(
                "patterns/labels-later",
                "Rote",
                "Wrong labels are fitted later than right ones (epochs to 90 % of them over epochs to 90 % of the others, the smallest)",
                "no number",
                Unit.Ratio,
                ClaimFactory.Larger(1),
                draw => Smallest(NoiseKind.Labels, noise => Later(draw.Course(noise)))
            ),
            make.Create(
                "patterns/inputs-later",
                "Rote",
                "Random inputs are fitted later than real ones (the same)",
                "no number",
                Unit.Ratio,
                ClaimFactory.Larger(1),
                draw => Smallest(NoiseKind.Inputs, noise => Later(draw.Course(noise)))
            ),
        ];

    private static double Smallest(NoiseKind kind, Func<NoiseLevel, double> read) =>
        ArpitScale.Shares.Min(share => read(new NoiseLevel(kind, share)));

    /// <summary>At least 0, as the best of many epochs is chosen by the same examples; so that of real data is taken off.</summary>
    private static double Fall(Course course) => course.Peak().Validation - course.Points[^1].Validation;

    private static double Later(Course course)
    {
        var (noise, real) = (course.EpochsTo(point => point.Wrong, Fitted), course.EpochsTo(point => point.Right, Fitted));
        return double.IsFinite(noise) && double.IsFinite(real)
            ? noise / real
            : throw new NoEvidenceException($"A network did not fit {Fitted:P0} of its {course.Noise.Title()} within the epochs.", true);
    }
}
