using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Rote.Data.Formats.Tables;

namespace Rote.Data.Formats.Arrow;

/// <summary>Reads a file of Apache Arrow record batches one batch at a time, in the file format (Feather, version 2) or the stream format
/// (Hugging Face's cache).</summary>
/// <remarks>Format: https://arrow.apache.org/docs/format/Columnar.html. Exceptions that the library throws for a damaged file become a
/// message.</remarks>
internal sealed class ArrowRecords : TableRecords
{
    private readonly FileStream _stream;
    private readonly ArrowStreamReader _reader;
    private readonly List<string> _columns = [];
    private readonly List<(int Column, int Item)> _sources = []; // item below 0: the column has no lists
    private (string Name, int First, int Count)? _list;
    private RecordBatch? _batch;
    private ArrowColumn[] _values = [];
    private int _rowInBatch = -1;
    private long _row = -1;

    private ArrowRecords(string path)
    {
        Path = path;
        _stream = Open(path);
        try
        {
            _reader = Guard(() =>
            {
                Span<byte> start = stackalloc byte[6];
                var count = _stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
                _stream.Seek(0, SeekOrigin.Begin);
                if (count >= 4 && start[..4].SequenceEqual("FEA1"u8))
                {
                    throw new InputException(
                        $"{path} is Feather's version 1, which is not read; "
                            + $"pandas.read_feather({ForeignFormats.Quoted(path)}).to_parquet({ForeignFormats.Quoted(path, ".parquet")}) "
                            + $"converts it."
                    );
                }

                var isFile = start.SequenceEqual("ARROW1"u8);
                ArrowFrames.Require(_stream, isFile);
                _stream.Position = 0;
                var allocator = BoundedAllocator.Of(_stream.Length);
                return isFile
                    ? new ArrowFileReader(_stream, allocator, new CompressionCodecFactory(), leaveOpen: false)
                    : new ArrowStreamReader(_stream, allocator, new CompressionCodecFactory(), leaveOpen: false);
            });
            if (!Batch())
            {
                throw new InputException($"{path} has no rows, expected a row an example.");
            }

            FindColumns();
            RequireColumns();
        }
        catch
        {
            _reader?.Dispose();
            _stream.Dispose();
            throw;
        }
    }

    public override string Path { get; }

    public override IReadOnlyList<string> Columns => _columns;

    public override (string Name, int First, int Count)? List => _list;

    public override long Row => _row;

    public override string this[int column] =>
        Guard(() =>
            TryNumberOf(column, out var number) ? number.ToString("R", CultureInfo.InvariantCulture)
            : _sources[column].Item < 0 ? _values[_sources[column].Column].Text(_rowInBatch).Trim()
            : ""
        );

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">It is no Arrow file that can be read, or has no rows.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static ArrowRecords Read(string path) => new(path);

    public override bool Next()
    {
        if (++_rowInBatch >= _batch!.Length && !Batch())
        {
            return false;
        }

        _rowInBatch = Math.Max(0, _rowInBatch);
        _row++;
        if (
            _list is { } list
            && Guard(() => _values[_sources[list.First].Column].Length(_rowInBatch)) is var length
            && length != list.Count
        )
        {
            throw new InputException(
                $"{Path}: the list in row {_row} of {list.Name} has {length} numbers and the first has {list.Count}, expected as many "
                    + $"in each."
            );
        }

        return true;
    }

    public override bool TryNumber(int column, out double value)
    {
        var number = 0.0;
        var isOne = Guard(() => TryNumberOf(column, out number));
        value = number;
        return isOne;
    }

    protected override void Dispose(bool disposing)
    {
        _batch?.Dispose();
        _reader.Dispose();
        _stream.Dispose();
    }

    private bool TryNumberOf(int column, out double value) =>
        _values[_sources[column].Column].TryNumber(_rowInBatch, Math.Max(0, _sources[column].Item), out value);

    private bool Batch() =>
        Guard(() =>
        {
            do
            {
                _batch?.Dispose();
                _batch = _reader.ReadNextRecordBatch();
            } while (_batch is { Length: 0 });
            if (_batch is null)
            {
                return false;
            }

            for (var c = 0; c < _batch.ColumnCount; c++)
            {
                ArrowCheck.Require(_batch.Column(c).Data, _batch.Length);
            }

            if (_values.Length > 0 && _values.Length != _batch.ColumnCount)
            {
                throw new InvalidDataException($"a batch has {_batch.ColumnCount} columns and the first {_values.Length}");
            }

            _values = [.. Enumerable.Range(0, _batch.ColumnCount).Select(i => new ArrowColumn(_batch.Column(i)))];
            _rowInBatch = _row < 0 ? -1 : 0;
            return true;
        });

    private void FindColumns()
    {
        for (var c = 0; c < _values.Length; c++)
        {
            var name = _batch!.Schema.GetFieldByIndex(c).Name;
            if (!_values[c].IsList)
            {
                _columns.Add(
                    _values[c].IsKnown
                        ? name
                        : throw new InputException(
                            $"{Path}: the column {name} holds {_values[c].Words}, expected numbers, text or lists of numbers; convert "
                                + $"it, or save the table without it."
                        )
                );
                _sources.Add((c, -1));
                continue;
            }

            var count = Guard(() => _values[c].Length(0));
            _list = _list is { } other
                ? throw new InputException($"{Path} has 2 columns of lists of numbers, {other.Name}, {name}; leave one.")
                : (name, _columns.Count, count);
            if (count is < 1 or > Numpy.ArrayVectors.MostFeatures)
            {
                throw new InputException(
                    $"{Path}: the list in row 0 of {name} has {count} numbers, expected 1 to {Numpy.ArrayVectors.MostFeatures}."
                );
            }

            _columns.AddRange(Enumerable.Range(0, count).Select(i => $"{name}[{i}]"));
            _sources.AddRange(Enumerable.Range(0, count).Select(i => (c, i)));
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (RoteException or OperationCanceledException))
        {
            // The library passes on whatever its decoders throw, so the types cannot be listed.
            throw new InputException($"{Path} is damaged, or no Arrow file that can be read ({e.Message.Split('\n')[0].TrimEnd('.')}).", e);
        }
    }
}
