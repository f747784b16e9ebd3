using Rote.Measurement;
using Rote.Studies.Arpit2017.Networks;
using Rote.Studies.Claims;

namespace Rote.Studies.Arpit2017.Claims;

/// <summary>Real data has easy examples.</summary>
internal static class EasyClaims
{
    private const string Paper = "Section 3.1, Figure 1";

    /// <summary>Returns the claims.</summary>
    public static IEnumerable<Claim> Of(ClaimFactory make) => [.. Spreads(make), .. Extremes(make), Shuffled(make)];

    private static IEnumerable<Claim> Spreads(ClaimFactory make)
    {
        return
        [
            make.Create(
                "examples/spread-labels",
                Paper,
                "After one epoch the share of networks that are right differs more between examples of real data than with random labels "
                    + "(standard deviation over examples beyond binomial noise, difference)",
                "much more variable on real data",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Spread(draw, NoiseLevel.Real) - Spread(draw, NoiseLevel.RandomLabels)
            ),
            make.Create(
                "examples/spread-inputs",
                Paper,
                "and more than with random inputs (the same)",
                "much more variable on real data",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Spread(draw, NoiseLevel.Real) - Spread(draw, NoiseLevel.RandomInputs)
            ),
            make.Create(
                "examples/inputs-binomial",
                Paper,
                "Random inputs are all equally hard (variance over examples, over that of a binomial)",
                "closely resembles a binomial",
                Unit.Ratio,
                new AtMost(2, "Resembling it closely leaves room for no more than its own variance again."),
                draw => Dispersion.OverBinomial(draw.Easy(NoiseLevel.RandomInputs).Right, make.Scale.EasyNetworks)
            ),
        ];

        double Spread(ArpitDraw draw, NoiseLevel noise) => Dispersion.Spread(draw.Easy(noise).Right, make.Scale.EasyNetworks);
    }

    private static IEnumerable<Claim> Extremes(ClaimFactory make) =>
        [
            make.Create(
                "examples/always-right",
                Paper,
                "Some real examples are learned by every network in one epoch (share of examples)",
                "many are reliably learned in the first epoch",
                Unit.Share,
                new AtLeast(0.1, "A tenth; of equally hard examples it would be none."),
                draw => Share(draw, count => count == make.Scale.EasyNetworks)
            ),
            make.Create(
                "examples/always-wrong",
                Paper,
                "and some by none (share of examples)",
                "some are nearly always wrong",
                Unit.Share,
                new AtLeast(0.01, "A hundredth; of equally hard examples it would be none."),
                draw => Share(draw, count => count == 0)
            ),
        ];

    private static Claim Shuffled(ClaimFactory make) =>
        make.Create(
            "control/shuffled",
            ClaimFactory.Control,
            "The right predictions of each network shuffled over the examples vary as a binomial does (variance over that of a binomial, "
                + "mean of the three kinds of data)",
            "as a binomial",
            Unit.Ratio,
            new Within(
                1,
                0.1,
                "Three variances of a thousand examples and five draws have an error of about 1 %; networks differ a little."
            ),
            draw => EasyExamples.Kinds.Average(kind => Dispersion.OverBinomial(draw.Easy(kind).Shuffled, make.Scale.EasyNetworks))
        );

    private static double Share(ArpitDraw draw, Func<int, bool> counts)
    {
        var right = draw.Easy(NoiseLevel.Real).Right;
        return right.Count(counts) / (double)right.Count;
    }
}
