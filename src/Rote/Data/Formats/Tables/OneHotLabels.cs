using Rote.Data.Download;

namespace Rote.Data.Formats.Tables;

/// <summary>Detects a one-hot label: one column per class, with a 1 in the column of each row's class. Undetected, one of them would be
/// taken for the label, and the others would leak it.</summary>
/// <param name="columns">The names of all columns.</param>
/// <param name="label">The index of the column that is taken for the label; negative: none.</param>
/// <param name="ignored">The names of columns that do not count.</param>
internal sealed class OneHotLabels(IReadOnlyList<string> columns, int label, IReadOnlyList<string> ignored)
{
    /// <summary>With more patterns of ones than this, the columns are not a one-hot label.</summary>
    private const int MostPatterns = 10_000;

    private readonly HashSet<string> _patterns = new(StringComparer.Ordinal); // the columns with a 1 in a row, one character each
    private List<int> _bits =
        label < 0 ? [] : [.. Enumerable.Range(0, Math.Min(columns.Count, char.MaxValue)).Where(i => !ignored.Contains(columns[i]))];

    /// <summary>Whether more rows could still show a one-hot label.</summary>
    public bool IsOpen => _bits.Count > 1 && _bits.Contains(label) && _patterns.Count <= MostPatterns;

    /// <summary>Adds the next row.</summary>
    /// <param name="value">Returns the value in a column, by its index.</param>
    public void Add(Func<int, string> value)
    {
        var values = _bits.ConvertAll(place => (Place: place, Bit: Bit(value(place))));
        if (values.Exists(v => v.Bit < 0))
        {
            _bits = [.. values.Where(v => v.Bit >= 0).Select(v => v.Place)];
        }

        _patterns.Add(new string([.. values.Where(v => v.Bit == 1).Select(v => (char)v.Place)]));
    }

    /// <summary>Finds the columns of a one-hot label.</summary>
    /// <returns>Their names, including the one taken for the label; empty if the label is a single column.</returns>
    public IReadOnlyList<string> Find()
    {
        if (!IsOpen)
        {
            return [];
        }

        var (its, others) = (
            _patterns.Where(p => p.Contains((char)label)).ToArray(),
            _patterns.Where(p => !p.Contains((char)label)).ToArray()
        );
        int[] partners =
        [
            .. _bits.Where(place => place != label && !its.Any(p => p.Contains((char)place)) && others.Any(p => p.Contains((char)place))),
        ];
        var isOneEach = its.Length > 0 && partners.Length > 1 && others.All(p => partners.Count(place => p.Contains((char)place)) == 1);
        return isOneEach ? [.. partners.Append(label).Order().Select(place => columns[place])] : [];
    }

    /// <summary>Finds the columns of a one-hot label of which one was dropped, as pandas' get_dummies(drop_first=True) does: their names
    /// begin like that of the label, and a row has one 1 at most.</summary>
    /// <returns>Their names, including the one taken for the label; empty if there are none.</returns>
    public IReadOnlyList<string> FindDropped()
    {
        if (!IsOpen || Find().Count > 0 || Start(columns[label]) is not { } start)
        {
            return [];
        }

        int[] group = [.. _bits.Where(place => Start(columns[place]) == start)];
        var ones = _patterns.Select(p => group.Count(place => p.Contains((char)place))).ToHashSet();
        var areAll = group.All(place => _patterns.Any(p => p.Contains((char)place)));
        return group.Length > 1 && areAll && ones.SetEquals([0, 1]) ? [.. group.Order().Select(place => columns[place])] : [];
    }

    private static string? Start(string name) => name.LastIndexOf('_') is > 0 and var end ? name[..end] : null;

    /// <summary>Reports the columns of a label of which one was dropped.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="progress">Told the sentence; null for silence.</param>
    public void ReportDropped(string path, IProgress<DownloadProgress>? progress)
    {
        if (FindDropped() is { Count: > 0 } names)
        {
            progress?.Report(
                new DownloadProgress(
                    $"{path}: {TableColumns.Names([.. names])} look like the classes of one label, of which the first was dropped, and "
                        + $"only {columns[label]} is taken for the label. If they are, leave the others out ({Setting.Ignore} "
                        + $"{TableColumns.Typed(names.First(name => name != columns[label]))}), or make one column of all."
                )
            );
        }
    }

    /// <summary>Throws if the label is one-hot.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <exception cref="InputException">There are such columns.</exception>
    public void RequireNone(string path)
    {
        if (Find() is { Count: > 0 } names)
        {
            throw new InputException(
                $"{path}: the columns {TableColumns.Names([.. names])} spell one label, with a 1 in the column of a row's class; "
                    + $"make one column of them (pandas: t[names].idxmax(axis=1)), or leave the others out with {Setting.Ignore} to tell "
                    + $"{columns[label]} from the rest."
            );
        }
    }

    private static int Bit(string text) =>
        text switch
        {
            "0" or "0.0" or "False" or "false" => 0,
            "1" or "1.0" or "True" or "true" => 1,
            _ => -1,
        };
}
