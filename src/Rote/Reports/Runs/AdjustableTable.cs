using Rote.Measurement;
using Rote.Memorization;

namespace Rote.Reports.Runs;

/// <summary>The table of <c>rote train --memorize adjustable</c>: what the run's two networks are at each degree.</summary>
public static class AdjustableTable
{
    private static readonly double[] Shown = [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

    /// <summary>Creates the table.</summary>
    /// <param name="degrees">The degrees of a run.</param>
    /// <returns>Some of them, and the least and the largest that can be had.</returns>
    public static Table Create(DegreeTable degrees) =>
        new(
            $"One training, {Ranges(degrees)}.",
            [
                new TableColumn("m", "Degree of memorization."),
                new TableColumn(
                    "Opening",
                    "How far the gate to the network that memorizes all is open: it answers where it is at least 1 minus that sure; below "
                        + "0 the other one is moved away from it."
                ),
                new TableColumn(
                    "95 % interval",
                    "What m is for other examples with a random label. The opening is read off all canaries, which training "
                        + "treats almost like other examples."
                ),
                new TableColumn(
                    "Held out",
                    "Share of the examples held out whose given label is predicted; given labels may be wrong. ± is the binomial standard "
                        + "error; differences between rows are surer, because the examples are the same."
                ),
                new TableColumn("Test", "Share of the test examples whose label is predicted."),
                .. degrees.ChangedCount is null ? Array.Empty<TableColumn>() : [OwnColumn(degrees)],
            ],
            [.. Rows(degrees).Select(row => Row(degrees, row))]
        );

    /// <summary>The degrees that can be set, in words: "every degree of memorization from 0 to 1", or "the degrees of memorization 0 to
    /// 0.5, 0.75 and 1" where there are none in between.</summary>
    internal static string Ranges(DegreeTable degrees)
    {
        string[] ranges =
        [
            .. degrees.Ranges.Select(range =>
                range.Least == range.Most ? Numbers.Degree(range.Least) : $"{Numbers.Degree(range.Least)} to {Numbers.Degree(range.Most)}"
            ),
        ];
        return ranges switch
        {
            [] => "no degree of memorization",
            [var one] when degrees.Degrees.Count == 1 => $"the degree of memorization {one}",
            [var whole] => $"every degree of memorization from {whole}",
            _ => $"the degrees of memorization {string.Join(", ", ranges[..^1])} and {ranges[^1]}",
        };
    }

    private static TableColumn OwnColumn(DegreeTable degrees) =>
        new(
            "Own wrong labels",
            $"m on the {degrees.ChangedCount:N0} labels of the data that are known to be wrong. They set no opening, so "
                + "that they check the interval."
        );

    /// <summary>The rows that are worth a look.</summary>
    private static IEnumerable<AdjustableDegree> Rows(DegreeTable degrees) =>
        degrees.Degrees.Where(row => Shown.Contains(row.Degree) || row.Degree == degrees.Least || row.Degree == degrees.Most);

    private static TableCell[] Row(DegreeTable degrees, AdjustableDegree row) =>
        [
            $"{Numbers.Degree(row.Degree)}",
            $"{row.Opening:F3}",
            $"{row.Canaries.Low:F2} to {row.Canaries.High:F2}",
            Numbers.PercentCell(Estimate.Share(row.HeldOutCorrect, degrees.HeldOutCount)),
            Numbers.PercentCell(Estimate.Share(row.TestCorrect, degrees.TestCount)),
            .. degrees.TrueMemorization(row) is { } own ? new TableCell[] { $"{own:F2}" } : [],
        ];
}
