using System.Globalization;
using Rote.Data.Download;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Tables;

/// <summary>Finds columns that are not features: row numbers, encodings of the label, and what the user leaves out.</summary>
internal static class ColumnSieve
{
    /// <summary>Checks that the columns to leave out exist, and that others remain.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="columns">The names of its columns.</param>
    /// <param name="options">The user's options.</param>
    /// <returns>The other columns.</returns>
    /// <exception cref="InputException">A column to leave out does not exist, or no column remains.</exception>
    public static IReadOnlyList<string> Remaining(string path, IReadOnlyList<string> columns, UserDataOptions options)
    {
        if (options.Ignore?.FirstOrDefault(c => !columns.Contains(c, StringComparer.Ordinal)) is { } unknown)
        {
            var nearest = Nearest.To(unknown, columns);
            throw new InputException(
                $"{path} has no column \"{unknown}\" to leave out ({Setting.Ignore}); "
                    + $"{(nearest is null ? TableColumns.List(columns) : $"did you mean {nearest}? ({TableColumns.List(columns)})")}."
            );
        }

        var remaining = columns.Except(options.Ignore ?? [], StringComparer.Ordinal).ToArray();
        return remaining.Length > 0
            ? remaining
            : throw new InputException($"{path} has no column left without {Setting.Ignore}; leave the labels and at least one feature.");
    }

    /// <summary>Finds the columns that are not features.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="facts">Facts about every column except the labels.</param>
    /// <param name="classes">The distinct labels.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="progress">Told what is left out, and why; null for silence.</param>
    /// <returns>Their names.</returns>
    /// <exception cref="InputException">A column without a name holds something other than row numbers.</exception>
    public static IReadOnlyList<string> LeftOut(
        string path,
        IReadOnlyList<ColumnFacts> facts,
        IReadOnlyCollection<string> classes,
        UserDataOptions options,
        IProgress<DownloadProgress>? progress
    )
    {
        if (options.Only is { } only && only.All(name => facts.Any(f => f.Name == name)))
        {
            return Others(path, facts, only, progress);
        }

        var ignored = options.Ignore ?? [];
        var reasons = facts.Where(f => !ignored.Contains(f.Name)).Select(f => (f.Name, Reason: Reason(f, facts))).ToList();
        var indicators = facts
            .Where(f => f.Indicated is not null && f.Rows >= ColumnFacts.FewestRows && !ignored.Contains(f.Name))
            .ToArray();
        var indicated = indicators.Select(f => f.Indicated).Distinct().Count();
        if (classes.Count > 1 && indicated >= Math.Max(2, classes.Count - 1)) // the first may be dropped: the others determine it
        {
            reasons =
            [
                .. reasons.Select(r =>
                    r.Reason is null && indicators.Any(f => f.Name == r.Name)
                        ? (r.Name, "is 1 where the label is one class and 0 elsewhere")
                        : r
                ),
            ];
        }

        var found = reasons.Where(r => r.Reason is not null).ToArray();
        var isAll = found.Length > 0 && found.Length + ignored.Count >= facts.Count;
        if (isAll)
        {
            progress?.Report(new DownloadProgress($"{path}: {Words(found)}; used all the same, because there is no other column."));
        }
        else if (found.Length > 0)
        {
            progress?.Report(new DownloadProgress($"{path}: left out as no features: {Words(found)}."));
        }

        if (
            !isAll
            && facts.FirstOrDefault(f => f.IsNameless && !found.Any(r => r.Name == f.Name) && !ignored.Contains(f.Name)) is { } nameless
        )
        {
            throw new InputException(
                $"{path}: the column {nameless.Name} has no name; name it, or leave it out (pandas writes row numbers into such a "
                    + $"column: index=False)."
            );
        }

        var names = ignored.Concat(isAll ? [] : found.Select(r => r.Name)).ToHashSet(StringComparer.Ordinal);
        ColumnFacts[] used = [.. facts.Where(f => !names.Contains(f.Name))];
        Warn(path, used, progress);
        WarnOfAnswers(path, used, progress);
        return [.. facts.Select(f => f.Name).Where(names.Contains)];
    }

    /// <summary>The columns that a network was not trained on.</summary>
    private static string[] Others(
        string path,
        IReadOnlyList<ColumnFacts> facts,
        IReadOnlyList<string> only,
        IProgress<DownloadProgress>? progress
    )
    {
        string[] others = [.. facts.Select(f => f.Name).Except(only, StringComparer.Ordinal)];
        if (others.Length > 0)
        {
            progress?.Report(
                new DownloadProgress(
                    $"{path}: not read, because the network was not trained on {(others.Length == 1 ? "it" : "them")}: "
                        + $"{TableColumns.Names(others)}."
                )
            );
        }

        return others;
    }

    /// <summary>Names columns that are used and may have been made from the label. Whether they were, only the owner of the data
    /// knows.</summary>
    private static void Warn(string path, IReadOnlyList<ColumnFacts> used, IProgress<DownloadProgress>? progress)
    {
        foreach (var column in used)
        {
            var name = TableColumns.Typed(column.Name);
            if (column.Order.TellsLabel)
            {
                progress?.Report(
                    new DownloadProgress(
                        $"{path}: {column.Name} only grows or only shrinks from row to row, and the rows lie in groups of one label: it "
                            + $"may tell the label by the order of the file alone. If so, leave it out ({Setting.Ignore} {name})."
                    )
                );
            }
            else if (column.Ties.Told is { } told)
            {
                progress?.Report(
                    new DownloadProgress(
                        $"{path}: {column.Name} alone tells the label of {Percent(told)} of the rows. If it was made from the label, or "
                            + $"after it, leave it out ({Setting.Ignore} {name})."
                    )
                );
            }
        }
    }

    /// <summary>Names columns that look like another network's answers.</summary>
    private static void WarnOfAnswers(string path, IReadOnlyList<ColumnFacts> used, IProgress<DownloadProgress>? progress)
    {
        if (AnswerColumns.Find(used) is not { } answers)
        {
            return;
        }

        Sentence ignore = $"";
        foreach (var name in answers.Names)
        {
            ignore = $"{ignore}{(name == answers.Names[0] ? "" : " ")}{Setting.Ignore} {TableColumns.Typed(name)}";
        }

        progress?.Report(
            new DownloadProgress(
                $"{path}: {TableColumns.Names([.. answers.Names])} look like another network's answers: the largest of them is that of "
                    + $"the label in {Percent(answers.Share)} of the first rows. If they are, leave them out ({ignore})."
            )
        );
    }

    private static string Percent(double share) =>
        share >= 1 ? "100 %" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(1000 * share) / 10:F1} %");

    private static string? Reason(ColumnFacts column, IReadOnlyList<ColumnFacts> all) =>
        column switch
        {
            { IsNameless: true, IsEmpty: true } => "has neither name nor values",
            { CountsRows: true } => "numbers the rows",
            { Identifies: true } => "identifies the rows",
            _ when IsCalledLabel(column.Name, all) => "is named like a label", // also if a file gives the labels: those before correction
            { IsOneToOne: true } => "determines the label one to one",
            { Part.IsOne: true } => "says which part of the data a row belongs to",
            { Ties.HasNamesOfClasses: true } => "holds the names of the classes, mostly that of the row's own",
            _ => null,
        };

    /// <summary>Whether a column is named like labels; y beside x is a coordinate, not a label.</summary>
    private static bool IsCalledLabel(string name, IReadOnlyList<ColumnFacts> all) =>
        LabelNames.IsOne(name)
        || (name.Equals("y", StringComparison.OrdinalIgnoreCase) && !all.Any(f => f.Name.Equals("x", StringComparison.OrdinalIgnoreCase)));

    private static string Words((string Name, string? Reason)[] found) =>
        string.Join("; ", found.GroupBy(r => r.Reason).Select(g => $"{TableColumns.Names([.. g.Select(r => r.Name)])} ({g.Key})"));
}
