using Rote.Audits.OwnModel;
using Rote.Audits.Scoring;
using Rote.Data;

namespace Rote.Reports.Audits;

/// <summary>The tables of an audit by the user's own model.</summary>
public static class OwnModelTables
{
    private const int PairsShown = 15;

    private const int ClassesShown = 30;

    /// <summary>The first suspects by name.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="nameOf">What the user calls an example; null, or where it gives null: its file and row.</param>
    /// <returns>A row a suspect.</returns>
    public static Table First(OwnModelResult result, int count, Func<RowIdentity, string?>? nameOf = null)
    {
        var own = result.Predictions;
        var aum = result.Dynamics.FirstOrDefault(m => m.Name == "aum").Values;
        return new Table(
            "Look at these first.",
            [
                new("example", "Its file and its row there, or its path.", ColumnKind.Text),
                new(
                    own is null ? "given label" : "given → suggested",
                    own is null
                        ? "The label that came with the data."
                        : "The label that came with the data, and the class that the model finds most probable beside it.",
                    ColumnKind.Text
                ),
                .. own is null ? [] : new TableColumn[] { new("self-confidence", "The model's probability of the label.") },
                .. aum is null
                    ? []
                    : new TableColumn[] { new("AUM", "Mean over the epochs of the label's logit minus the largest other one.") },
            ],
            [
                .. result
                    .Ranking.Take(count)
                    .Select(i =>
                        (IReadOnlyList<TableCell>)
                            [
                                ShownText.Name(nameOf?.Invoke(result.Rows[i]), result.Rows[i]),
                                result.ClassNames[result.Labels[i]]
                                    + (own is not { } o || o.Suggested[i] < 0 ? "" : $" → {result.ClassNames[o.Suggested[i]]}"),
                                .. own is null ? [] : new[] { Chance(own.SelfConfidence[i]) },
                                .. aum is null ? [] : new[] { Cell(aum[i], "0.00;−0.00;0.00") },
                            ]
                    ),
            ]
        );
    }

    /// <summary>What confident learning estimates for each class.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>The classes with the largest share of wrong labels; null where there is no estimate.</returns>
    public static Table? Classes(OwnModelResult result)
    {
        var classes = ClassNoise.Of(result);
        return classes.Count == 0
            ? null
            : new Table(
                classes.Count > ClassesShown
                    ? $"Wrong labels by class, the {ClassesShown} of {Numbers.Count(classes.Count)} classes with the largest share."
                    : "Wrong labels by class.",
                [
                    new("class", "Its name.", ColumnKind.Text),
                    new("given", "Examples with this label."),
                    new("wrong of given", "Share of these that confident learning (Northcutt et al. 2021) takes for another class."),
                    new("mislabelled of true", "Share of the examples that it takes for this class which have another label."),
                ],
                [
                    .. classes
                        .OrderByDescending(c => c.WrongOfGiven)
                        .Take(ClassesShown)
                        .Select(c =>
                            (IReadOnlyList<TableCell>)
                                [c.Class, Numbers.Count(c.Given), Numbers.Share(c.WrongOfGiven), Numbers.Share(c.MislabelledOfTrue)]
                        ),
                ]
            );
    }

    /// <summary>Which classes are mixed up in the labels.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>The most frequent pairs by the confident joint; null where there is no estimate or no pair.</returns>
    public static Table? Confusions(OwnModelResult result)
    {
        if (result.Predictions is not { IsTold: true } own)
        {
            return null;
        }

        var called = Enumerable
            .Range(0, result.Labels.Length)
            .Where(i => result.VerdictOn(i) == Verdict.ProbablyWrong)
            .GroupBy(i => (result.Labels[i], own.Suggested[i]))
            .ToDictionary(pair => pair.Key, pair => pair.Count());
        var pairs = own
            .Joint.Joint.SelectMany((row, j) => row.Select((share, k) => (Given: j, True: k, Examples: share * own.Count)))
            .Where(pair => pair.Given != pair.True && pair.Examples >= 0.5)
            .OrderByDescending(pair => pair.Examples)
            .Take(PairsShown)
            .ToArray();
        return pairs.Length == 0
            ? null
            : new Table(
                "Which classes are mixed up.",
                [
                    new("given", "The label that came with the data.", ColumnKind.Text),
                    new("true", "The class that is meant.", ColumnKind.Text),
                    new("confident joint", "Examples with this pair, as confident learning estimates."),
                    new("called wrong", "Examples that are called probably wrong with this suggestion."),
                ],
                [
                    .. pairs.Select(pair =>
                        (IReadOnlyList<TableCell>)
                            [
                                result.ClassNames[pair.Given],
                                result.ClassNames[pair.True],
                                Numbers.Count((long)Math.Round(pair.Examples)),
                                Numbers.Count(called.GetValueOrDefault((pair.Given, pair.True))),
                            ]
                    ),
                ]
            );
    }

    private static TableCell Chance(double value) => value < 0.001 ? new TableCell("< 0.001") : Cell(value, "0.000");

    private static TableCell Cell(double value, string format) =>
        double.IsNaN(value) ? TableCell.Missing("not known") : new TableCell(value.ToString(format));
}
