using Rote.Measurement;
using Rote.Studies.Claims;
using Rote.Studies.Feldman2020.Estimates;

namespace Rote.Studies.Feldman2020.Claims;

/// <summary>Networks of another architecture memorize much the same.</summary>
internal static class ArchitectureClaims
{
    private const string Source = "section 3, other architectures";

    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "architectures/values",
                Source,
                "Networks of another depth and width give similar memorization values (rank correlation)",
                "similar across architectures",
                Unit.Number,
                new AtLeast(0.7, "Well above what noise in either estimate could take away."),
                [.. make.Usual, .. make.Other],
                draw => Compared(draw, draw.Across, Ranks.Correlation)
            ),
            make.Create(
                "architectures/memorized",
                Source,
                "and name much the same examples as memorized (those of both over those of either)",
                "similar across architectures",
                Unit.Number,
                new AtLeast(0.5, "More than half are those of both; two random sets of a fifth would share a ninth."),
                [.. make.Usual, .. make.Other],
                draw => Compared(draw, draw.Across, AtThreshold)
            ),
            make.Create(
                "architectures/less",
                Source,
                "They agree less than networks of one architecture do (rank correlation of as many networks of one, minus across)",
                "less than networks of one architecture",
                Unit.Number,
                ClaimFactory.Larger(0, "groups of networks"),
                [.. make.Usual, .. make.Other],
                draw => Jackknife.Of(draw.CompareGroups, g => draw.Within(Ranks.Correlation, g) - draw.Across(Ranks.Correlation, g))
            ),
        ];

    /// <summary>The overlap of the examples that two estimates call memorized.</summary>
    public static double AtThreshold(double[] first, double[] second) => Agreement.Overlap(first, second, FeldmanScale.MemorizedAt);

    private static Estimate Compared(
        FeldmanDraw draw,
        Func<Func<double[], double[], double>, int, double> compare,
        Func<double[], double[], double> measure
    ) => Jackknife.Of(draw.CompareGroups, g => compare(measure, g));
}
