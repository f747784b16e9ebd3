using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Storage.Tables;

namespace Rote.Audits;

/// <summary>The files of an audit: what its user takes back into a pipeline. Every one is whole or not there. The data itself is never written to.</summary>
public static class AuditFiles
{
    /// <summary>Every measure of every example, as Parquet.</summary>
    public const string Parquet = "examples.parquet";

    /// <summary>The same as CSV.</summary>
    public const string Csv = "examples.csv";

    /// <summary>The examples that are not a rule, the most suspicious first.</summary>
    public const string Suspects = "suspects.csv";

    /// <summary>The result in numbers.</summary>
    public const string Summary = "summary.json";

    /// <summary>The examples to keep, one a line: their names, or their rows where they have none.</summary>
    public const string Keep = "keep.txt";

    private static readonly JsonSerializerOptions Options = new(RoteJson.Options)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a number that is not known is NaN
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes all files.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="examples">Its examples.</param>
    /// <param name="folder">Where to; made if it is missing.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public static void Write(AuditResult result, Dataset examples, string folder)
    {
        var columns = AuditColumns.Of(result, result.Examples, examples.ExampleNames);
        AtomicFile.Write(Path.Combine(folder, Parquet), stream => ParquetTable.Write(stream, columns, new Dictionary<string, string> { ["audit"] = result.Plan.Identity }));
        AtomicFile.Write(Path.Combine(folder, Csv), stream => CsvTable.Write(stream, columns));
        AtomicFile.WriteText(Path.Combine(folder, Keep), Kept(result, examples));
        WriteRanking(result, examples, folder);
    }

    /// <summary>Writes what is worth having before the audit has ended: suspects and summary.</summary>
    /// <param name="result">The audit so far.</param>
    /// <param name="examples">Its examples.</param>
    /// <param name="folder">Where to; made if it is missing.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public static void WriteRanking(AuditResult result, Dataset examples, string folder)
    {
        var suspects = result.Suspects.Where(e => e.Verdict != Verdict.Rule).ToArray();
        AtomicFile.Write(Path.Combine(folder, Suspects), stream => CsvTable.Write(stream, AuditColumns.Of(result, suspects, examples.ExampleNames)));
        AtomicFile.WriteText(Path.Combine(folder, Summary), ToJson(AuditSummary.Of(result)) + "\n");
    }

    /// <summary>A summary as its file holds it.</summary>
    /// <param name="summary">The summary.</param>
    /// <returns>JSON; a number that is not known is "NaN".</returns>
    public static string ToJson(AuditSummary summary) => JsonSerializer.Serialize(summary, Options);

    private static string Kept(AuditResult result, Dataset examples)
    {
        var lines = new StringBuilder();
        foreach (var example in result.Examples.Where(e => e.Verdict != Verdict.ProbablyWrong))
        {
            lines.Append(examples.ExampleNames?[example.Id].ReplaceLineEndings(" ") ?? example.Id.ToString()).Append('\n');
        }

        return lines.ToString();
    }
}
