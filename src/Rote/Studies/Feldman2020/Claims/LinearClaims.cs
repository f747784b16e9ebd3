using Rote.Measurement;
using Rote.Studies.Claims;
using Rote.Studies.Feldman2020.Estimates;

namespace Rote.Studies.Feldman2020.Claims;

/// <summary>Where only the last layer is trained, little is memorized.</summary>
internal static class LinearClaims
{
    private const string Source = "section 3, the last layer alone";

    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "last-layer/memorized",
                Source,
                "A linear model on the features of a network trained on all examples memorizes hardly any (examples with a value of at "
                    + "least 0.25, over those of whole networks)",
                "much lower values",
                Unit.Ratio,
                new AtMost(0.25, "A quarter as many."),
                [.. make.Usual, .. make.Sources(FixedFeatures.OfAllExamples)],
                draw => Memorized(draw, FixedFeatures.OfAllExamples)
            ),
            make.Create(
                "last-layer/pairs",
                Source,
                "and has hardly any pairs of high influence (over those of whole networks)",
                "a small share of the pairs",
                Unit.Ratio,
                new AtMost(0.1, "A tenth as many."),
                [.. make.Usual, .. make.Sources(FixedFeatures.OfAllExamples)],
                draw => ClaimFactory.Ratio(ByAll(draw.Values(FixedFeatures.OfAllExamples)), draw.Pairs().Count)
            ),
            make.Create(
                "last-layer/unseen",
                ClaimFactory.Own,
                "It is so even where the features never saw the examples: those of a network trained on as many others (examples with a "
                    + "value of at least 0.25, over those of whole networks)",
                "not asked: its features have seen every example",
                Unit.Ratio,
                new AtMost(0.5, "Half as many: then most of memorization is the deep layers' own."),
                [.. make.Usual, .. make.Sources(FixedFeatures.OfOtherExamples)],
                draw => Memorized(draw, FixedFeatures.OfOtherExamples)
            ),
        ];

    private static Estimate Memorized(FeldmanDraw draw, FixedFeatures features)
    {
        var (linear, whole) = (draw.Values(features).Counts, draw.Values(draw.Usual).Counts);
        if (MemorizedClaims.Share(whole, -1) == 0)
        {
            throw new NoEvidenceException("No example is memorized.", isOfTheNetwork: true);
        }

        // Models of one number were trained on the same half, so a group is left out of both.
        var groups = linear.Sizes.Count;
        return Jackknife.Of(groups, g => Share(linear, g) / Share(whole, g));

        double Share(GroupCounts counts, int without)
        {
            var values = counts.Values([.. Enumerable.Range(0, groups).Where(group => group != without)]);
            return (double)values.Count(value => value >= FeldmanScale.MemorizedAt) / values.Length;
        }
    }

    private static int ByAll(EnsembleValues values)
    {
        var memorization = values.Counts.Values(values.Counts.All);
        return values.Pairs!.Count(pair => InfluencePairs.IsPair(memorization[pair.Train], pair.Influence));
    }
}
