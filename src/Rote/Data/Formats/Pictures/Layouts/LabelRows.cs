using System.Text.Json;
using Rote.Data.Formats.Csv;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>A table beside pictures, as written: separated values, or one JSON object per line.</summary>
/// <param name="Columns">The column names.</param>
/// <param name="Rows">One text per column; empty if there is none.</param>
internal sealed record LabelRows(IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    private const long MostBytes = 1L << 30;

    /// <summary>The columns in which some value is an object or a list.</summary>
    public IReadOnlySet<string> Nested { get; init; } = new HashSet<string>();

    private static readonly string[] Extensions = [".csv", ".tsv", ".txt", ".jsonl"];

    /// <summary>Whether a file may be such a table by its name. A competition's sample submission also names pictures, but its labels are
    /// not real.</summary>
    public static bool MayBe(string name) =>
        Extensions.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase))
        && !name.Contains("submission", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("readme", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isValue">Whether a text of the first line is a value, so that the line is not a header.</param>
    /// <param name="most">The maximum number of rows, the first ones.</param>
    /// <exception cref="InputException">The file is not such a table.</exception>
    public static LabelRows Read(string path, Func<string, bool> isValue, int most = int.MaxValue)
    {
        if (new FileInfo(path).Length > MostBytes)
        {
            throw new InputException($"{path} has more than {MostBytes >> 30} GiB, expected a table with a row a picture.");
        }

        return path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? Json(path, most) : Separated(path, isValue, most);
    }

    private static LabelRows Separated(string path, Func<string, bool> isValue, int most)
    {
        using var file = CsvFile.Read(path, null, bySpaces: path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase));
        IReadOnlyList<string> columns = file.Columns;
        List<string[]> rows = [];
        if (file.HasHeader && columns.Any(isValue) && !columns.Any(c => LabelNames.Default.Contains(c, StringComparer.OrdinalIgnoreCase)))
        {
            rows.Add([.. columns]); // names of pictures are not column names
            columns = [.. Enumerable.Range(1, columns.Count).Select(i => $"column {i}")];
        }

        while (rows.Count < most && file.Next())
        {
            rows.Add([.. Enumerable.Range(0, columns.Count).Select(c => file[c])]);
        }

        return new LabelRows(columns, rows);
    }

    /// <summary>Reads JSON Lines, such as Hugging Face's metadata.jsonl: https://jsonlines.org.</summary>
    private static LabelRows Json(string path, int most)
    {
        var columns = new List<string>();
        var found = new List<Dictionary<string, string>>();
        var nested = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path).Take(most))
            {
                number++;
                if (line.AsSpan().Trim().Length == 0)
                {
                    continue;
                }

                using var document = JsonDocument.Parse(line);
                var row = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var member in document.RootElement.EnumerateObject())
                {
                    if (!columns.Contains(member.Name))
                    {
                        columns.Add(member.Name);
                    }

                    if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    {
                        nested.Add(member.Name);
                    }

                    row[member.Name] = member.Value.ValueKind == JsonValueKind.Null ? "" : member.Value.ToString();
                }

                found.Add(row);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InputException(
                $"{path}: line {number} is no JSON object ({error.Message.Split('\n')[0].TrimEnd('.')}), expected one a line.",
                error
            );
        }

        return new LabelRows(columns, [.. found.Select(row => columns.Select(c => row.GetValueOrDefault(c, "")).ToArray())])
        {
            Nested = nested,
        };
    }
}
