using System.Globalization;

using Rote.Data.Download;
using Rote.Data.Formats.Tables;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Csv;

/// <summary>Chooses the columns of a file of separated values by their names and values.</summary>
internal static class CsvColumns
{
    private const int RowsBetweenLooks = 1000;

    /// <summary>Chooses, and says what is left out.</summary>
    /// <param name="path">The first file.</param>
    /// <param name="options">What the user says.</param>
    /// <param name="given">Labels in a file of their own; null: in a column.</param>
    /// <param name="progress">Told sentences; null for silence.</param>
    /// <param name="token">Stops.</param>
    /// <exception cref="InputException">There is no such column, or nothing beside the labels.</exception>
    public static TableColumns Choose(string path, UserDataOptions options, LabelFile? given, IProgress<DownloadProgress>? progress, CancellationToken token)
    {
        using var file = CsvFile.Read(path, options.LabelColumn, bySpaces: true);
        var hasRow = file.Next();
        var label = given is null ? LabelOf(file, options, hasRow) : null;
        _ = ColumnSieve.Remaining(path, file.Columns, options);
        var places = Enumerable.Range(0, file.Columns.Count).Where(i => file.Columns[i] != label).ToArray();
        var labelPlace = Enumerable.Range(0, file.Columns.Count).FirstOrDefault(i => file.Columns[i] == label, -1);
        var facts = places.Select(i => new ColumnFacts(file.Columns[i], file.Nameless.Contains(i))).ToArray();
        var oneHot = new OneHotLabels(file.Columns, labelPlace, options.Ignore ?? []);
        var classes = new HashSet<string>(StringComparer.Ordinal);
        for (; hasRow && (oneHot.IsOpen || facts.Any(f => f.IsOpen)); hasRow = file.Next())
        {
            if (file.Row % RowsBetweenLooks == 0)
            {
                token.ThrowIfCancellationRequested();
            }

            var text = given is null ? file[labelPlace] : given.Labels.Of(file.Row);
            if (text is not null)
            {
                classes.Add(text);
            }

            if (oneHot.IsOpen)
            {
                oneHot.Add(place => file[place]);
            }

            for (var i = 0; i < facts.Length; i++)
            {
                if (facts[i].IsOpen)
                {
                    facts[i].Add(file[places[i]], text);
                }
            }
        }

        oneHot.RequireNone(path);
        return TableColumns.Choose(path, file.Columns, label, ColumnSieve.LeftOut(path, facts, label, classes, options, progress));
    }

    private static string LabelOf(CsvFile file, UserDataOptions options, bool hasRow)
    {
        var remaining = ColumnSieve.Remaining(file.Path, file.Columns, options);
        if (options.LabelColumn is { } named)
        {
            var label = TableColumns.LabelOf(file.Path, file.Columns, named);
            return remaining.Contains(label) ? label : throw new InputException($"{file.Path}: the column {label} is named by --label-column and by --ignore; name it once.");
        }

        var likely = Enumerable.Range(0, file.Columns.Count).Where(i => remaining.Contains(file.Columns[i]) && !file.Nameless.Contains(i)).ToArray();
        return likely.Length == 0 ? remaining[^1] : TableColumns.LabelOf(file.Path, [.. likely.Select(i => file.Columns[i])], null, Those(t => Number(t) is null), Those(t => Number(t) is { } n && !double.IsInteger(n)));

        string[] Those(Func<string, bool> match) => hasRow ? [.. likely.Where(i => match(file[i])).Select(i => file.Columns[i])] : [];
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
