using System.Globalization;
using Rote.Data.Formats.Tables;

namespace Rote.Data.Labels;

/// <summary>Checks that a table of labels does not number its rows in another order than it has them: labels are given to examples row by
/// row, so such a table gives each example the label of another.</summary>
/// <param name="path">The table.</param>
/// <param name="columns">Its columns.</param>
/// <param name="label">The column of labels.</param>
internal sealed class IdOrder(string path, IReadOnlyList<string> columns, string label)
{
    private static readonly string[] Names =
    [
        "id",
        "idx",
        "index",
        "row",
        "row_id",
        "rowid",
        "no",
        "nr",
        "number",
        "example",
        "Unnamed: 0",
    ];

    private readonly int _place = Enumerable
        .Range(0, columns.Count)
        .FirstOrDefault(i => columns[i] != label && Names.Contains(columns[i], StringComparer.OrdinalIgnoreCase), -1);
    private readonly List<long> _ids = [];
    private bool _areNumbers = true;

    /// <summary>Adds the current row.</summary>
    public void Add(TableRecords file)
    {
        if (_place < 0 || !_areNumbers)
        {
            return;
        }

        _areNumbers = long.TryParse(file[_place], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id);
        _ids.Add(id);
    }

    /// <summary>Throws if the numbers are 0, 1, 2, … or 1, 2, 3, … in another order.</summary>
    /// <exception cref="InputException">They are.</exception>
    public void Require()
    {
        if (_place < 0 || !_areNumbers || _ids.Count < 2)
        {
            return;
        }

        var first = _ids.Min();
        var isEach = first is 0 or 1 && _ids.Max() == first + _ids.Count - 1 && _ids.ToHashSet().Count == _ids.Count;
        var wrong = _ids.Select((id, row) => id - first != row).ToList().IndexOf(true);
        if (isEach && wrong >= 0)
        {
            throw new InputException(
                $"{path}: {columns[_place]} numbers the rows in another order than they have (row {wrong} has {_ids[wrong]}), and labels "
                    + $"are given to examples row by row; sort the rows by {columns[_place]}, or remove that column if they are in order."
            );
        }
    }
}
