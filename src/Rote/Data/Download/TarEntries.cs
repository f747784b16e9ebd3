using System.Buffers.Binary;
using System.Text;

namespace Rote.Data.Download;

/// <summary>The description of one entry of a tar archive.</summary>
/// <param name="Name">As written, long names included; never used as a path.</param>
/// <param name="Length">Bytes of content, 0 and more.</param>
/// <param name="IsFile">Whether it is a regular file; links, folders and devices are not.</param>
/// <param name="IsSparse">Whether its content is stored without its holes.</param>
internal readonly record struct TarItem(string Name, long Length, bool IsFile, bool IsSparse);

/// <summary>Reads the entries of a tar archive one after another, from an untrusted stream.</summary>
/// <remarks>
/// POSIX.1-2024, pax, "ustar Interchange Format" and "pax Extended Header"; GNU tar's manual, "Basic Tar Format", for long names, large
/// numbers and sparse files.
/// Not System.Formats.Tar: it takes as much memory as an extended header claims, 1 GB for an archive of a few hundred bytes. It throws
/// OverflowException and ArgumentException on numbers that do not fit.
/// </remarks>
/// <param name="stream">Inflated bytes, from the first header on; the caller keeps ownership.</param>
internal sealed class TarEntries(Stream stream)
{
    private const int Block = 512;

    /// <summary>A path has at most 4,096 bytes on Linux.</summary>
    private const int LongestExtension = 1 << 16;

    private readonly byte[] _header = new byte[Block];
    private long _left; // bytes of the current entry's content, with the padding of its last block

    /// <summary>Goes to the next entry.</summary>
    /// <returns>Null at the end.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged, or holds what no archive needs.</exception>
    /// <exception cref="EndOfStreamException">The archive is cut.</exception>
    public TarItem? Next()
    {
        var extension = new Extension();
        while (true)
        {
            Skip(_left);
            _left = 0;
            if (!ReadHeader())
            {
                return null;
            }

            var (type, size) = ((char)_header[156], Number(124, 12));
            switch (type)
            {
                case 'x':
                    extension.AddRecords(Text(size));
                    break;
                case 'g':
                    _left = Padded(size); // applies to all entries, which still have names of their own
                    break;
                case 'L':
                    extension.Name = Trimmed(Text(size));
                    break;
                case 'K':
                    _left = Padded(size);
                    break;
                default:
                    return Item(type, extension.Size ?? size, extension);
            }
        }
    }

    /// <summary>Reads content of the current entry.</summary>
    /// <param name="into">The bytes to fill.</param>
    /// <exception cref="EndOfStreamException">The archive is cut.</exception>
    public void ReadContent(Span<byte> into)
    {
        stream.ReadExactly(into);
        _left -= into.Length;
    }

    private TarItem Item(char type, long size, Extension extension)
    {
        // Links, devices and folders have no content, whatever their size says.
        _left = type is >= '1' and <= '6' ? 0 : Padded(size);
        if (type == 'S')
        {
            for (var isMore = _header[482] != 0; isMore; isMore = _header[504] != 0)
            {
                stream.ReadExactly(_header); // more positions of holes
            }
        }

        return new TarItem(extension.Name ?? HeaderName(), size, type is '0' or '\0' or '7' or 'S', type == 'S' || extension.IsSparse);
    }

    /// <summary>Reads a header and checks its checksum; false at the end, which is a block of zeros or the end of the stream.</summary>
    private bool ReadHeader()
    {
        var count = stream.ReadAtLeast(_header, Block, throwOnEndOfStream: false);
        if (count == 0 || (count == Block && _header.AsSpan().IndexOfAnyExcept((byte)0) < 0))
        {
            return false;
        }

        if (count < Block)
        {
            throw new EndOfStreamException("The archive ends within a header.");
        }

        var sum = 8L * ' ';
        for (var i = 0; i < Block; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : _header[i];
        }

        return sum == Number(148, 8) ? true : throw new InvalidDataException("A header's checksum is wrong.");
    }

    private string HeaderName()
    {
        var name = Field(0, 100);
        var isPosix = _header.AsSpan(257, 6).SequenceEqual("ustar\0"u8);
        return isPosix && Field(345, 155) is { Length: > 0 } folder ? $"{folder}/{name}" : name;
    }

    private string Field(int start, int length) => Trimmed(Encoding.UTF8.GetString(_header.AsSpan(start, length)));

    private static string Trimmed(string text) => text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var end ? text[..end] : text;

    /// <summary>Octal digits, or GNU's binary number if the first bit is set.</summary>
    private long Number(int start, int length)
    {
        var field = _header.AsSpan(start, length);
        if ((field[0] & 0x80) != 0)
        {
            var high = length > 8 ? field[1..^8].IndexOfAnyExcept((byte)0) : -1;
            var value = length >= 9 ? BinaryPrimitives.ReadInt64BigEndian(field[^8..]) : -1;
            return field[0] == 0x80 && high < 0 && value >= 0
                ? value
                : throw new InvalidDataException("A number is negative or too large.");
        }

        var number = 0L;
        foreach (var digit in Encoding.ASCII.GetString(field).Trim(' ', '\0'))
        {
            number = digit is >= '0' and <= '7' ? (number * 8) + digit - '0' : throw new InvalidDataException("A number is not octal.");
        }

        return number; // at most 12 digits of 3 bits
    }

    private static long Padded(long size) =>
        size >= 0 && size <= long.MaxValue - Block
            ? (size + Block - 1) / Block * Block
            : throw new InvalidDataException("An entry is too large.");

    private string Text(long size)
    {
        var content = new byte[size <= LongestExtension ? size : throw new InvalidDataException("An extended header is too large.")];
        stream.ReadExactly(content);
        Skip(Padded(size) - size);
        return Encoding.UTF8.GetString(content);
    }

    private void Skip(long count)
    {
        if (stream.CanSeek)
        {
            _ = count <= stream.Length - stream.Position ? stream.Seek(count, SeekOrigin.Current) : throw new EndOfStreamException();
            return;
        }

        Span<byte> waste = stackalloc byte[4096];
        for (; count > 0; count -= Math.Min(count, waste.Length))
        {
            stream.ReadExactly(waste[..(int)Math.Min(count, waste.Length)]);
        }
    }

    /// <summary>What extended headers state about the next entry.</summary>
    private sealed class Extension
    {
        public string? Name { get; set; }

        public long? Size { get; private set; }

        public bool IsSparse { get; private set; }

        /// <summary>Adds the records "LENGTH KEYWORD=VALUE\n" of a pax header.</summary>
        public void AddRecords(string text)
        {
            foreach (var record in text.TrimEnd('\0').Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (record.Split(' ', 2) is not [_, var pair] || pair.Split('=', 2) is not [var keyword, var value])
                {
                    throw new InvalidDataException("An extended header is not one.");
                }

                Name = keyword == "path" ? value : Name;
                Size =
                    keyword != "size" ? Size
                    : long.TryParse(value, out var size) && size >= 0 ? size
                    : throw new InvalidDataException("A size is not one.");
                IsSparse |= keyword.StartsWith("GNU.sparse.", StringComparison.Ordinal);
            }
        }
    }
}
