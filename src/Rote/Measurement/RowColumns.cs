using Rote.Data;

namespace Rote.Measurement;

/// <summary>The columns that say which example of the user's data a row of a table is about: <c>file</c> and <c>row</c>.</summary>
public static class RowColumns
{
    /// <summary>Names the examples of a table.</summary>
    /// <param name="rows">Where they stand in their source.</param>
    /// <returns>Columns <c>file</c> and <c>row</c>; a row is missing where the file is the example.</returns>
    public static IReadOnlyList<Column> Of(SourceRows rows) =>
        [
            new("file", rows.Select(r => r.File).ToArray()),
            rows.HaveRows ? new("row", rows.Select(r => r.Row!.Value).ToArray()) : new("row", rows.Select(r => r.Row).ToArray()),
        ];

    /// <summary>Names other examples that those of a table refer to.</summary>
    /// <param name="name">What the reference is called, as <c>duplicateOf</c>.</param>
    /// <param name="rows">Where the others stand in their source.</param>
    /// <param name="which">For each row of the table an index into <paramref name="rows"/>; −1 where there is none.</param>
    /// <returns>Columns <c>NAMEFile</c> and <c>NAMERow</c>; an empty file and no row where there is none.</returns>
    public static IReadOnlyList<Column> Of(string name, SourceRows rows, IReadOnlyList<int> which) =>
        [
            new($"{name}File", which.Select(i => i < 0 ? "" : rows[i].File).ToArray()),
            new($"{name}Row", which.Select(i => i < 0 ? null : rows[i].Row).ToArray()),
        ];

    /// <summary>Puts the rows of a table into the order of the user's data.</summary>
    /// <param name="columns">The table.</param>
    /// <param name="rows">Where its examples stand in their source.</param>
    /// <returns>The same columns in that order.</returns>
    public static IReadOnlyList<Column> InOrder(IReadOnlyList<Column> columns, SourceRows rows)
    {
        var order = rows.InOrder();
        return [.. columns.Select(column => column.Select(order))];
    }
}
