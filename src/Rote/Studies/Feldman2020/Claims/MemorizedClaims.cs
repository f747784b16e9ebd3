using Rote.Measurement;
using Rote.Studies.Claims;
using Rote.Studies.Feldman2020.Estimates;

namespace Rote.Studies.Feldman2020.Claims;

/// <summary>Some examples are memorized, and which.</summary>
internal static class MemorizedClaims
{
    private const string Section = "section 3, memorization values";

    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "memorized/share",
                Section,
                "A share of the examples is memorized: its label is predicted by 25 points more of the networks trained on it (share, "
                    + "minus that with shuffled membership)",
                "a large share on CIFAR-100 and ImageNet, a small one on MNIST",
                Unit.Share,
                new AtLeast(0.1, "A tenth: networks on half of the examples misclassify more than that, and fit all they are given."),
                make.Usual,
                draw => Jackknifed(draw.Values(make.Scale.Usual), (values, g) => Share(values.Counts, g) - Share(values.Shuffled, g))
            ),
            make.Create(
                "memorized/wrong-labels",
                Section,
                "Wrong labels are memorized (mean memorization value of the examples whose label was changed)",
                "outliers and mislabeled examples have values near 1",
                Unit.Number,
                new AtLeast(0.8, "Near 1; a network that is not given a wrong label says it at times by mistake."),
                make.Wrong,
                draw => OfWrong(draw, make.Scale, (values, wrong) => values.Where((_, i) => wrong[i]).Average())
            ),
            make.Create(
                "memorized/wrong-labels-first",
                Section,
                "and memorization values rank them before the others (area under the ROC curve)",
                "among the examples with the largest values",
                Unit.Number,
                new AtLeast(0.9, "Some right labels are as surprising; nine of ten pairs are ranked right."),
                make.Wrong,
                draw => OfWrong(draw, make.Scale, (values, wrong) => RankQuality.Auroc(values, wrong).Value)
            ),
            make.Create(
                "memorized/atypical",
                Section,
                "Memorized examples are atypical (share of the ten nearest pictures that have the example's label: of the others, minus of "
                    + "the memorized ones)",
                "atypical, ambiguous or mislabeled",
                Unit.Points,
                new AtLeast(0.25, "A quarter of the neighbours: the classes of a typical example and of an atypical one differ visibly."),
                make.Usual,
                Atypical
            ),
        ];

    /// <summary>The share of examples that are memorized.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="without">A group that is left out; −1: none.</param>
    public static double Share(GroupCounts counts, int without) =>
        (double)counts.Values(counts.Except(without)).Count(value => value >= FeldmanScale.MemorizedAt) / counts.Examples;

    /// <summary>A number with its error over groups of networks.</summary>
    public static Estimate Jackknifed(EnsembleValues values, Func<EnsembleValues, int, double> number) =>
        Jackknife.Of(values.Counts.Sizes.Count, without => number(values, without));

    private static Estimate OfWrong(FeldmanDraw draw, FeldmanScale scale, Func<double[], bool[], double> number)
    {
        var (values, wrong) = (draw.Values(scale.Wrong), draw.IsWrong(scale.Wrong));
        return Jackknifed(values, (v, g) => number(v.Counts.Values(v.Counts.Except(g)), wrong));
    }

    private static Estimate Atypical(FeldmanDraw draw)
    {
        var (counts, own) = (draw.Values(draw.Usual).Counts, draw.Likeness().OwnNeighbours);
        var values = counts.Values(counts.All);
        return Mean(memorized: false).Minus(Mean(memorized: true));

        Estimate Mean(bool memorized)
        {
            var shares = own.Where((_, i) => values[i] >= FeldmanScale.MemorizedAt == memorized).ToArray();
            return shares.Length > 0
                ? Estimate.Mean(shares)
                : throw new NoEvidenceException("All examples are memorized, or none.", isOfTheNetwork: true);
        }
    }
}
