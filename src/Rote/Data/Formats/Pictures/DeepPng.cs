using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Rote.Data.Formats.Pictures;

/// <summary>Decodes PNG files with 16 bits per value in full. The decoder of all other pictures keeps only the upper 8 bits, which hold
/// next to nothing of a camera's 10 or 12 bits.</summary>
/// <remarks>PNG specification, third edition (W3C 2025): filters in section 9, interlacing in 8.1, transparency in 11.3.1.1.</remarks>
internal sealed class DeepPng
{
    // The starts and steps of the passes of an interlaced picture: Adam7.
    private static readonly (int Row, int Column, int Down, int Across)[] Passes =
    [
        (0, 0, 8, 8),
        (0, 4, 8, 8),
        (4, 0, 8, 4),
        (0, 2, 4, 4),
        (2, 0, 4, 2),
        (0, 1, 2, 2),
        (1, 0, 2, 1),
    ];

    private readonly int _rows;
    private readonly int _columns;
    private readonly int _channels; // grey, grey and alpha, colour, colour and alpha
    private readonly bool _isInterlaced;
    private readonly ushort[]? _transparent;
    private readonly ushort[] _pixels;

    private DeepPng(byte[] header, byte[]? transparency)
    {
        (_columns, _rows) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        _channels = header[9] switch
        {
            0 => 1,
            4 => 2,
            2 => 3,
            6 => 4,
            _ => throw new InvalidDataException($"a colour type of {header[9]}"),
        };
        _isInterlaced = header[12] == 1;
        _transparent =
            transparency is null || _channels is 2 or 4 || transparency.Length < 2 * _channels
                ? null
                : [.. Enumerable.Range(0, _channels).Select(c => BinaryPrimitives.ReadUInt16BigEndian(transparency.AsSpan(2 * c)))];
        _pixels = new ushort[(long)_rows * _columns * 4];
    }

    /// <summary>Decodes a file whose size was checked.</summary>
    /// <param name="stream">The file, at its beginning; its header says 16 bits.</param>
    /// <returns>[rows, columns, 4] red, green, blue, alpha, 0 to 65,535, not premultiplied.</returns>
    /// <exception cref="EndOfStreamException">The file is truncated.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static ushort[] Decode(Stream stream)
    {
        stream.Seek(8, SeekOrigin.Begin);
        byte[]? header = null;
        byte[]? transparency = null;
        using var data = new MemoryStream();
        for (var type = 0u; type != PngFacts.Chunk("IEND"); )
        {
            (type, var content) = Chunk(stream);
            header = type == PngFacts.Chunk("IHDR") && content.Length == 13 ? content : header;
            transparency = type == PngFacts.Chunk("tRNS") ? content : transparency;
            if (type == PngFacts.Chunk("IDAT"))
            {
                data.Write(content);
            }
        }

        data.Position = 0;
        using var values = new ZLibStream(data, CompressionMode.Decompress);
        var work = new DeepPng(header ?? throw new InvalidDataException("no header"), transparency);
        foreach (var (row, column, down, across) in work._isInterlaced ? Passes : [(0, 0, 1, 1)])
        {
            work.Pass(values, row, column, down, across);
        }

        return work._pixels;
    }

    private static (uint Type, byte[] Content) Chunk(Stream stream)
    {
        Span<byte> head = stackalloc byte[8];
        stream.ReadExactly(head);
        var length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (length > stream.Length - stream.Position)
        {
            throw new EndOfStreamException();
        }

        var content = new byte[length];
        stream.ReadExactly(content);
        Span<byte> sum = stackalloc byte[4];
        stream.ReadExactly(sum);
        var crc = new Crc32();
        crc.Append(head[4..]);
        crc.Append(content);
        return crc.GetCurrentHashAsUInt32() == BinaryPrimitives.ReadUInt32BigEndian(sum)
            ? (BinaryPrimitives.ReadUInt32BigEndian(head[4..]), content)
            : throw new InvalidDataException("a checksum differs");
    }

    private void Pass(Stream values, int firstRow, int firstColumn, int down, int across)
    {
        var (rows, columns) = ((_rows - firstRow + down - 1) / down, (_columns - firstColumn + across - 1) / across);
        if (rows <= 0 || columns <= 0)
        {
            return;
        }

        var bytes = 2 * _channels;
        var (line, above) = (new byte[1 + (columns * bytes)], new byte[1 + (columns * bytes)]);
        for (var r = 0; r < rows; r++)
        {
            values.ReadExactly(line);
            Unfilter(line, above, bytes);
            for (var c = 0; c < columns; c++)
            {
                Put(
                    line.AsSpan(1 + (c * bytes), bytes),
                    _pixels.AsSpan(4 * (((firstRow + (r * down)) * _columns) + firstColumn + (c * across)), 4)
                );
            }

            (line, above) = (above, line);
        }
    }

    private static void Unfilter(byte[] line, byte[] above, int bytes)
    {
        for (var i = 1; i < line.Length; i++)
        {
            var (left, up, corner) = (i > bytes ? line[i - bytes] : 0, above[i], i > bytes ? above[i - bytes] : 0);
            line[i] += line[0] switch
            {
                0 => 0,
                1 => (byte)left,
                2 => up,
                3 => (byte)((left + up) / 2),
                4 => (byte)Paeth(left, up, corner),
                var other => throw new InvalidDataException($"a filter {other}"),
            };
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (toLeft, toUp, toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - corner - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left
            : toUp <= toCorner ? up
            : corner;
    }

    private void Put(ReadOnlySpan<byte> stored, Span<ushort> pixel)
    {
        var isColour = _channels >= 3;
        for (var c = 0; c < 3; c++)
        {
            pixel[c] = BinaryPrimitives.ReadUInt16BigEndian(stored[(isColour ? 2 * c : 0)..]);
        }

        pixel[3] =
            _channels is 2 or 4 ? BinaryPrimitives.ReadUInt16BigEndian(stored[^2..])
            : _transparent is { } hidden && (isColour ? pixel[..3].SequenceEqual(hidden) : pixel[0] == hidden[0]) ? (ushort)0
            : ushort.MaxValue;
    }
}
