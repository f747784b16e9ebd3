using Rote.Audits;
using Rote.Audits.Members;
using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Measurement;

namespace Rote.Reports.Audits;

/// <summary>The tables of an audit.</summary>
public static class AuditTables
{
    private const int PairsShown = 15;

    /// <summary>How many labels are wrong, under each assumption.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>One row an assumption.</returns>
    public static Table Wrong(AuditResult result)
    {
        var wrong = result.Wrong;
        TableCell Cell(Estimate share) => wrong.MayBeHidden ? TableCell.Missing("not told") : Numbers.PercentCell(share);
        return new Table(
            wrong.MayBeHidden ? "How many labels are wrong: it cannot be told, because these vectors may know the labels."
                : wrong is { IsAtLeast: true, Low: < AuditWords.Visible }
                    ? "How many labels are wrong: it cannot be told. None need be, and labels that are wrong by a rule look right."
                : wrong.IsAtLeast ? $"How many labels are wrong: at least {Numbers.Share(wrong.Low)}."
                : wrong.IsTold
                    ? $"How many labels are wrong: an estimated {Numbers.Share(wrong.Share)}, {Numbers.Share(wrong.Low)} to "
                        + $"{Numbers.Share(wrong.High)}."
                : "How many labels are wrong: it cannot be told.",
            [
                new(
                    "if",
                    "What is assumed of the wrong labels; none of it can be checked, and each estimate is too low where wrong labels "
                        + "are harder to find. The largest of those that count is taken, but where wrong labels stand apart; the "
                        + "interval is its 95 % interval, widened by a fifth of it for what networks mix up even where they are sure. "
                        + "There is an upper end for random errors only: the last is shown to be level, and errors are spread evenly "
                        + "over the classes. None holds of vectors from a model that was trained on these labels.",
                    ColumnKind.Text
                ),
                new("wrong labels", "Share of all labels, with its standard error: sampling alone, not the assumption."),
            ],
            [
                ["they look like planted labels drawn uniformly", Cell(wrong.Uniform)],
                [
                    wrong.IsConfusableTooHigh
                        ? "they look like planted labels of confusable classes (random ones are easier to find: does not count)"
                        : "they look like planted labels of confusable classes",
                    Cell(wrong.Confusable),
                ],
                [
                    wrong.IsLevel
                        ? "easy and hard examples are labelled wrong alike"
                        : "easy and hard examples are labelled wrong alike (not so, or too few to show it: does not count)",
                    Cell(wrong.Confident),
                ],
                .. wrong.Apart is { } apart
                    ? new IReadOnlyList<TableCell>[] { ["they stand apart from right ones: counted", Cell(apart)] }
                    : [],
                .. wrong.Agreement is { } agreement
                    ? new IReadOnlyList<TableCell>[]
                    {
                        [
                            "labels, networks and frozen features err independently among equally hard examples (bounds nothing; "
                                + $"{(wrong.Likely > wrong.Share ? "single labels are judged by it" : "for comparison")})",
                            Cell(agreement),
                        ],
                    }
                    : [],
            ]
        );
    }

    /// <summary>How the audit did on the canaries.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>One row a kind of canary.</returns>
    public static Table Canaries(AuditResult result) =>
        new(
            "What the planted wrong labels show.",
            [
                new("planted label", "How the wrong labels were drawn that some networks were given on purpose.", ColumnKind.Text),
                new(
                    "planted",
                    "How many examples; left out are those whose planted label is more likely the true one than not, because the label "
                        + "that they came with is wrong."
                ),
                new("called probably wrong", "The recall, with its binomial error. It is known that they are wrong, so it is measured."),
                new(
                    "AUROC",
                    "Chance that a planted label is more suspicious than one of the data, with Hanley and McNeil's error; 0.5 is guessing."
                ),
            ],
            [
                .. result.Canaries.Select(c =>
                    (IReadOnlyList<TableCell>)
                        [
                            c.Kind == CanaryKind.Uniform ? "uniform among the other classes" : "as the first network confuses classes",
                            Numbers.Count(c.Planted),
                            Numbers.PercentCell(c.Found),
                            double.IsNaN(c.Auroc.Value)
                                ? TableCell.Missing("not measured")
                                : new TableCell($"{c.Auroc.Value:0.000}", $"± {c.Auroc.StandardError:0.000}"),
                        ]
                ),
            ]
        );

    /// <summary>The first suspects by name.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="rows">The names of its examples.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="texts">[N] for texts the text of each example; null elsewhere.</param>
    /// <param name="nameOf">What the user calls an example; null, or where it gives null: its file and row.</param>
    /// <returns>A row a suspect.</returns>
    public static Table First(
        AuditResult result,
        SourceRows rows,
        int count,
        IReadOnlyList<string>? texts = null,
        Func<RowIdentity, string?>? nameOf = null
    ) =>
        new(
            "Look at these first.",
            [
                new("example", "Its file and its row there, or its path.", ColumnKind.Text),
                .. texts is null ? [] : new TableColumn[] { new("text", "Its beginning.", ColumnKind.Text) },
                new(
                    "given → suggested",
                    "The label that came with the data, and the class that networks not trained on the example find most probable "
                        + "beside it.",
                    ColumnKind.Text
                ),
                new("label wrong", "Probability that the label is wrong."),
            ],
            [
                .. result
                    .Suspects.Take(count)
                    .Select(e =>
                        (IReadOnlyList<TableCell>)
                            [
                                ShownText.Name(nameOf?.Invoke(rows[e.Id]), rows[e.Id]),
                                .. texts is null ? [] : new TableCell[] { ShownText.Line(texts[e.Id], 40) },
                                $"{result.ClassNames[e.Label]} → {(e.Suggested is { } other ? result.ClassNames[other] : "?")}",
                                result.Wrong.MayBeHidden || double.IsNaN(e.WrongProbability) ? TableCell.Missing("not told")
                                : e.WrongProbability > 0.99 ? "> 0.99"
                                : $"{e.WrongProbability:0.00}",
                            ]
                    ),
            ]
        );

    /// <summary>How many of the first suspects are wrong.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>One row for each length of the list.</returns>
    public static Table Suspects(AuditResult result) =>
        new(
            "How far to look.",
            [
                new("first suspects", "The list in the order of suspicion."),
                new(
                    AuditWords.MayBeMore(result.Wrong) ? "wrong among them, or more" : "wrong among them",
                    "Expected number of wrong labels; its error holds chance and the interval of the number of all wrong labels, down to "
                        + "what the planted labels alone say of it. Where only a lower bound of all wrong labels is known, there "
                        + "may be more."
                ),
                new("share", "The precision."),
            ],
            [
                .. AuditSummary
                    .Of(result)
                    .Suspects.Select(s =>
                        (IReadOnlyList<TableCell>)
                            [
                                Numbers.Count(s.First),
                                double.IsNaN(s.Wrong.Value)
                                    ? TableCell.Missing("not told")
                                    : new TableCell($"{s.Wrong.Value:N0}", $"± {s.Wrong.StandardError:N0}"),
                                double.IsNaN(s.Wrong.Value) ? TableCell.Missing("not told") : Numbers.Share(s.Wrong.Value / s.First),
                            ]
                    ),
            ]
        );

    /// <summary>Which classes are confused in the labels.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>The most frequent pairs by the confident joint; null where no label is called wrong.</returns>
    /// <remarks>The number of labels called wrong would be a bad order: on CIFAR-10 labels given by people, its rank correlation with the
    /// true confusion was 0.09 and 0.26. The joint's was 0.90 and 0.92.</remarks>
    public static Table? Confusions(AuditResult result)
    {
        var called = result
            .Examples.Where(e => e is { Verdict: Verdict.ProbablyWrong, Suggested: not null })
            .GroupBy(e => (Given: e.Label, True: e.Suggested!.Value))
            .ToDictionary(pair => pair.Key, pair => pair.Count());
        var pairs = result
            .Joint.Joint.SelectMany((row, j) => row.Select((share, k) => (Given: j, True: k, Examples: share * result.Examples.Count)))
            .Where(pair => pair.Given != pair.True && pair.Examples >= 0.5)
            .OrderByDescending(pair => pair.Examples)
            .ThenBy(pair => pair.Given)
            .ThenBy(pair => pair.True)
            .Take(PairsShown)
            .ToArray();
        return pairs.Length == 0 || called.Count == 0
            ? null
            : new Table(
                "Which classes are mixed up in the labels.",
                [
                    new("given", "The label that came with the data.", ColumnKind.Text),
                    new("true", "The class that is meant.", ColumnKind.Text),
                    new("confident joint", "What confident learning (Northcutt et al. 2021) estimates for this pair, in examples."),
                    new("called wrong", "How many are called probably wrong with this suggestion."),
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

    /// <summary>How much each measure weighs in the suspicion score.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>One row a measure, the largest weight first.</returns>
    public static Table Weights(AuditResult result) =>
        new(
            "What the suspicion is made of. Where labels go wrong in some ways rather than in others, the way is added to it.",
            [
                new("measure", "docs/reference/measures has a page for each.", ColumnKind.Text),
                new(
                    "weight",
                    "What one unit of the measure's rank, in log-odds, adds to the log-odds of a wrong label: fitted on planted labels "
                        + "of confusable classes, by logistic regression that is drawn to equal weights."
                ),
            ],
            [
                .. result
                    .Weights.OrderByDescending(w => Math.Abs(w.Weight))
                    .Select(w => (IReadOnlyList<TableCell>)[w.Measure, w.Weight.ToString("+0.00;−0.00;0.00")]),
            ]
        );
}
