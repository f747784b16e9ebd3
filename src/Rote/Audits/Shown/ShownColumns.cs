using Rote.Data;
using Rote.Data.Formats.Tables;

namespace Rote.Audits.Shown;

/// <summary>Columns of the data's own tables, as they are written there.</summary>
internal sealed class ShownColumns
{
    private readonly string _path;
    private readonly UserDataOptions _options;

    private ShownColumns(string path, UserDataOptions options, IReadOnlyList<string> names) =>
        (_path, _options, Names) = (path, options, names);

    /// <summary>What the columns are called.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Chooses columns.</summary>
    /// <param name="path">The data: a table, or a folder of them.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="asked">Names, or numbers from 1; an entry that is no column is a list with commas.</param>
    /// <exception cref="InputException">It is no table, or has no such column.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static ShownColumns Of(string path, UserDataOptions options, IReadOnlyList<string> asked)
    {
        if (!(File.Exists(path) || Directory.Exists(path)) || !TableFiles.AreAt(path))
        {
            throw new InputException(
                $"{Setting.Show} names columns, and {path} is no table; names in the order of its examples are given as {Setting.Names}."
            );
        }

        var first = TableFiles.Find(path).All.First();
        using var table = ShownCells.Open(first, options);
        var names = asked
            .SelectMany(entry => table.Columns.Contains(entry) ? [entry] : entry.Split(',', StringSplitOptions.TrimEntries))
            .Where(entry => entry.Length > 0)
            .Select(entry => TableColumns.LabelOf(first, table.Columns, entry))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return names.Length > 0
            ? new ShownColumns(path, options, names)
            : throw new InputException($"{Setting.Show} names no column; {TableColumns.List(table.Columns)}.");
    }

    /// <summary>The one column that says which file an example is.</summary>
    /// <param name="path">The data.</param>
    /// <param name="options">How it is read.</param>
    /// <returns>Null where the data is no table, or has no such column.</returns>
    public static ShownColumns? OfFiles(string path, UserDataOptions options)
    {
        if (!(File.Exists(path) || Directory.Exists(path)) || !TableFiles.AreAt(path))
        {
            return null;
        }

        using var table = ShownCells.Open(TableFiles.Find(path).All.First(), options);
        return table.Columns.Contains("file") ? new ShownColumns(path, options, ["file"]) : null;
    }

    /// <summary>Reads their values.</summary>
    /// <param name="wanted">Of which rows; null: of all.</param>
    /// <param name="token">Stops.</param>
    /// <returns>For each row a value a column, long ones cut.</returns>
    /// <exception cref="InputException">The tables are too large to be kept, or another one lacks a column.</exception>
    /// <exception cref="MachineException">They cannot be read.</exception>
    public Dictionary<RowIdentity, string[]> Read(IReadOnlySet<RowIdentity>? wanted, CancellationToken token) =>
        ShownCells.Read(_path, _options, Places, wanted, TooMany, token).ToDictionary(record => record.Row, record => record.Cells);

    private int[] Places(IReadOnlyList<string> columns)
    {
        var places = columns.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        return [.. Names.Select(name => places.GetValueOrDefault(name, -1))]; // a test part may lack one
    }

    private InputException TooMany() =>
        new($"The values of {TableColumns.Names([.. Names])} in {_path} are too many to be shown; name fewer columns.");
}
