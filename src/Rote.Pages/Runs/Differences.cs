using System.Text.Json.Nodes;
using Rote.Experiments;

namespace Rote.Pages.Runs;

/// <summary>Finds the members in which experiments differ, as far as a page shows them.</summary>
internal static class Differences
{
    private const long LongestRecord = 50_000_000;
    private const int LongestValue = 200;
    private const int MostRows = 200;

    /// <summary>Returns the members that are not the same in all runs.</summary>
    /// <param name="files">The <c>experiment.json</c> of each run.</param>
    /// <returns>One row a member, with a value for each run; null where a run has none, or it cannot be read.</returns>
    public static IReadOnlyList<FieldDifference> Of(IReadOnlyList<string> files) =>
        [.. ExperimentFields.DifferencesOf([.. files.Select(Record)]).Take(MostRows).Select(Short)];

    private static JsonObject Record(string file)
    {
        using var document = JsonFile.Read(file, LongestRecord, out _);
        return document is null ? [] : JsonObject.Create(document.RootElement.Clone())!;
    }

    private static FieldDifference Short(FieldDifference row) =>
        row with
        {
            Values = [.. row.Values.Select(value => value is null ? null : Shortened.Beginning(value, LongestValue))],
        };
}
