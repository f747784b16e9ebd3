using System.Buffers.Binary;
using Parquet.Meta;

namespace Rote.Data.Formats.Parquet;

/// <summary>Looks through what a Parquet file says of itself, its footer and the header of every page, before the library that reads it is
/// given it.</summary>
/// <remarks>Format: https://parquet.apache.org/docs/file-format/ and
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift.</remarks>
internal static class ParquetDescription
{
    private const int Frame = 12; // the mark at the start, and length and mark at the end
    private const int FirstLook = 1 << 12; // a page's header is some dozens of bytes, more only where it keeps long texts as extremes

    // Fields of PageHeader, and that of the structs within it which counts values.
    private const int UncompressedSize = 2;
    private const int CompressedSize = 3;
    private const int DataPage = 5;
    private const int DataPage2 = 8;
    private const int Values = 1;
    private const int DefinitionBytes = 5;
    private const int RepetitionBytes = 6;
    private const int MostLengthBytes = 5;

    /// <summary>Requires that the file ends with a footer which claims no more than there is.</summary>
    /// <returns>Its columns of 16-bit floating point numbers: their number among the columns that hold values, and where in the file the
    /// byte stands that says so.</returns>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static IReadOnlyList<(int Leaf, long Offset)> RequireFooter(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Span<byte> end = stackalloc byte[8];
        if (stream.Length < Frame)
        {
            throw new InvalidDataException($"it has {stream.Length} bytes");
        }

        stream.Seek(-end.Length, SeekOrigin.End);
        stream.ReadExactly(end);
        var length = BinaryPrimitives.ReadInt32LittleEndian(end);
        if (!end[4..].SequenceEqual("PAR1"u8) || length < 0 || length > stream.Length - Frame)
        {
            throw new InvalidDataException("it does not end with a footer");
        }

        var footer = new byte[length];
        stream.Seek(-end.Length - length, SeekOrigin.End);
        stream.ReadExactly(footer);
        var (walked, halves) = ThriftStruct.WalkFooter(footer);
        return walked == length
            ? [.. halves.Select(h => (h.Leaf, stream.Length - 8 - length + h.Offset))]
            : throw new InvalidDataException("its footer ends before it should");
    }

    /// <summary>Requires that the pages of a column in a row group lie within the file and hold the column's values.</summary>
    /// <remarks>Within the file, not within the size that the column claims: some writers left the header of its dictionary out of it
    /// (PARQUET-816).</remarks>
    /// <exception cref="InvalidDataException">They do not.</exception>
    public static void RequirePages(string path, ColumnMetaData column)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var start = column.DictionaryPageOffset is > 0 and var dictionary
            ? Math.Min(dictionary, column.DataPageOffset)
            : column.DataPageOffset;
        var (values, end) = (0L, stream.Length);
        if (start < 0 || start > end)
        {
            throw new InvalidDataException("a column lies outside of the file");
        }

        while (values < column.NumValues)
        {
            var (length, header) = Header(stream, start, end);
            var size = header.GetValueOrDefault((CompressedSize, 0), -1);
            var raw = header.GetValueOrDefault((UncompressedSize, 0), -1);
            if (size < 0 || size > end - start - length || raw < 0 || raw > column.TotalUncompressedSize)
            {
                throw new InvalidDataException("a page claims a size that it has not");
            }

            // A page of the second version may be left unpacked, and has as many bytes then as it says that it has unpacked.
            var isPlain = header.ContainsKey((DataPage2, Values)) && size == raw;
            if (column.Codec == CompressionCodec.SNAPPY && !isPlain)
            {
                // The levels of a page of the second version are not packed, and lie before what is.
                var levels =
                    header.GetValueOrDefault((DataPage2, DefinitionBytes)) + header.GetValueOrDefault((DataPage2, RepetitionBytes));
                RequireSnappy(stream, start + length + levels, size - levels, raw);
            }

            var held = header.GetValueOrDefault((DataPage, Values)) + header.GetValueOrDefault((DataPage2, Values));
            values = held >= 0 ? values + held : throw new InvalidDataException($"a page claims {held} values");
            start += length + size;
        }

        if (values != column.NumValues)
        {
            throw new InvalidDataException($"a column's pages hold {values} values of {column.NumValues}");
        }
    }

    /// <summary>Requires that bytes packed with Snappy claim no more than the page does: as much memory is taken before they are
    /// read.</summary>
    /// <remarks>They begin with their length when unpacked, seven bits a byte (github.com/google/snappy, format_description.txt).</remarks>
    private static void RequireSnappy(FileStream stream, long start, long size, long most)
    {
        if (size < 0)
        {
            throw new InvalidDataException("a page claims a size that it has not");
        }

        stream.Seek(start, SeekOrigin.Begin);
        var claimed = 0L;
        for (var i = 0; i < Math.Min(size, MostLengthBytes); i++)
        {
            var part = stream.ReadByte();
            claimed |= (part & 0x7fL) << (7 * i);
            if (part < 0x80)
            {
                break;
            }
        }

        if (claimed > most)
        {
            throw new InvalidDataException($"a packed page claims {claimed:N0} bytes and its header {most:N0}");
        }
    }

    private static (int Length, IReadOnlyDictionary<(int Field, int Inner), long> Numbers) Header(FileStream stream, long start, long end)
    {
        for (var look = FirstLook; ; look = checked(look * 16))
        {
            var window = new byte[Math.Min(look, end - start)];
            stream.Seek(start, SeekOrigin.Begin);
            stream.ReadExactly(window);
            try
            {
                return ThriftStruct.Walk(window, ParquetShapes.PageHeader);
            }
            catch (InvalidDataException) when (window.Length < end - start)
            {
                // It may go on beyond the window.
            }
        }
    }
}
