using Rote.Data.Download;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Tables;

/// <summary>Chooses the columns of a table of records by their names and values.</summary>
internal static class RecordColumns
{
    private const int RowsBetweenLooks = 1000;

    /// <summary>Facts that hold for this many rows, half of them after the second label was seen, are taken to hold for all. Reading a
    /// large table twice would cost half as much again.</summary>
    private const long MostRows = 20_000;

    /// <summary>With more columns, free text is not looked for.</summary>
    private const int MostLikely = 256;

    /// <summary>Chooses the columns, and reports which are left out.</summary>
    /// <param name="path">The first file.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="given">Labels in a file of their own; null: in a column.</param>
    /// <param name="progress">Told sentences; null for silence.</param>
    /// <param name="token">Stops.</param>
    /// <exception cref="InputException">A named column does not exist, or there is no column besides the labels.</exception>
    public static TableColumns Choose(
        string path,
        UserDataOptions options,
        LabelFile? given,
        IProgress<DownloadProgress>? progress,
        CancellationToken token
    )
    {
        using var file = TableRecords.Open(path, options.LabelColumn);
        options = WithoutUnread(file, options, given, progress);
        if (file.HasDecimalCommas)
        {
            progress?.Report(new DownloadProgress($"{path}: numbers have a decimal comma."));
        }

        var hasRow = file.Next();
        var label = given is null ? LabelOf(file, options, hasRow) : null;
        _ = ColumnSieve.Remaining(path, file.Columns, options);
        if (file.List is { } list && !IsOfText(options))
        {
            RequireOneLabel(file.Path, list.Name, options, given);
            return OfList(file, list, label, options, progress);
        }

        var places = Enumerable.Range(0, file.Columns.Count).Where(i => file.Columns[i] != label).ToArray();
        var labelPlace = Enumerable.Range(0, file.Columns.Count).FirstOrDefault(i => file.Columns[i] == label, -1);
        var facts = places.Select(i => Facts(file, i, places.Length)).ToArray();
        var oneHot = new OneHotLabels(file.Columns, labelPlace, options.Ignore ?? []);
        var classes = new HashSet<string>(StringComparer.Ordinal);
        var second = long.MaxValue; // the row where the second label was seen
        for (
            ;
            hasRow && (oneHot.IsOpen || facts.Any(f => f.IsOpen)) && (file.Row < MostRows || file.Row - second < MostRows / 2);
            hasRow = file.Next()
        )
        {
            if (file.Row % RowsBetweenLooks == 0)
            {
                token.ThrowIfCancellationRequested();
            }

            var text = given is null ? file[labelPlace] : given.Labels.Of(file.Row);
            if (text is not null)
            {
                classes.Add(text);
                second = classes.Count > 1 ? Math.Min(second, file.Row) : second;
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
        oneHot.ReportDropped(path, progress);
        var leftOut = ColumnSieve.LeftOut(path, facts, classes, options, progress);
        return TableColumns.Choose(path, file.Columns, label, [.. leftOut.Where(c => c != options.Text)]);
    }

    private static ColumnFacts Facts(TableRecords file, int place, int columns) =>
        new(file.Columns[place], file.Nameless.Contains(place)) { MayAnswer = columns <= AnswerColumns.MostColumns };

    /// <summary>Names what is not read, unless it may be the label. Whoever leaves it out by name has said so already.</summary>
    private static UserDataOptions WithoutUnread(
        TableRecords file,
        UserDataOptions options,
        LabelFile? given,
        IProgress<DownloadProgress>? progress
    )
    {
        if (options.LabelColumn is { } label && file.Unread.Contains(label))
        {
            throw new InputException(
                $"{file.Path}: {label} holds objects or lists, expected one label a row; name another column with {Setting.LabelColumn}."
            );
        }

        string[] unread = [.. file.Unread.Except(options.Ignore ?? [], StringComparer.Ordinal)];
        foreach (var name in unread)
        {
            RequireOneLabel(file.Path, name, options, given);
        }

        if (unread.Length > 0)
        {
            progress?.Report(
                new DownloadProgress($"{file.Path}: not read, because they are objects or lists: {TableColumns.Names(unread)}.")
            );
        }

        return options.Ignore is { } ignored ? options with { Ignore = [.. ignored.Except(file.Unread, StringComparer.Ordinal)] } : options;
    }

    private static bool IsOfText(UserDataOptions options) => options.Text is not null || options.Columns is [{ Kind: DataColumnKind.Text }];

    /// <summary>Refuses a list that is called like labels where nothing else was said to be the label.</summary>
    private static void RequireOneLabel(string path, string list, UserDataOptions options, LabelFile? given)
    {
        if (given is null && options.LabelColumn is null && LabelNames.IsOne(list))
        {
            throw new InputException(
                $"{path}: {list} holds a list of labels a row (multi-label), expected one label a row; give a "
                    + $"column with one label an example, or say with "
                    + $"{Setting.LabelColumn} which one holds the labels."
            );
        }
    }

    /// <summary>Takes all features from a column of lists, such as an embedding; other columns are not read.</summary>
    private static TableColumns OfList(
        TableRecords file,
        (string Name, int First, int Count) list,
        string? label,
        UserDataOptions options,
        IProgress<DownloadProgress>? progress
    )
    {
        var features = file.Columns.Skip(list.First).Take(list.Count).ToArray();
        if (options.Ignore is { } ignored && ignored.FirstOrDefault(features.Contains) is { } part)
        {
            throw new InputException($"{file.Path}: {part} is a part of the lists in {list.Name} and cannot be left out alone.");
        }

        string[] leftOut = [.. (options.Ignore ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] unread =
        [
            .. file.Columns.Where(c => c != label).Except(features, StringComparer.Ordinal).Except(leftOut, StringComparer.Ordinal),
        ];
        if (unread.Length > 0)
        {
            progress?.Report(
                new DownloadProgress(
                    $"{file.Path}: read {list.Name}{(label is null ? "" : $" and {label}")}; not read: {TableColumns.Names(unread)}."
                )
            );
        }

        return new TableColumns(features, label, leftOut) { Unread = unread, IsList = true };
    }

    private static string LabelOf(TableRecords file, UserDataOptions options, bool hasRow)
    {
        var remaining = ColumnSieve.Remaining(file.Path, file.Columns, options);
        if (options.LabelColumn is { } named)
        {
            var label = TableColumns.LabelOf(file.Path, file.Columns, named);
            return remaining.Contains(label)
                ? label
                : throw new InputException(
                    $"{file.Path}: the column {label} is named by {Setting.LabelColumn} and by {Setting.Ignore}; name it once."
                );
        }

        var (start, count) = file.List is { } list ? (list.First, list.Count) : (0, 0);
        var likely = Enumerable
            .Range(0, file.Columns.Count)
            .Where(i => remaining.Contains(file.Columns[i]) && !file.Nameless.Contains(i) && (i < start || i >= start + count))
            .ToArray();
        var sample = hasRow && likely.Length is > 1 and <= MostLikely ? LabelSample.Of(file, options, likely) : null;
        likely = sample?.Possible ?? likely;
        if (likely.Length == 0 && count > 0)
        {
            throw new InputException(
                $"{file.Path} has no column beside the lists in {file.Columns[start][..file.Columns[start].LastIndexOf('[')]} that could "
                    + $"hold labels; add one, or give the labels with {Setting.Labels}."
            );
        }

        return likely.Length == 0
            ? remaining[^1]
            : TableColumns.LabelOf(
                file.Path,
                [.. likely.Select(i => file.Columns[i])],
                null,
                Those(i => Number(file, i) is null),
                sample?.Measures ?? Those(i => Number(file, i) is { } n && !double.IsInteger(n))
            );

        string[] Those(Func<int, bool> match) => hasRow ? [.. likely.Where(match).Select(i => file.Columns[i])] : [];
    }

    private static double? Number(TableRecords file, int column) =>
        file.TryNumber(column, out var number) && !bool.TryParse(file[column], out _) ? number : null;
}
