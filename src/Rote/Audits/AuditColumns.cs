using Rote.Audits.Scoring;
using Rote.Measurement;

namespace Rote.Audits;

/// <summary>An audit as tables with one row an example. docs/formats.md, "An audit", says what each column means.</summary>
public static class AuditColumns
{
    /// <summary>Every measure of some examples.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="examples">Which, in the order of the rows.</param>
    /// <param name="names">[N] what the user calls the audited examples; null where they have no names.</param>
    /// <returns>Columns of one length; a float that is not known is NaN.</returns>
    public static IReadOnlyList<Column> Of(AuditResult result, IReadOnlyList<AuditedExample> examples, IReadOnlyList<string>? names)
    {
        var inTest = result.Duplicates.InTest.ToDictionary(t => t.First, t => t.Second);
        var twin = result.Duplicates.Near.Concat(result.Duplicates.Exact).ToDictionary(t => t.Second, t => t.First);
        List<Column> columns =
        [
            Whole("id", e => e.Id),
            .. names is null ? [] : new[] { Text("name", e => names[e.Id]) },
            Whole("label", e => e.Label),
            Text("labelName", e => result.ClassNames[e.Label]),
            Text("verdict", e => e.Verdict.Name()),
            Number("score", e => e.Score),
            Number("wrongProbability", e => e.WrongProbability),
            Whole("suggested", e => e.Suggested ?? -1),
            Text("suggestedName", e => e.Suggested is { } k ? result.ClassNames[k] : ""),
            Number("suggestedProbability", e => e.SuggestedProbability),
            Number("insideProbability", e => e.Inside.Value),
            Number("insideProbabilityError", e => e.Inside.StandardError),
            Number("insideAccuracy", e => e.InsideAccuracy),
            Whole("insideMembers", e => e.Inside.Samples),
            Number("selfConfidence", e => e.Outside.Value),
            Number("selfConfidenceError", e => e.Outside.StandardError),
            Number("consistency", e => e.Consistency.Value),
            Number("consistencyError", e => e.Consistency.StandardError),
            Whole("outsideMembers", e => e.Outside.Samples),
            Number("memorization", e => e.Memorization.Value),
            Number("memorizationError", e => e.Memorization.StandardError),
            Number("normalizedMargin", e => e.NormalizedMargin),
            .. result.Examples[0].Dynamics.Keys.Order(StringComparer.Ordinal).Select(name => Number(name, e => e.Dynamics[name])),
            Whole("nearestAgreeing", e => e.Agreeing.Row),
            Number("nearestAgreeingSimilarity", e => e.Agreeing.Similarity),
            Whole("nearestContradicting", e => e.Contradicting.Row),
            Number("nearestContradictingSimilarity", e => e.Contradicting.Similarity),
            Whole("duplicateOf", e => twin.TryGetValue(e.Id, out var other) ? other : -1),
            Whole("inTest", e => inTest.TryGetValue(e.Id, out var other) ? other : -1),
        ];
        return columns;

        Column Whole(string name, Func<AuditedExample, int> value) => new(name, examples.Select(value).ToArray());
        Column Number(string name, Func<AuditedExample, double> value) => new(name, examples.Select(e => (float)value(e)).ToArray());
        Column Text(string name, Func<AuditedExample, string> value) => new(name, examples.Select(value).ToArray());
    }
}
