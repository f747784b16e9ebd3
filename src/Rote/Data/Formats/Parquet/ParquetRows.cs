using System.Globalization;
using Rote.Data.Formats.Numpy;
using Rote.Data.Formats.Tables;

namespace Rote.Data.Formats.Parquet;

/// <summary>Reads a Parquet file record by record, one row group at a time; reads only the columns that are asked for.</summary>
internal sealed class ParquetRows : TableRecords
{
    private readonly ParquetFile _file;
    private readonly ParquetColumn[] _sources; // for each column, the stored column that holds it
    private readonly int[] _items; // for each column, its index in a list; 0 for a plain column
    private readonly (string Name, int First, int Count)? _list;
    private readonly Dictionary<ParquetColumn, double[]> _numbers = []; // of the current group
    private readonly Dictionary<ParquetColumn, string?[]> _texts = [];
    private int _group = -1;
    private long _firstOfNext; // the first row of the next group
    private long _first; // the first row of this group
    private long _row = -1;

    private ParquetRows(ParquetFile file)
    {
        _file = file;
        ParquetColumn[] lists = [.. file.Columns.Where(c => c.Kind == ParquetKind.Numbers)];
        if (lists.Length > 1)
        {
            throw new InputException(
                $"{file.Path} has {lists.Length} columns of lists of numbers, "
                    + $"{TableColumns.Names([.. lists.Select(c => c.Name)])}; leave one."
            );
        }

        var (columns, sources, items) = (new List<string>(), new List<ParquetColumn>(), new List<int>());
        foreach (var column in file.Columns.Where(c => c.Kind is ParquetKind.Number or ParquetKind.Text or ParquetKind.Numbers))
        {
            var length = column.Kind == ParquetKind.Numbers ? LengthOf(column) : 1;
            _list = column.Kind == ParquetKind.Numbers ? (column.Name, columns.Count, length) : _list;
            for (var i = 0; i < length; i++)
            {
                columns.Add(column.Kind == ParquetKind.Numbers ? $"{column.Name}[{i}]" : column.Name);
                sources.Add(column);
                items.Add(i);
            }
        }

        (Columns, _sources, _items) = (columns, [.. sources], [.. items]);
        if (Columns.Count == 0)
        {
            throw new InputException($"{Path} has no column of numbers or text, expected a table with a row an example.");
        }

        RequireColumns();
    }

    public override string Path => _file.Path;

    public override IReadOnlyList<string> Columns { get; }

    public override (string Name, int First, int Count)? List => _list;

    public override long Row => _row;

    public override string this[int column] =>
        _sources[column].Kind == ParquetKind.Numbers
            ? Number(column).ToString("R", CultureInfo.InvariantCulture)
            : (
                _texts.TryGetValue(_sources[column], out var known)
                    ? known
                    : _texts[_sources[column]] = _file.Texts(_group, _sources[column])
            )[_row - _first]
                ?.Trim()
                ?? "";

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">It is no Parquet file, or has no column that is read.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static ParquetRows Read(string path)
    {
        var file = ParquetFile.Open(path);
        try
        {
            return new ParquetRows(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override bool Next()
    {
        _row++;
        while (_row == _firstOfNext)
        {
            if (++_group >= _file.Groups)
            {
                return false;
            }

            _numbers.Clear();
            _texts.Clear();
            (_first, _firstOfNext) = (_firstOfNext, _firstOfNext + _file.RowsOf(_group));
        }

        return true;
    }

    public override bool TryNumber(int column, out double value)
    {
        if (_sources[column].Kind == ParquetKind.Text)
        {
            return base.TryNumber(column, out value);
        }

        value = Number(column);
        return true; // NaN for a missing value
    }

    protected override void Dispose(bool disposing) => _file.Dispose();

    private double Number(int column)
    {
        var source = _sources[column];
        var length = source.Kind == ParquetKind.Numbers ? _list!.Value.Count : 1;
        if (!_numbers.TryGetValue(source, out var flat))
        {
            _numbers[source] = flat = Flat(source, length);
        }

        return flat[((_row - _first) * length) + _items[column]];
    }

    /// <summary>Reads the numbers of a column in this group into one array, because an array per row takes many times the memory.</summary>
    private double[] Flat(ParquetColumn column, int length)
    {
        var rows = _file.Numbers(_group, column);
        var flat = new double[(long)rows.Length * length];
        for (var r = 0; r < rows.Length; r++)
        {
            if (rows[r] is { } row && row.Length != length)
            {
                throw new InputException(
                    $"{Path}: the list {column.Name} in row {_first + r} has {row.Length} numbers and the first has {length}, expected as "
                        + $"many in each."
                );
            }

            rows[r]?.CopyTo(flat, r * length);
            if (rows[r] is null)
            {
                flat.AsSpan(r * length, length).Fill(double.NaN);
            }
        }

        return flat;
    }

    private int LengthOf(ParquetColumn column)
    {
        for (var group = 0; group < _file.Groups; group++)
        {
            if (_file.Numbers(group, column).FirstOrDefault(row => row is not null) is { } row)
            {
                return row.Length is >= 1 and <= ArrayVectors.MostFeatures
                    ? row.Length
                    : throw new InputException(
                        $"{Path}: a list in {column.Name} has {row.Length} numbers, expected 1 to {ArrayVectors.MostFeatures}."
                    );
            }
        }

        throw new InputException($"{Path}: the column {column.Name} has no list in any row.");
    }
}
