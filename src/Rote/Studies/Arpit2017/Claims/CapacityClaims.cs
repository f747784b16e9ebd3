using Rote.Measurement;
using Rote.Studies.Arpit2017.Networks;
using Rote.Studies.Claims;

namespace Rote.Studies.Arpit2017.Claims;

/// <summary>Noise needs more units, and its time to fit hangs more on units and examples.</summary>
internal static class CapacityClaims
{
    private const string Units = "Section 3.3, Figure 5";
    private const string Time = "Section 3.3, Figure 6";

    private static readonly (NoiseLevel Noise, string Key, string Title)[] Noisy =
    [
        (new(NoiseKind.Inputs, ArpitScale.MuchNoise), "inputs", "80 % of the inputs random"),
        (new(NoiseKind.Labels, ArpitScale.MuchNoise), "labels", "80 % of the labels random"),
    ];

    /// <summary>Returns the claims.</summary>
    public static IEnumerable<Claim> Of(ClaimFactory make) => [.. Performance(make), .. Times(make)];

    private static IEnumerable<Claim> Performance(ClaimFactory make)
    {
        var (least, some, most) = (make.Scale.Units[0], Middle(make.Scale), make.Scale.Units[^1]);
        return
        [
            make.Create(
                "capacity/real-saturates",
                Units,
                $"On real data {some} units do as well as {most} (validation accuracy at the end, gain)",
                "close to its best with few units",
                Unit.Points,
                new AtMost(0.02, "Two points are two binomial errors of a thousand test examples."),
                draw => Gain(draw, NoiseLevel.Real, some, most)
            ),
            .. Noisy.Select(noisy =>
                make.Create(
                    $"capacity/{noisy.Key}-need",
                    Units,
                    $"With {noisy.Title} more units gain more (validation accuracy at the end, gain from {least} to {most} units, minus "
                        + "that on real data)",
                    "noise needs more capacity",
                    Unit.Points,
                    ClaimFactory.Larger(0),
                    draw => Gain(draw, noisy.Noise, least, most) - Gain(draw, NoiseLevel.Real, least, most)
                )
            ),
        ];
    }

    private static IEnumerable<Claim> Times(ClaimFactory make)
    {
        var (some, most) = (Middle(make.Scale), make.Scale.Units[^1]);
        return
        [
            make.Create(
                "time/units",
                Time,
                $"More units fit sooner (epochs to 100 % of training with {some} units over {most}; the smallest of real data and two "
                    + "kinds of noise)",
                "sooner",
                Unit.Ratio,
                ClaimFactory.Larger(1),
                draw => Noisy.Select(noisy => noisy.Noise).Append(NoiseLevel.Real).Min(noise => Faster(draw, noise, some, most))
            ),
            .. Noisy.Select(noisy =>
                make.Create(
                    $"time/units-{noisy.Key}",
                    Time,
                    $"With {noisy.Title} units matter more (the same ratio, over that of real data)",
                    "steeper for noise",
                    Unit.Ratio,
                    ClaimFactory.Larger(1),
                    draw => Faster(draw, noisy.Noise, some, most) / Faster(draw, NoiseLevel.Real, some, most)
                )
            ),
            .. Noisy.Select(noisy =>
                make.Create(
                    $"time/examples-{noisy.Key}",
                    Time,
                    $"With {noisy.Title} the time to fit grows faster with the number of examples (exponent of the epochs, minus that of "
                        + "real data)",
                    "grows faster for noise",
                    Unit.Number,
                    ClaimFactory.Larger(0),
                    draw => Exponent(make.Scale, draw, noisy.Noise) - Exponent(make.Scale, draw, NoiseLevel.Real)
                )
            ),
        ];
    }

    /// <summary>The width from which every kind of data is fitted within the epochs, by a trial at another seed.</summary>
    private static int Middle(ArpitScale scale) => scale.Units[scale.Units.Count / 3];

    private static double Gain(ArpitDraw draw, NoiseLevel noise, int from, int to) =>
        draw.Width(noise, to).Last - draw.Width(noise, from).Last;

    private static double Faster(ArpitDraw draw, NoiseLevel noise, int from, int to) =>
        Epochs(draw.Width(noise, from)) / (double)Epochs(draw.Width(noise, to));

    private static double Exponent(ArpitScale scale, ArpitDraw draw, NoiseLevel noise) =>
        PowerLaw.Exponent([.. scale.Sizes.Select(size => ((double)size, (double)Epochs(draw.Size(noise, size))))]);

    private static int Epochs(CapacityPoint point) =>
        point.Epochs
        ?? throw new NoEvidenceException(
            $"A network of {point.Units} units did not fit {point.Examples} examples ({point.Noise.Title()}) within the epochs.",
            isOfTheNetwork: true
        );
}
