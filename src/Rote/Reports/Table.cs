namespace Rote.Reports;

/// <summary>How the cells of a column are aligned.</summary>
public enum ColumnKind
{
    /// <summary>Words: aligned left.</summary>
    Text,

    /// <summary>Numbers: values aligned right, their errors beside them.</summary>
    Number,
}

/// <summary>A column of a table.</summary>
/// <param name="Header">A few words.</param>
/// <param name="Legend">One sentence, shown below the table: what the number is, its unit, and what its error means.</param>
/// <param name="Kind">How the cells are aligned.</param>
public sealed record TableColumn(string Header, string Legend, ColumnKind Kind = ColumnKind.Number);

/// <summary>A cell of a table.</summary>
/// <param name="Text">The text shown: words, or a number with its unit, as "53.4 %".</param>
/// <param name="Error">The number's error, as "± 0.5"; empty where there is none.</param>
/// <param name="IsMissing">True for a number that does not exist, as "not reached"; it is shown paler.</param>
public readonly record struct TableCell(string Text, string Error = "", bool IsMissing = false)
{
    /// <summary>A number that does not exist.</summary>
    /// <param name="why">The reason in a word or two, as "not reached".</param>
    /// <returns>The cell.</returns>
    public static TableCell Missing(string why) => new(why, "", IsMissing: true);

    /// <summary>Words as a cell.</summary>
    /// <param name="text">The text shown.</param>
    public static implicit operator TableCell(string text) => FromString(text);

    /// <summary>Words as a cell.</summary>
    /// <param name="text">The text shown.</param>
    /// <returns>The cell.</returns>
    public static TableCell FromString(string text) => new(text);
}

/// <summary>A table as a value, with a legend for every column. It is drawn as text for a terminal or as HTML for a page.</summary>
public sealed class Table
{
    /// <summary>Creates a table.</summary>
    /// <param name="caption">What the table shows, in one sentence.</param>
    /// <param name="columns">At least one; the first names the row.</param>
    /// <param name="rows">One cell a column.</param>
    /// <exception cref="ArgumentException">There is no column, or a row has a different number of cells.</exception>
    public Table(string caption, IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<TableCell>> rows)
    {
        if (columns.Count == 0)
        {
            throw new ArgumentException("A table needs at least one column.", nameof(columns));
        }

        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Count != columns.Count)
            {
                throw new ArgumentException($"Row {i} has {rows[i].Count} cells, expected {columns.Count}.", nameof(rows));
            }
        }

        Caption = caption;
        Columns = columns;
        Rows = rows;
    }

    /// <summary>What the table shows.</summary>
    public string Caption { get; }

    /// <summary>The columns; the first names the row.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The rows, one cell a column.</summary>
    public IReadOnlyList<IReadOnlyList<TableCell>> Rows { get; }

    /// <summary>The table for a terminal: aligned columns, then the legends.</summary>
    /// <param name="width">Legends and caption are wrapped to this many characters, at least 40; the columns take what they need.</param>
    /// <returns>Lines that end with a line feed, without control characters.</returns>
    public string ToText(int width = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 40);
        return ToText(new TextStyle { Width = width });
    }

    /// <summary>The table for a terminal, in a given style.</summary>
    /// <param name="style">The width, and whether legends follow.</param>
    /// <returns>Lines that end with a line feed, without control characters.</returns>
    public string ToText(TextStyle style) => TextTable.Draw(this, style);
}
