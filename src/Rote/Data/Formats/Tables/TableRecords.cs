using System.Globalization;
using Rote.Data.Formats.Arrow;
using Rote.Data.Formats.Csv;
using Rote.Data.Formats.Json;

namespace Rote.Data.Formats.Tables;

/// <summary>A table that is read record by record.</summary>
internal abstract class TableRecords : IDisposable
{
    /// <summary>The file.</summary>
    public abstract string Path { get; }

    /// <summary>The column names, at least one; "column 1", "column 2", … if the file has none.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The indices of the columns that the file gives no name.</summary>
    public virtual IReadOnlyList<int> Nameless => [];

    /// <summary>Whether numbers have a decimal comma.</summary>
    public virtual bool HasDecimalCommas => false;

    /// <summary>The column of number lists, its first item's index, and the number of items (columns <c>name[0]</c>, …); null if
    /// none.</summary>
    public virtual (string Name, int First, int Count)? List => null;

    /// <summary>Names of what the records hold and no column is made of: objects, and lists without numbers.</summary>
    public virtual IReadOnlyList<string> Unread => [];

    /// <summary>The current record's row, from 0.</summary>
    public abstract long Row { get; }

    /// <summary>The place of the current record in words, as "row 17 (line 19)".</summary>
    public virtual string Place => $"row {Row}";

    /// <summary>Opens a file in the format of its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labelColumn">The user's column of labels; a first line that contains it is a header.</param>
    /// <exception cref="InputException">It is empty or not of that format, or columns share a name.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static TableRecords Open(string path, string? labelColumn) =>
        TableKinds.Of(path) switch
        {
            TableKind.JsonLines => JsonRecords.Read(path),
            TableKind.Arrow => ArrowRecords.Read(path),
            _ => CsvFile.Read(path, labelColumn, bySpaces: true),
        };

    /// <summary>Moves to the next record.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InputException">The record has other columns, or cannot be read.</exception>
    public abstract bool Next();

    /// <summary>Returns a value of the current record as text, trimmed unless it was quoted; empty if missing.</summary>
    public abstract string this[int column] { get; }

    /// <summary>Returns a value of the current record as a number, true and false as 1 and 0.</summary>
    /// <returns>False if it is not a number.</returns>
    public virtual bool TryNumber(int column, out double value)
    {
        var text = this[column];
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        value = text.Equals("true", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        return value > 0 || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Throws if there are too many columns, or two share a name.</summary>
    protected void RequireColumns()
    {
        if (Columns.Count > Numpy.ArrayVectors.MostFeatures + 1)
        {
            throw new InputException($"{Path} has {Columns.Count} columns, expected at most {Numpy.ArrayVectors.MostFeatures + 1}.");
        }

        if (Columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InputException(
                $"{Path} has {twice.Count()} columns called \"{twice.Key}\", expected one; rename or remove the others."
            );
        }
    }
}
