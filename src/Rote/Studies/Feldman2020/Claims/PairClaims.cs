using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Feldman2020.Claims;

/// <summary>What pairs of high influence are like.</summary>
internal static class PairClaims
{
    /// <summary>Share of a class that counts as nearest.</summary>
    public const double Nearest = 0.05;

    private const string Source = "section 3, pairs of high influence";

    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "pairs/single",
                Source,
                "Most test examples with a training example of high influence have a single one (share)",
                "most",
                Unit.Share,
                new AtLeast(0.5, "More than half is most."),
                make.Usual,
                draw =>
                {
                    var counts = draw.Pairs().CountBy(pair => pair.Test).Select(count => count.Value).ToArray();
                    return Estimate.Share(counts.Count(count => count == 1), counts.Length);
                }
            ),
            make.Create(
                "pairs/alike",
                Source,
                "The two look alike: the training example is among the nearest 5 % of its class to the test example (share of pairs)",
                "visually similar, at times near copies",
                Unit.Share,
                new AtLeast(0.5, "Half of the pairs, ten times as many as chance."),
                make.Usual,
                draw => Near(draw.Likeness().PairRanks.Select(rank => (double?)rank))
            ),
        ];

    /// <summary>The share of ranks among the nearest 5 %.</summary>
    /// <param name="ranks">Ranks in (0, 1]; null is passed over.</param>
    /// <exception cref="NoEvidenceException">There is none.</exception>
    public static Estimate Near(IEnumerable<double?> ranks)
    {
        var known = ranks.OfType<double>().ToArray();
        return known.Length > 0
            ? Estimate.Share(known.Count(rank => rank <= Nearest), known.Length)
            : throw new NoEvidenceException("There is no other memorized example of the class.", isOfTheNetwork: true);
    }
}
