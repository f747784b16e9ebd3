using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rote.Audits.Checks;
using Rote.Audits.Scoring;
using Rote.Data;
using Rote.Measurement;
using Rote.Storage.Tables;

namespace Rote.Audits;

/// <summary>The files of an audit: what its user takes back into a pipeline. Every one is whole or not there. The data itself is never
/// written to.</summary>
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

    /// <summary>The examples to keep, one a line: their rows where all are of one file, else files, or files with rows.</summary>
    public const string Keep = "keep.txt";

    /// <summary>Out-of-bag probabilities of the members, as float32 [N, K] in NumPy's format: rows in the order of <see cref="Csv"/>,
    /// columns in that of the class names, NaN where no member left the example out.</summary>
    public const string Probabilities = "probabilities.npy";

    /// <summary>What the checks of the data measured and found, one row an example, as CSV.</summary>
    public const string Checks = "checks.csv";

    /// <summary>The layout of the files, as <see cref="Summary"/> and the metadata of <see cref="Parquet"/> say;
    /// docs/reference/formats.md. Before 2 they did not say it.</summary>
    // 2: examples are named by file and row of the user's data, labels as they are written; before, by a number that was no row
    internal const int Format = 2;

    /// <summary>How summaries are written.</summary>
    internal static readonly JsonSerializerOptions Options = new(RoteJson.Options)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // a number that is not known is NaN
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes all files.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="folder">Where to; made if it is missing.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public static void Write(AuditResult result, AuditData data, string folder)
    {
        var rows = data.Examples.Rows;
        var columns = RowColumns.InOrder(AuditColumns.Of(result, result.Examples, data), rows);
        AtomicFile.Write(
            Path.Combine(folder, Parquet),
            stream =>
                ParquetTable.Write(
                    stream,
                    columns,
                    new Dictionary<string, string> { ["format"] = $"{Format}", ["audit"] = result.Plan.Identity }
                )
        );
        AtomicFile.Write(Path.Combine(folder, Csv), stream => CsvTable.Write(stream, columns));
        AtomicFile.WriteText(Path.Combine(folder, Keep), Kept(rows, example => result.Examples[example].Verdict));
        if (result.OutOfBagProbabilities is { } probabilities)
        {
            WriteProbabilities(probabilities, rows, Path.Combine(folder, Probabilities));
        }

        if (result.Checks is { } checks)
        {
            WriteChecks(checks, data.Examples, Path.Combine(folder, Checks));
        }

        WriteRanking(result, data, folder);
    }

    /// <summary>The files that <see cref="Write"/> writes of an audit, those to look at first in front.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> Of(AuditResult result) =>
        [
            Suspects,
            Csv,
            Parquet,
            Summary,
            Keep,
            .. result.Checks is null ? Array.Empty<string>() : [Checks],
            .. result.OutOfBagProbabilities is null ? Array.Empty<string>() : [Probabilities],
        ];

    /// <summary>Writes what checks found, one row an example.</summary>
    /// <param name="checks">What was found.</param>
    /// <param name="examples">The examples that were looked at.</param>
    /// <param name="path">The file; missing folders are made.</param>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public static void WriteChecks(DataChecks checks, Dataset examples, string path) =>
        AtomicFile.Write(path, stream => CsvTable.Write(stream, checks.Columns(examples)));

    /// <summary>Writes what is worth having before the audit has ended: suspects and summary.</summary>
    /// <param name="result">The audit so far.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="folder">Where to; made if it is missing.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public static void WriteRanking(AuditResult result, AuditData data, string folder)
    {
        var suspects = result.Suspects.Where(e => e.Verdict.IsOpen()).ToArray();
        AtomicFile.Write(Path.Combine(folder, Suspects), stream => CsvTable.Write(stream, AuditColumns.Of(result, suspects, data)));
        AtomicFile.WriteText(Path.Combine(folder, Summary), ToJson(AuditSummary.Of(result)) + "\n");
    }

    /// <summary>A summary as its file holds it.</summary>
    /// <param name="summary">The summary.</param>
    /// <returns>JSON; a number that is not known is "NaN".</returns>
    public static string ToJson(AuditSummary summary) => Json(summary);

    /// <summary>Any summary as its file holds it.</summary>
    internal static string Json<T>(T summary) => JsonSerializer.Serialize(summary, Options);

    /// <summary>Whether a folder holds files of an earlier layout, whose <c>id</c> was no row of the user's data.</summary>
    /// <param name="folder">The folder, whether it is there or not.</param>
    /// <returns>False as well where nothing is there, or nothing that can be read.</returns>
    public static bool AreOld(string folder)
    {
        try
        {
            using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, Summary)));
            return summary.RootElement.ValueKind == JsonValueKind.Object
                && summary.RootElement.TryGetProperty("audit", out _)
                && !summary.RootElement.TryGetProperty("format", out _);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }

    /// <summary>The lines of <see cref="Keep"/>.</summary>
    /// <param name="rows">Where the examples stand in their source.</param>
    /// <param name="verdictOf">The verdict on each.</param>
    internal static string Kept(SourceRows rows, Func<int, Verdict> verdictOf)
    {
        var isOneFile = rows.HaveRows && rows.Files.Count == 1; // then rows alone can be read by numpy.loadtxt
        var lines = new StringBuilder();
        foreach (var example in rows.InOrder().Where(example => verdictOf(example) != Verdict.ProbablyWrong))
        {
            lines.Append(isOneFile ? $"{rows[example].Row}" : rows[example].Name.ReplaceLineEndings(" ")).Append('\n');
        }

        return lines.ToString();
    }

    private static void WriteProbabilities(ClassProbabilities probabilities, SourceRows rows, string path)
    {
        var (order, buffer, row) = (rows.InOrder(), probabilities.NewBuffer(), new float[probabilities.Classes]);
        AtomicFile.Write(path, stream => NpyTable.Write(stream, order.Length, probabilities.Classes, Row));

        ReadOnlyMemory<float> Row(int place)
        {
            probabilities.Row(order[place], buffer).CopyTo(row);
            return row;
        }
    }
}
