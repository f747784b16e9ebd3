using System.Globalization;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Tables;

/// <summary>The columns of a table that are features, and the one of labels.</summary>
/// <param name="Features">Their names, in the order of the first file.</param>
/// <param name="Label">The column of labels; null if they are in a file of their own.</param>
/// <param name="LeftOut">Columns that are not read.</param>
internal sealed record TableColumns(IReadOnlyList<string> Features, string? Label, IReadOnlyList<string> LeftOut)
{
    private const int Shown = 20;

    /// <summary>Columns beside a column of lists, which cannot be features: not read, and not part of the data's identity.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>Whether the features are the items of one column of lists, which have no names of their own.</summary>
    public bool IsList { get; init; }

    /// <summary>Chooses the columns.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="columns">The names of its columns.</param>
    /// <param name="label">The column of labels; null if they are in a file of their own.</param>
    /// <param name="leftOut">Columns that are not read.</param>
    /// <exception cref="InputException">There is no column besides the label.</exception>
    public static TableColumns Choose(string path, IReadOnlyList<string> columns, string? label, IReadOnlyList<string> leftOut)
    {
        var features = columns.Where(c => c != label).Except(leftOut, StringComparer.Ordinal).ToArray();
        return features.Length > 0
            ? new TableColumns(features, label, leftOut)
            : throw (
                leftOut.Count > 0
                    ? new InputException(
                        $"{path} has no column left beside the labels in {label}; left out: {string.Join(", ", leftOut.Take(10))}."
                    )
                    : new InputException(
                        $"{path} has one column only, {label}; expected features beside the labels, or the labels in a file of their own "
                            + $"with {Setting.Labels}."
                    )
            );
    }

    /// <summary>Returns the column of labels.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="columns">The names of its columns.</param>
    /// <param name="labelColumn">The user's choice: a name, or a number from 1; null: a column called label, class, target or y, else
    /// one with another usual name, else the last.</param>
    /// <param name="texts">The columns whose values are not numbers; null if unknown.</param>
    /// <param name="measures">The columns whose values are numbers but not whole.</param>
    /// <exception cref="InputException">There is no such column.</exception>
    public static string LabelOf(
        string path,
        IReadOnlyList<string> columns,
        string? labelColumn,
        IReadOnlyList<string>? texts = null,
        IReadOnlyList<string>? measures = null
    ) =>
        labelColumn switch
        {
            null => Default(columns, texts ?? [], measures ?? []),
            _ when columns.Contains(labelColumn, StringComparer.Ordinal) => labelColumn,
            _ when int.TryParse(labelColumn, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number >= 1
                    && number <= columns.Count => columns[number - 1],
            _ => throw new InputException($"{path} has no column \"{labelColumn}\"; {List(columns)}."),
        };

    /// <summary>Finds the columns in another file of the same data set.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="columns">The names of its columns.</param>
    /// <returns>The index of every feature, then that of the label if there is one.</returns>
    /// <exception cref="InputException">The file has other columns.</exception>
    public int[] Places(string path, IReadOnlyList<string> columns)
    {
        string[] wanted = [.. Features, .. Label is null ? Array.Empty<string>() : [Label]];
        var places = columns.Select((name, place) => (name, place)).ToDictionary(c => c.name, c => c.place, StringComparer.Ordinal);
        var missing = wanted.Where(name => !places.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            throw new InputException($"{path} has no {(missing.Count == 1 ? "column" : "columns")} {Names(missing)}; {List(columns)}.");
        }

        var strangers = columns
            .Except(wanted, StringComparer.Ordinal)
            .Except(LeftOut, StringComparer.Ordinal)
            .Except(Unread, StringComparer.Ordinal)
            .ToList();
        return strangers.Count == 0
            ? [.. wanted.Select(name => places[name])]
            : throw new InputException(
                $"{path} has {(strangers.Count == 1 ? "the column" : "the columns")} {Names(strangers)} that other files of the data set "
                    + $"lack; give them the same columns."
            );
    }

    /// <summary>Returns a column named like labels, else the last. A numeric y yields to the only column of text, or to the last column if
    /// it is a coordinate (beside x and others) or a measure.</summary>
    private static string Default(IReadOnlyList<string> columns, IReadOnlyList<string> texts, IReadOnlyList<string> measures)
    {
        var named = LabelNames
            .Default.Select(name => columns.FirstOrDefault(c => c.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(c => c is not null);
        if (named is null || !named.Equals("y", StringComparison.OrdinalIgnoreCase))
        {
            return named ?? Likely(columns, texts, measures);
        }

        var isPlace = columns.Count > 2 && columns.Any(c => c.Equals("x", StringComparison.OrdinalIgnoreCase));
        return texts.Contains(named) || (!isPlace && texts.Count != 1 && !measures.Contains(named)) ? named
            : texts.Count == 1 ? texts[0]
            : columns[^1];
    }

    /// <summary>Returns a column with a name that is often that of labels, else the last. If that is a measure, it yields to the only
    /// column of text.</summary>
    private static string Likely(IReadOnlyList<string> columns, IReadOnlyList<string> texts, IReadOnlyList<string> measures)
    {
        var possible = columns.Except(measures, StringComparer.Ordinal).ToArray();
        var named = LabelNames
            .Likely.Select(name => possible.FirstOrDefault(c => c.Trim().Equals(name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(c => c is not null);
        return named
            ?? possible.LastOrDefault(LabelNames.IsOne)
            ?? (measures.Contains(columns[^1]) && texts.Count == 1 ? texts[0] : columns[^1]);
    }

    /// <summary>A column's name as it is typed after an option: in quotes if a shell would take it apart.</summary>
    public static string Typed(string name) => name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.') ? name : $"\"{name}\"";

    /// <summary>Lists the columns in words.</summary>
    public static string List(IReadOnlyCollection<string> columns) => $"it has the columns {Names(columns)}";

    /// <summary>Lists names in words, the first twenty of them.</summary>
    public static string Names(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");
}
