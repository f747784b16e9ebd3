using Rote.Data.Formats.Tables;

namespace Rote.Audits.OwnModel;

/// <summary>Probabilities from a table: one column for each class, named like the class, and perhaps <c>file</c> and <c>row</c>.</summary>
/// <remarks>Columns may also be called probability0, probability1, …, as <c>rote evaluate</c> writes them; they may have no names, or stand
/// in one list.</remarks>
internal sealed class ProbabilityTable
{
    private const string Numbered = "probability";

    private readonly TableRecords _table;
    private readonly LabelledExamples _examples;
    private readonly int _file;
    private readonly int _row;
    private readonly int[] _places; // of each class its column

    private ProbabilityTable(TableRecords table, LabelledExamples examples)
    {
        _table = table;
        (_file, _row) = (PlaceOf("file"), PlaceOf("row"));
        var (places, names) = Columns();
        if (places.Length < 2)
        {
            throw new InputException(
                $"{table.Path} has {places.Length} {(places.Length == 1 ? "column" : "columns")} of probabilities, expected "
                    + $"one for each of "
                    + $"two classes or more; for two classes give 1 − p beside p."
            );
        }

        _examples = names is null ? examples.InColumns(table.Path, places.Length) : examples;
        var classes = names is null ? [.. Enumerable.Range(0, places.Length)] : examples.ClassesOf(table.Path, names);
        _places = new int[places.Length];
        foreach (var (column, k) in classes.Index())
        {
            _places[k] = places[column];
        }

        if ((long)examples.Labels.Length * places.Length > Array.MaxLength)
        {
            throw new InputException(
                $"{table.Path} has {places.Length:N0} classes for {examples.Labels.Length:N0} examples, which is more than "
                    + $"an audit can hold."
            );
        }

        MemoryGuard.Require(
            table.Path,
            $"{places.Length:N0} probabilities",
            2L * sizeof(float) * places.Length,
            examples.Labels.Length,
            "give fewer examples"
        );
    }

    /// <summary>Reads them row by row.</summary>
    /// <param name="path">A table in any form that is read.</param>
    /// <param name="examples">What they are about.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The examples with a class a column, and [N·K] probabilities in their order; NaN where the table names an example and gives
    /// none, or does not name it.</returns>
    /// <exception cref="InputException">It is no such table, or does not fit the examples.</exception>
    public static (LabelledExamples Examples, float[] Values) Read(string path, LabelledExamples examples, CancellationToken cancel)
    {
        using var table = OwnTables.Open(path, ["file", "row", examples.ClassNames[0]]);
        return new ProbabilityTable(table, examples).Read(cancel);
    }

    private (LabelledExamples Examples, float[] Values) Read(CancellationToken cancel)
    {
        var (count, classes, order) = (_examples.Labels.Length, _places.Length, _examples.Order);
        var values = new float[count * classes];
        Array.Fill(values, float.NaN);
        var index = _file >= 0 || _row >= 0 ? new ExampleIndex(_examples) : null;
        var seen = new bool[count];
        var rows = 0L;
        for (; _table.Next(); rows++)
        {
            if (rows % 1000 == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            var example =
                index is not null ? Find(index)
                : rows < count ? order[rows]
                : throw Uneven(rows + 1, isMore: true);
            if (seen[example])
            {
                throw new InputException(
                    $"{_table.Path}: {_table.Place} is about {_examples.Rows[example].Name}, which an earlier row is about, expected each "
                        + $"example once."
                );
            }

            seen[example] = true;
            for (var k = 0; k < classes; k++)
            {
                values[(example * classes) + k] = Value(_places[k]);
            }
        }

        return rows == 0 ? throw new InputException($"{_table.Path} has columns and no rows, expected a row an example.")
            : index is null && rows < count ? throw Uneven(rows, isMore: false)
            : (_examples, values);
    }

    private InputException Uneven(long rows, bool isMore) =>
        new(
            $"{_table.Path} has {(isMore ? "at least " : "")}{rows:N0} rows and {_examples.Source} has "
                + $"{_examples.Labels.Length:N0} labelled "
                + $"examples, expected as many of each; a table with the columns file and row may leave some out."
        );

    private int Find(ExampleIndex index)
    {
        var file = _file < 0 ? null : _table[_file];
        var row =
            _row < 0 || _table[_row].Length == 0 ? null
            : _table.TryNumber(_row, out var number) && double.IsInteger(number) && Math.Abs(number) < 1L << 53 ? (long?)number
            : throw new InputException($"{_table.Path}: the row in {_table.Place} is \"{_table[_row]}\", expected a whole number from 0.");
        return index.Find(file, row) is var example and >= 0
            ? example
            : throw new InputException(
                $"{_table.Path}: {_table.Place} is about {(file is null ? $"row {row}" : new Data.RowIdentity(file, row).Name)}, which "
                    + $"{_examples.Source} lacks; expected names as {index.SomeName}."
            );
    }

    private float Value(int column) =>
        _table.TryNumber(column, out var value) ? (float)value
        : _table[column].Length == 0 ? float.NaN
        : throw new InputException(
            $"{_table.Path}: {_table.Columns[column]} in {_table.Place} is \"{_table[column]}\", expected a probability."
        );

    /// <summary>Places of the columns with probabilities, and their names; null where they have none and stand in the order of the
    /// classes.</summary>
    private (int[] Places, IReadOnlyList<string>? Names) Columns()
    {
        if (_table.List is { } list)
        {
            return ([.. Enumerable.Range(list.First, list.Count)], null);
        }

        var columns = _table.Columns;
        if (Enumerable.Range(0, columns.Count).TakeWhile(k => columns.Contains($"{Numbered}{k}")).Count() is var count and > 0)
        {
            var byName = columns.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
            return ([.. Enumerable.Range(0, count).Select(k => byName[$"{Numbered}{k}"])], null);
        }

        int[] places = [.. Enumerable.Range(0, columns.Count).Where(i => i != _file && i != _row && !_table.Nameless.Contains(i))];
        return (places, OwnTables.HaveNames(_table) ? [.. places.Select(i => columns[i])] : null);
    }

    private int PlaceOf(string name) =>
        OwnTables.HaveNames(_table) ? Enumerable.Range(0, _table.Columns.Count).FirstOrDefault(i => _table.Columns[i] == name, -1) : -1;
}
