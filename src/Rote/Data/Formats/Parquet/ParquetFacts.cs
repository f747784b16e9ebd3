using System.Text.Json;
using Rote.Data.Download;
using Rote.Data.Formats.Tables;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Parquet;

/// <summary>Finds the columns of a Parquet file that are not features, from its first row group and its writer's metadata.</summary>
internal static class ParquetFacts
{
    /// <summary>With more columns than this, floating point columns are not checked.</summary>
    private const int ManyColumns = 256;

    /// <summary>Returns the columns that are not features, and reports them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="label">The column of labels; null if they are in a separate file.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="given">Labels in a separate file; null if they are in a column.</param>
    /// <param name="progress">Receives sentences for the user; null for silence.</param>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static IReadOnlyList<string> LeftOut(
        ParquetFile file,
        ParquetColumn? label,
        UserDataOptions options,
        LabelFile? given,
        IProgress<DownloadProgress>? progress
    )
    {
        if (file.Groups == 0)
        {
            return options.Ignore ?? [];
        }

        var columns = file.Columns.Where(c => c != label).ToArray();
        var labels = label is not null
            ? file.Texts(0, label)
            : [.. Enumerable.Range(0, (int)Math.Min(file.RowsOf(0), int.MaxValue)).Select(row => given?.Labels.Of(row))];
        var mayAnswer = columns.Length <= AnswerColumns.MostColumns;
        var facts = columns
            .Select(c => new ColumnFacts(IsIndex(file, c.Name) ? "index" : c.Name, false) { MayAnswer = mayAnswer })
            .ToArray();
        var oneHot = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        for (var c = 0; c < columns.Length; c++)
        {
            var isMeasure = columns[c].Field?.ClrType == typeof(float) || columns[c].Field?.ClrType == typeof(double);
            if (columns[c].Kind is ParquetKind.Number or ParquetKind.Text && !(isMeasure && columns.Length > ManyColumns))
            {
                var texts = file.Texts(0, columns[c]);
                Look(facts[c], texts, labels);
                if (label is not null && !isMeasure)
                {
                    oneHot[columns[c].Name] = texts;
                }
            }
        }

        RequireNoOneHot((file.Path, progress), oneHot, label?.Name, labels, options);
        var index = columns.Where(c => IsIndex(file, c.Name)).Select(c => c.Name).ToArray();
        var named = columns
            .Select((c, i) => (c.Name, Facts: facts[i]))
            .Where(pair => !index.Contains(pair.Name))
            .Select(pair => pair.Facts)
            .ToArray();
        if (index.Length > 0 && named.Length > 0)
        {
            progress?.Report(
                new DownloadProgress($"{file.Path}: left out as no features: {TableColumns.Names(index)} (the index that pandas wrote).")
            );
        }

        var others = ColumnSieve.LeftOut(file.Path, named, labels.OfType<string>().ToHashSet(StringComparer.Ordinal), options, progress);
        return named.Length == 0 ? others : [.. index, .. others];
    }

    /// <summary>Whether a column is the index of a table that pandas wrote.</summary>
    /// <remarks>Key "pandas": {"index_columns": ["__index_level_0__"]} (pandas, "Storing pandas DataFrame objects in Apache Parquet
    /// format").</remarks>
    public static bool IsIndex(ParquetFile file, string name)
    {
        if (name.StartsWith("__index_level_", StringComparison.Ordinal))
        {
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(file.Text("pandas") ?? "{}");
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("index_columns", out var index)
                && index.ValueKind == JsonValueKind.Array
                && index.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.GetString() == name);
        }
        catch (JsonException)
        {
            return false; // another program's text under that key
        }
    }

    private static void RequireNoOneHot(
        (string Path, IProgress<DownloadProgress>? Progress) file,
        Dictionary<string, string?[]> others,
        string? label,
        string?[] labels,
        UserDataOptions options
    )
    {
        if (label is null)
        {
            return;
        }

        string[] names = [.. others.Keys, label];
        string?[][] values = [.. others.Values, labels];
        var oneHot = new OneHotLabels(names, names.Length - 1, options.Ignore ?? []);
        for (var row = 0; row < labels.Length && oneHot.IsOpen; row++)
        {
            oneHot.Add(place => values[place][row] ?? "");
        }

        oneHot.RequireNone(file.Path);
        oneHot.ReportDropped(file.Path, file.Progress);
    }

    private static void Look(ColumnFacts facts, string?[] texts, string?[] labels)
    {
        for (var row = 0; row < texts.Length && facts.IsOpen; row++)
        {
            facts.Add(texts[row] ?? "", row < labels.Length ? labels[row] : null);
        }
    }
}
