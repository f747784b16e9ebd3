using Rote.Data.Formats.Tables;

namespace Rote.Data.Formats.Parquet;

/// <summary>Reads the feature columns of a Parquet file record by record, with one row group in memory at a time.</summary>
internal sealed class ParquetRecords : TableRecords
{
    private readonly ParquetFile _file;
    private readonly ParquetColumn[] _columns;
    private readonly string?[]?[] _texts;
    private readonly double[]?[]?[] _numbers;
    private int _group = -1;
    private long _rowInGroup = -1;
    private long _rows;
    private long _row = -1;

    private ParquetRecords(ParquetFile file, ParquetColumns columns)
    {
        (Path, _file, _columns) = (file.Path, file, [.. columns.In(file).Features]);
        Columns = [.. _columns.Select(c => c.Name)];
        (_texts, _numbers) = (new string?[_columns.Length][], new double[]?[_columns.Length][]);
    }

    public override string Path { get; }

    public override IReadOnlyList<string> Columns { get; }

    public override long Row => _row;

    public override string this[int column] => (_texts[column] ??= _file.Texts(_group, _columns[column]))[_rowInGroup]?.Trim() ?? "";

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns to read.</param>
    /// <exception cref="InputException">It is damaged, or lacks a column.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static ParquetRecords Open(string path, ParquetColumns columns)
    {
        var file = ParquetFile.Open(path);
        try
        {
            return new ParquetRecords(file, columns);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override bool Next()
    {
        while (++_rowInGroup >= _rows)
        {
            if (++_group >= _file.Groups)
            {
                return false;
            }

            Array.Clear(_texts);
            Array.Clear(_numbers);
            (_rows, _rowInGroup) = (_file.RowsOf(_group), -1);
        }

        _row++;
        return true;
    }

    public override bool TryNumber(int column, out double value)
    {
        if (_columns[column].Kind != ParquetKind.Number)
        {
            return base.TryNumber(column, out value);
        }

        _numbers[column] ??= _file.Numbers(_group, _columns[column]);
        value = _numbers[column]![_rowInGroup]?[0] ?? double.NaN;
        return !double.IsNaN(value);
    }

    protected override void Dispose(bool disposing) => _file.Dispose();
}
