using Rote.Data;

namespace Rote.Measurement;

/// <summary>The columns <c>file</c> and <c>row</c>, which identify the example of the user's data in a row of a table.</summary>
public static class RowColumns
{
    /// <summary>Makes the columns that identify the examples of a table.</summary>
    /// <param name="rows">Their places in their source.</param>
    /// <returns>Columns <c>file</c> and <c>row</c>; the row is missing where a whole file is the example.</returns>
    public static IReadOnlyList<Column> Of(SourceRows rows) =>
        [
            new("file", rows.Select(r => r.File).ToArray()),
            rows.HaveRows ? new("row", rows.Select(r => r.Row!.Value).ToArray()) : new("row", rows.Select(r => r.Row).ToArray()),
        ];

    /// <summary>Makes the columns that identify other examples which those of a table refer to.</summary>
    /// <param name="name">Name of the reference, such as <c>duplicateOf</c>.</param>
    /// <param name="rows">Places of the other examples in their source.</param>
    /// <param name="which">An index into <paramref name="rows"/> for each row of the table; −1 where there is none.</param>
    /// <returns>Columns <c>NAMEFile</c> and <c>NAMERow</c>; an empty file and no row where there is none.</returns>
    public static IReadOnlyList<Column> Of(string name, SourceRows rows, IReadOnlyList<int> which) =>
        [
            new($"{name}File", which.Select(i => i < 0 ? "" : rows[i].File).ToArray()),
            new($"{name}Row", which.Select(i => i < 0 ? null : rows[i].Row).ToArray()),
        ];

    /// <summary>Puts the rows of a table into the order of the user's data.</summary>
    /// <param name="columns">The table.</param>
    /// <param name="rows">Places of its examples in their source.</param>
    /// <returns>The same columns in that order.</returns>
    public static IReadOnlyList<Column> InOrder(IReadOnlyList<Column> columns, SourceRows rows)
    {
        var order = rows.InOrder();
        return [.. columns.Select(column => column.Select(order))];
    }
}
