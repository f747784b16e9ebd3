using System.Globalization;
using Rote.Audits;
using Rote.Audits.Scoring;
using Rote.Data;

namespace Rote.Reports.Audits;

/// <summary>The first suspects of an audit as cards.</summary>
internal static class SuspectCards
{
    /// <summary>The examples on the cards: those with an open verdict, else the first in the order of suspicion.</summary>
    /// <param name="result">The audit.</param>
    public static AuditedExample[] Of(AuditResult result)
    {
        var open = Open(result).Take(CardList.Most).ToArray();
        return open.Length > 0 ? open : [.. result.Suspects.Where(e => e.Verdict != Verdict.KnownRight).Take(CardList.Fewest)];
    }

    /// <summary>How many of the suspects are on cards, in a sentence.</summary>
    /// <param name="result">The audit.</param>
    public static string Extent(AuditResult result) => CardList.Extent(Of(result).Length, Open(result).Count(), result.Examples.Count);

    /// <summary>Draws the cards and their tools.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="rows">What its examples are called.</param>
    /// <param name="looks">What is shown of them.</param>
    public static Html Draw(AuditResult result, SourceRows rows, ExampleLooks looks) =>
        new CardList(rows, result.ClassNames, looks).Draw(result.Plan.Identity, [.. Of(result).Select(e => Card(result, e))]);

    private static IEnumerable<AuditedExample> Open(AuditResult result) => result.Suspects.Where(e => e.Verdict.IsOpen());

    private static SuspectCard Card(AuditResult result, AuditedExample example) =>
        new(
            example.Id,
            example.Label,
            example.Suggested,
            example.Verdict,
            VerdictWords.Means(example.Verdict),
            [
                ("chance the label is wrong", Chance(example.WrongProbability)),
                ("suggested label fits", Chance(example.SuggestedProbability)),
                ("networks’ belief in your label", Share(example.OutOfBag.Value)),
                ("known only when trained on it", Share(example.Memorization.Value)),
            ],
            [
                .. new[] { ("looks like (same label)", example.Agreeing), ("looks like (other label)", example.Contradicting) }
                    .Where(near => near.Item2.Row >= 0)
                    .Select(near =>
                        (near.Item1, near.Item2.Row, result.ClassNames[result.Examples[near.Item2.Row].Label], Share(near.Item2.Similarity))
                    ),
            ]
        );

    /// <summary>Formats a probability; never as 1, which no estimate is.</summary>
    private static string Chance(double value) => value > 0.99 ? "> 0.99" : Share(value);

    private static string Share(double value) =>
        double.IsNaN(value) ? "not known" : value.ToString("0.00;−0.00;0.00", CultureInfo.InvariantCulture);
}
