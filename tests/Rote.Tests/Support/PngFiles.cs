using System.Buffers.Binary;
using System.IO.Compression;

namespace Rote.Tests.Support;

/// <summary>Makes PNG files chunk by chunk, for what no encoder here writes: 16 bits a value, all filters, interlacing, palettes,
/// orientation, animation.</summary>
internal static class PngFiles
{
    public const byte Grey = 0;
    public const byte Colour = 2;
    public const byte Palette = 3;
    public const byte GreyAlpha = 4;
    public const byte ColourAlpha = 6;

    /// <summary>A picture.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="depth">Bits a value, 8 or 16.</param>
    /// <param name="type">The colour type.</param>
    /// <param name="value">A value by row, column and channel.</param>
    /// <param name="before">Chunks between the header and the data.</param>
    /// <param name="isInterlaced">Whether it is stored in the seven passes of Adam7.</param>
    public static byte[] Make(
        int width,
        int height,
        int depth,
        byte type,
        Func<int, int, int, int> value,
        IEnumerable<(string, byte[])>? before = null,
        bool isInterlaced = false
    )
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, type, (byte)(isInterlaced ? 1 : 0));
        (int, int, int, int)[] passes = isInterlaced
            ? [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
            : [(0, 0, 1, 1)];
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var (row, column, down, across) in passes)
            {
                zip.Write(Pass(width, height, depth, Channels(type), value, (row, column, down, across)));
            }
        }

        return
        [
            0x89,
            .. "PNG\r\n"u8,
            0x1A,
            0x0A,
            .. Chunk("IHDR", header),
            .. (before ?? []).SelectMany(c => Chunk(c.Item1, c.Item2)),
            .. Chunk("IDAT", packed.ToArray()),
            .. Chunk("IEND", []),
        ];
    }

    /// <summary>The chunk eXIf with an orientation, and another tag before it.</summary>
    /// <param name="orientation">1 to 8.</param>
    /// <param name="isLittle">Byte order.</param>
    public static (string, byte[]) Orientation(byte orientation, bool isLittle) =>
        (
            "eXIf",
            Convert.FromHexString(
                isLittle
                    ? $"49492A000800000002000001030001000000090000001201030001000000{orientation:X2}00000000000000"
                    : $"4D4D002A000000080002010000030000000100090000011200030000000100{orientation:X2}000000000000"
            )
        );

    /// <summary>A chunk: length, name, content, checksum.</summary>
    public static byte[] Chunk(string name, byte[] content)
    {
        byte[] named = [.. name.Select(c => (byte)c), .. content];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, System.IO.Hashing.Crc32.HashToUInt32(named));
        return [.. length, .. named, .. sum];
    }

    private static int Channels(byte type) =>
        type switch
        {
            Colour => 3,
            GreyAlpha => 2,
            ColourAlpha => 4,
            _ => 1,
        };

    /// <summary>Rows with the five filters in turn.</summary>
    private static byte[] Pass(
        int width,
        int height,
        int depth,
        int channels,
        Func<int, int, int, int> value,
        (int Row, int Column, int Down, int Across) pass
    )
    {
        var bytes = depth / 8 * channels;
        var result = new List<byte>();
        byte[] above = [];
        for (var (y, number) = (pass.Row, 0); y < height; y += pass.Down, number++)
        {
            var line = new List<byte>();
            for (var x = pass.Column; x < width; x += pass.Across)
            {
                for (var c = 0; c < channels; c++)
                {
                    var v = value(y, x, c);
                    line.AddRange(depth == 16 ? [(byte)(v >> 8), (byte)v] : [(byte)v]);
                }
            }

            if (line.Count == 0)
            {
                return [];
            }

            var filter = number % 5;
            result.Add((byte)filter);
            result.AddRange(Filtered(filter, line, above, bytes));
            above = [.. line];
        }

        return [.. result];
    }

    private static IEnumerable<byte> Filtered(int filter, List<byte> line, byte[] above, int bytes)
    {
        for (var i = 0; i < line.Count; i++)
        {
            var (left, up) = (i >= bytes ? line[i - bytes] : 0, above.Length > 0 ? above[i] : 0);
            var corner = i >= bytes && above.Length > 0 ? above[i - bytes] : 0;
            var guess = filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => 0,
            };
            yield return (byte)(line[i] - guess);
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        return new[] { left, up, corner }.MinBy(v => Math.Abs(guess - v));
    }
}
