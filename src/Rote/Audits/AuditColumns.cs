using Rote.Audits.Scoring;
using Rote.Audits.Shown;
using Rote.Data;
using Rote.Measurement;

namespace Rote.Audits;

/// <summary>An audit as tables with one row an example. docs/reference/formats.md, "An audit", says what each column means.</summary>
public static class AuditColumns
{
    /// <summary>Every measure of some examples.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="examples">Which, in the order of the rows.</param>
    /// <param name="data">The data: what its examples are called.</param>
    /// <returns>Columns of one length; a float that is not known is NaN, a file that is none is empty, and a row that is none is
    /// missing.</returns>
    public static IReadOnlyList<Column> Of(AuditResult result, IReadOnlyList<AuditedExample> examples, AuditData data)
    {
        var rows = data.Examples.Rows;
        var inTest = result.Duplicates.InTest.ToDictionary(t => t.First, t => t.Second);
        var twin = Twins(result.Duplicates, rows);
        List<Column> columns =
        [
            .. RowColumns.Of(rows.Select([.. examples.Select(e => (long)e.Id)])),
            .. NamedColumns.Of(data.Shown, [.. examples.Select(e => rows[e.Id])]),
            .. data.Examples.Texts is { } texts ? [Text("text", e => NamedColumns.Readable(texts[e.Id]))] : Array.Empty<Column>(),
            Text("label", e => result.ClassNames[e.Label]),
            Text("verdict", e => e.Verdict.Name()),
            Number("score", e => e.Score),
            Number("wrongProbability", e => e.WrongProbability),
            Text("suggested", e => e.Suggested is { } k ? result.ClassNames[k] : ""),
            Number("suggestedProbability", e => e.SuggestedProbability),
            Number("inBagProbability", e => e.InBag.Value),
            Number("inBagProbabilityError", e => e.InBag.StandardError),
            Number("inBagAccuracy", e => e.InBagAccuracy),
            Whole("inBagMembers", e => e.InBag.Samples),
            Number("selfConfidence", e => e.OutOfBag.Value),
            Number("selfConfidenceError", e => e.OutOfBag.StandardError),
            Number("consistency", e => e.Consistency.Value),
            Number("consistencyError", e => e.Consistency.StandardError),
            Whole("outOfBagMembers", e => e.OutOfBag.Samples),
            Number("memorization", e => e.Memorization.Value),
            Number("memorizationError", e => e.Memorization.StandardError),
            Number("normalizedMargin", e => e.NormalizedMargin),
            .. result.Plan.Data.Encoder is null ? Array.Empty<Column>() : [Number("frozenConfidence", e => e.FrozenConfidence)],
            .. result.Examples[0].Dynamics.Keys.Order(StringComparer.Ordinal).Select(name => Number(name, e => e.Dynamics[name])),
            .. Other("nearestAgreeing", e => e.Agreeing.Row, rows),
            Number("nearestAgreeingSimilarity", e => e.Agreeing.Similarity),
            .. Other("nearestContradicting", e => e.Contradicting.Row, rows),
            Number("nearestContradictingSimilarity", e => e.Contradicting.Similarity),
            .. Other("duplicateOf", e => twin.GetValueOrDefault(e.Id, -1), rows),
            .. Other("inTest", e => inTest.GetValueOrDefault(e.Id, -1), data.Test?.Rows ?? rows),
        ];
        return columns;

        IReadOnlyList<Column> Other(string name, Func<AuditedExample, int> value, SourceRows others) =>
            RowColumns.Of(name, others, [.. examples.Select(value)]);
        Column Whole(string name, Func<AuditedExample, int> value) => new(name, examples.Select(value).ToArray());
        Column Number(string name, Func<AuditedExample, double> value) => new(name, examples.Select(e => (float)value(e)).ToArray());
        Column Text(string name, Func<AuditedExample, string> value) => new(name, examples.Select(value).ToArray());
    }

    /// <summary>For each example that stands in the data more than once, but the first of them in the order of the user's data, that first
    /// one.</summary>
    private static Dictionary<int, int> Twins(Duplicates duplicates, SourceRows rows)
    {
        var place = new int[rows.Count];
        foreach (var (rank, example) in rows.InOrder().Index())
        {
            place[example] = rank;
        }

        var twins = new Dictionary<int, int>();
        var equal = duplicates.Exact.GroupBy(t => t.First).Select(group => group.Select(t => t.Second).Append(group.Key));
        foreach (var group in equal.Concat(duplicates.Near.Select(t => new[] { t.First, t.Second })))
        {
            var first = group.MinBy(example => place[example]);
            foreach (var other in group.Where(example => example != first))
            {
                twins.TryAdd(other, first); // what is equal comes before what is nearly
            }
        }

        return twins;
    }
}
