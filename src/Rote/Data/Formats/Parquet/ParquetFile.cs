using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Rote.Data.Formats.Parquet;

/// <summary>Reads a Parquet file one row group and one column at a time. Exceptions that the library throws for a damaged file become
/// messages.</summary>
/// <remarks>Format: https://parquet.apache.org/docs/file-format/. Sizes that the file claims are checked against the available memory
/// before any is allocated.</remarks>
internal sealed class ParquetFile : IDisposable
{
    private readonly ParquetReader _reader;

    private ParquetFile(string path, ParquetReader reader, IReadOnlyList<(int Leaf, long Offset)> halves)
    {
        (Path, _reader) = (path, reader);
        var leaves = reader.Schema.GetDataFields();
        DataField[] half = [.. halves.Select(h => leaves[h.Leaf])];
        Columns = [.. reader.Schema.Fields.Select(field => ParquetColumn.Of(field, half))];
        if (Columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InputException(
                $"{path} has {twice.Count()} columns called \"{twice.Key}\", expected one; rename or remove the others."
            );
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its top-level columns.</summary>
    public IReadOnlyList<ParquetColumn> Columns { get; }

    /// <summary>The number of row groups.</summary>
    public int Groups => _reader.RowGroupCount;

    /// <summary>The number of rows that the file claims.</summary>
    public long Rows => Enumerable.Range(0, Groups).Sum(RowsOf);

    /// <summary>Returns a text of the file's metadata; null if there is none.</summary>
    /// <exception cref="InputException">Two texts have the same key.</exception>
    public string? Text(string key) => Guard(Path, () => _reader.CustomMetadata.GetValueOrDefault(key));

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">It is no Parquet file that can be read, or two columns have the same name.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static ParquetFile Open(string path) =>
        Guard(
            path,
            () =>
            {
                var halves = ParquetDescription.RequireFooter(path);
                var reader =
                    halves.Count == 0
                        ? ParquetReader.CreateAsync(path).GetAwaiter().GetResult()
                        : ParquetReader
                            .CreateAsync(new HalfStream(File.OpenRead(path), [.. halves.Select(h => h.Offset)]))
                            .GetAwaiter()
                            .GetResult();
                try
                {
                    return new ParquetFile(path, reader, halves);
                }
                catch
                {
                    Close(reader);
                    throw;
                }
            }
        );

    /// <summary>Returns the number of rows that the file claims for a group.</summary>
    public long RowsOf(int group)
    {
        using var reader = _reader.OpenRowGroupReader(group);
        return reader.RowCount;
    }

    /// <summary>Reads the numbers of a column.</summary>
    /// <param name="group">Row group.</param>
    /// <param name="column">A column of numbers or lists of numbers.</param>
    /// <returns>One array per row: its number or its list; null where there is none; NaN for a number missing in a list.</returns>
    /// <exception cref="InputException">The group is damaged.</exception>
    public double[]?[] Numbers(int group, ParquetColumn column) =>
        Guard(
            Path,
            () =>
            {
                using var reader = _reader.OpenRowGroupReader(group);
                var count = ValuesOf(reader, column.Field!);
                return column.Field!.ClrType switch
                {
                    _ when column.IsHalf => Lists<ReadOnlyMemory<byte>>(reader, column, count, Half),
                    var t when t == typeof(float) => Lists<float>(reader, column, count, v => v),
                    var t when t == typeof(double) => Lists<double>(reader, column, count, v => v),
                    var t when t == typeof(int) => Lists<int>(reader, column, count, v => v),
                    var t when t == typeof(long) => Lists<long>(reader, column, count, v => v),
                    var t when t == typeof(short) => Lists<short>(reader, column, count, v => v),
                    var t when t == typeof(sbyte) => Lists<sbyte>(reader, column, count, v => v),
                    var t when t == typeof(byte) => Lists<byte>(reader, column, count, v => v),
                    var t when t == typeof(ushort) => Lists<ushort>(reader, column, count, v => v),
                    var t when t == typeof(uint) => Lists<uint>(reader, column, count, v => v),
                    var t when t == typeof(ulong) => Lists<ulong>(reader, column, count, v => v),
                    var t when t == typeof(decimal) => Lists<decimal>(reader, column, count, v => (double)v),
                    _ => Lists<bool>(reader, column, count, v => v ? 1 : 0),
                };
            }
        );

    /// <summary>Reads the values of a column as texts.</summary>
    /// <param name="group">Row group.</param>
    /// <param name="column">A column of numbers, bool, text or dates.</param>
    /// <returns>One text per row; null where there is none.</returns>
    /// <exception cref="InputException">The group is damaged.</exception>
    public string?[] Texts(int group, ParquetColumn column) =>
        Guard(
            Path,
            () =>
            {
                using var reader = _reader.OpenRowGroupReader(group);
                var field = column.Field!;
                var count = ValuesOf(reader, field);
                if (column.Kind == ParquetKind.Text)
                {
                    var texts = new string?[reader.RowCount];
                    Wait(reader.ReadAsync(field, texts.AsMemory()!, null));
                    return texts;
                }

                return field.ClrType switch
                {
                    _ when column.IsHalf =>
                    [
                        .. Lists<ReadOnlyMemory<byte>>(reader, column, count, Half)
                            .Select(row => row is null ? null : FormattableString.Invariant($"{(Half)row[0]}")),
                    ],
                    var t when t == typeof(long) => Words<long>(reader, column, count),
                    var t when t == typeof(int) => Words<int>(reader, column, count),
                    var t when t == typeof(short) => Words<short>(reader, column, count),
                    var t when t == typeof(sbyte) => Words<sbyte>(reader, column, count),
                    var t when t == typeof(byte) => Words<byte>(reader, column, count),
                    var t when t == typeof(ushort) => Words<ushort>(reader, column, count),
                    var t when t == typeof(uint) => Words<uint>(reader, column, count),
                    var t when t == typeof(ulong) => Words<ulong>(reader, column, count),
                    var t when t == typeof(float) => Words<float>(reader, column, count),
                    var t when t == typeof(double) => Words<double>(reader, column, count),
                    var t when t == typeof(decimal) => Words<decimal>(reader, column, count),
                    var t when t == typeof(DateTime) => Words<DateTime>(reader, column, count, "yyyy-MM-ddTHH:mm:ss"),
                    var t when t == typeof(DateOnly) => Words<DateOnly>(reader, column, count, "yyyy-MM-dd"),
                    _ =>
                    [
                        .. Lists<bool>(reader, column, count, v => v ? 1 : 0)
                            .Select(row =>
                                row is null ? null
                                : row[0] == 1 ? "True"
                                : "False"
                            ),
                    ],
                };
            }
        );

    private static double Half(ReadOnlyMemory<byte> bytes) =>
        bytes.Length == 2
            ? (double)System.Buffers.Binary.BinaryPrimitives.ReadHalfLittleEndian(bytes.Span)
            : throw new InvalidDataException($"a 16-bit number has {bytes.Length} bytes");

    /// <summary>Reads the byte strings of a column, such as encoded pictures.</summary>
    /// <returns>One per row; empty where there is none.</returns>
    /// <exception cref="InputException">The group is damaged.</exception>
    public byte[][] Bytes(int group, ParquetColumn column) =>
        Guard<byte[][]>(
            Path,
            () =>
            {
                using var reader = _reader.OpenRowGroupReader(group);
                var field = column.Field!;
                var definitions = Raw<ReadOnlyMemory<byte>>(reader, field, ValuesOf(reader, field)).Definitions;
                if (!definitions.Contains(field.MaxDefinitionLevel))
                {
                    // all are missing: the library would return values that do not exist
                    return Array.ConvertAll(definitions, _ => Array.Empty<byte>());
                }

                var found = new byte[definitions.Length][];
                Wait(reader.ReadAsync(field, found.AsMemory()!, null));

                // The library leaves missing values in place in a top-level column. Inside a struct it puts those that are there first, and
                // behind them whatever its pool held (both checked by ParquetTests).
                var isInPlace = field.Path.Length == 1;
                var bytes = new byte[definitions.Length][];
                for (var (row, place) = (0, 0); row < bytes.Length; row++)
                {
                    bytes[row] = definitions[row] == field.MaxDefinitionLevel ? found[isInPlace ? row : place++] ?? [] : [];
                }

                return bytes;
            }
        );

    /// <summary>Reads the paths of pictures that are stored in separate files.</summary>
    /// <returns>One per row; null where there is none.</returns>
    /// <exception cref="InputException">The group is damaged.</exception>
    public string?[] Paths(int group, ParquetColumn column) =>
        Guard(
            Path,
            () =>
            {
                using var reader = _reader.OpenRowGroupReader(group);
                var field = column.PathField!;
                var definitions = Raw<ReadOnlyMemory<char>>(reader, field, ValuesOf(reader, field)).Definitions;
                var found = new string?[definitions.Length];
                Wait(reader.ReadAsync(field, found.AsMemory()!, null));
                var place = 0;
                // inside a struct those that are there come first, as in Bytes
                return Array.ConvertAll(definitions, level => level == field.MaxDefinitionLevel ? found[place++] : null);
            }
        );

    /// <inheritdoc/>
    public void Dispose() => Close(_reader);

    private static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();

    private static void Close(ParquetReader reader) => reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Returns the number of values of a column in a group; throws if they do not fit into memory.</summary>
    private int ValuesOf(ParquetRowGroupReader reader, DataField field)
    {
        var claimed = reader.GetMetadata(field)?.MetaData ?? throw new InvalidDataException($"the column {field.Name} has no data");
        var (values, bytes) = (claimed.NumValues, claimed.TotalUncompressedSize);
        if (
            reader.RowCount < 0
            || values < 0
            || bytes < 0
            || values > Array.MaxLength
            || bytes > Array.MaxLength
            || (field.MaxRepetitionLevel == 0 && values != reader.RowCount)
        )
        {
            throw new InvalidDataException($"the column {field.Name} claims {values} values of {bytes} bytes for {reader.RowCount} rows");
        }

        ParquetDescription.RequirePages(Path, claimed);

        // The values, two 32-bit levels per value, and an array per row.
        MemoryGuard.Require(
            Path,
            $"a row of the column {field.Name}",
            64,
            Math.Max(reader.RowCount, values) + (bytes / 32),
            "write smaller row groups"
        );
        return (int)values;
    }

    private static double[]?[] Lists<T>(ParquetRowGroupReader reader, ParquetColumn column, int count, Func<T, double> convert)
        where T : struct
    {
        var raw = Raw<T>(reader, column.Field!, count);
        var rows = new double[]?[reader.RowCount];
        var (row, start) = (-1, 0);
        for (var i = 0; i <= count; i++)
        {
            if (i < count && raw.Repetitions[i] > 0)
            {
                continue;
            }

            if (i > 0)
            {
                rows[row] = Row(raw, start, i, column, convert);
            }

            (row, start) = (row + 1, i);
        }

        return row == rows.Length ? rows : throw new InvalidDataException($"the column {column.Name} has {row} rows of {rows.Length}");
    }

    private static double[]? Row<T>(
        (T[] Values, int[] Places, int[] Definitions, int[] Repetitions) raw,
        int start,
        int end,
        ParquetColumn column,
        Func<T, double> convert
    )
    {
        var most = column.Field!.MaxDefinitionLevel;
        if (end - start == 1 && raw.Definitions[start] < most)
        {
            return null; // a missing number, a missing or empty list, or a list of one missing number
        }

        var row = new double[end - start];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = raw.Definitions[start + i] == most ? convert(raw.Values[raw.Places[start + i]]) : double.NaN;
        }

        return row;
    }

    private static string?[] Words<T>(ParquetRowGroupReader reader, ParquetColumn column, int count, string? format = null)
        where T : struct, IFormattable
    {
        var raw = Raw<T>(reader, column.Field!, count);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    raw.Definitions[i] == column.Field!.MaxDefinitionLevel
                        ? raw.Values[raw.Places[i]].ToString(format, CultureInfo.InvariantCulture)
                        : null
                ),
        ];
    }

    /// <summary>Reads values without gaps, the index of each, and the levels that tell which are missing and where rows begin (Dremel,
    /// Melnik et al. 2010).</summary>
    private static (T[] Values, int[] Places, int[] Definitions, int[] Repetitions) Raw<T>(
        ParquetRowGroupReader reader,
        DataField field,
        int count
    )
        where T : struct
    {
        var (values, definitions, repetitions) = (new T[count], new int[count], new int[count]);
        Wait(reader.ReadRawAsync<T>(field, values.AsMemory(), definitions.AsMemory(), repetitions.AsMemory()));
        var places = new int[count];
        for (var (i, place) = (0, 0); i < count; i++)
        {
            places[i] = place;
            place += definitions[i] == field.MaxDefinitionLevel ? 1 : 0;
        }

        return (values, places, definitions, repetitions);
    }

    private static T Guard<T>(string path, Func<T> read)
    {
        SignalStack.Ensure(); // the library follows nulls in damaged files
        try
        {
            return read();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')}); check its permissions.", e);
        }
        catch (OutOfMemoryException e)
        {
            throw new MachineException($"{path} does not fit into memory, or claims sizes that it has not; write smaller row groups.", e);
        }
        catch (Exception e) when (e is not (RoteException or OperationCanceledException))
        {
            // The library passes on whatever its decoders throw, so the types cannot be listed.
            throw new InputException(
                $"{path} is damaged, or no Parquet file that can be read ({e.Message.Split('\n')[0].TrimEnd('.')}).",
                e
            );
        }
    }
}
