using System.Text.Json;

namespace Rote.Pages.Runs;

/// <summary>In which members experiments differ, read from their JSON.</summary>
internal static class Differences
{
    private const long LongestRecord = 5_000_000;
    private const int LongestValue = 200;
    private const int MostRows = 200;

    /// <summary>The members that are not the same in all.</summary>
    /// <param name="files">The <c>experiment.json</c> of each run.</param>
    /// <returns>A row a member, with a value for each run; null where it has none, or cannot be read.</returns>
    public static IReadOnlyList<DifferenceRow> Of(IReadOnlyList<string> files)
    {
        var runs = files.Select(Members).ToArray();
        return
        [
            .. runs.SelectMany(run => run.Keys)
                .Distinct()
                .Select(path => new DifferenceRow(path, [.. runs.Select(run => run.GetValueOrDefault(path))]))
                .Where(row => row.Values.Distinct().Count() > 1)
                .Take(MostRows),
        ];
    }

    private static Dictionary<string, string> Members(string file)
    {
        var members = new Dictionary<string, string>();
        using var document = JsonFile.Read(file, LongestRecord, out _);
        if (document is not null)
        {
            Add(document.RootElement, "");
        }

        return members;

        void Add(JsonElement element, string path)
        {
            if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in element.EnumerateObject())
                {
                    Add(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}");
                }

                return;
            }

            var text = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
            members[path] = text.Length <= LongestValue ? text : $"{text[..LongestValue]}…";
        }
    }
}

/// <summary>A member in which runs differ.</summary>
internal sealed record DifferenceRow(string Path, IReadOnlyList<string?> Values);
