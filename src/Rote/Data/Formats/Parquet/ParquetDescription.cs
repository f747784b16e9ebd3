using System.Buffers.Binary;
using Parquet.Meta;

namespace Rote.Data.Formats.Parquet;

/// <summary>Checks a Parquet file's description of itself (its footer and the header of every page) before the Parquet library reads
/// it.</summary>
/// <remarks>Format: https://parquet.apache.org/docs/file-format/ and
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift.</remarks>
internal static class ParquetDescription
{
    private const int Frame = 12; // the magic at the start, and length and magic at the end
    private const int FirstLook = 1 << 12; // a page header has some dozens of bytes, more only with long texts as minimum and maximum

    // Fields of PageHeader and of the structs within it; Values is the field that counts values.
    private const int UncompressedSize = 2;
    private const int CompressedSize = 3;
    private const int DataPage = 5;
    private const int DataPage2 = 8;
    private const int Values = 1;
    private const int DefinitionBytes = 5;
    private const int RepetitionBytes = 6;
    private const int MostLengthBytes = 5;

    /// <summary>Throws unless the file ends with a footer that claims no more than there is.</summary>
    /// <returns>The float16 columns: the index of each among the columns that hold values, and the file offset of the byte that marks it as
    /// float16.</returns>
    /// <exception cref="InvalidDataException">It does not end with such a footer.</exception>
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

    /// <summary>Throws unless the pages of a column in a row group lie within the file and hold the column's values.</summary>
    /// <remarks>Checks against the file, not against the size that the column claims: some writers did not count the header of its
    /// dictionary (PARQUET-816).</remarks>
    /// <exception cref="InvalidDataException">A page lies outside the file, or the pages do not hold the column's values.</exception>
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

            // A page of version 2 may be uncompressed. Both of its sizes are then equal.
            var isPlain = header.ContainsKey((DataPage2, Values)) && size == raw;
            if (column.Codec == CompressionCodec.SNAPPY && !isPlain)
            {
                // The levels of a version 2 page are uncompressed and precede the compressed data.
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

    /// <summary>Throws if bytes packed with Snappy claim more than the page does, because the claimed memory is allocated before they are
    /// read.</summary>
    /// <remarks>They begin with their unpacked length, seven bits per byte (github.com/google/snappy, format_description.txt).</remarks>
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
                // The header may go on beyond the window.
            }
        }
    }
}
