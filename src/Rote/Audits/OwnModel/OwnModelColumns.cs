using Rote.Audits.Scoring;
using Rote.Audits.Shown;
using Rote.Measurement;

namespace Rote.Audits.OwnModel;

/// <summary>Such an audit as tables with one row an example: the columns of <see cref="AuditColumns"/> as far as a model's outputs fill
/// them, and those of confident learning. docs/reference/formats.md, "An audit".</summary>
public static class OwnModelColumns
{
    /// <summary>Every measure of some examples.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="examples">Which, in the order of the rows.</param>
    /// <param name="shown">What is shown of the examples; null: nothing.</param>
    /// <returns>Columns of one length; a float that is not known is NaN, a class that is none is empty.</returns>
    public static IReadOnlyList<Column> Of(OwnModelResult result, IReadOnlyList<int> examples, ShownExamples? shown = null)
    {
        List<Column> columns =
        [
            .. RowColumns.Of(result.Rows.Select([.. examples.Select(i => (long)i)])),
            .. NamedColumns.Of(shown, [.. examples.Select(i => result.Rows[i])]),
            .. result.Texts is { } texts ? [Text("text", i => NamedColumns.Readable(texts[i]))] : Array.Empty<Column>(),
            Text("label", i => result.ClassNames[result.Labels[i]]),
        ];
        if (result.HasVerdicts || result.KnownRight is not null)
        {
            columns.Add(Text("verdict", i => result.VerdictOn(i)?.Name() ?? ""));
        }

        columns.Add(Number("score", i => result.Score[i]));
        if (result.Predictions is { } own)
        {
            columns.AddRange([
                Text("predicted", i => Name(own.Predicted[i])),
                Text("suggested", i => Name(own.Suggested[i])),
                Number("selfConfidence", i => own.SelfConfidence[i]),
                Number("normalizedMargin", i => own.NormalizedMargin[i]),
                Number("confidenceWeightedEntropy", i => own.ConfidenceWeightedEntropy[i]),
                Truth("prunedByClass", i => own.PrunedByClass[i]),
                Truth("prunedByNoiseRate", i => own.PrunedByNoiseRate[i]),
            ]);
        }

        columns.AddRange(
            result.Dynamics.OrderBy(measure => measure.Name, StringComparer.Ordinal).Select(m => Number(m.Name, i => m.Values[i]))
        );
        return columns;

        string Name(int k) => k < 0 ? "" : result.ClassNames[k];
        Column Number(string name, Func<int, double> value) => new(name, examples.Select(i => (float)value(i)).ToArray());
        Column Text(string name, Func<int, string> value) => new(name, examples.Select(value).ToArray());
        Column Truth(string name, Func<int, bool> value) => new(name, examples.Select(value).ToArray());
    }
}
