using System.Buffers.Binary;

namespace Rote.Data.Formats.Pictures;

/// <summary>Facts in a PNG file that the decoder does not pass on.</summary>
/// <param name="Depth">Bits per value: 1, 2, 4, 8 or 16.</param>
/// <param name="Orientation">The orientation of the stored picture, 1 to 8 as in EXIF 2.3, tag 274; 1 if the file has none.</param>
/// <param name="IsAnimated">Whether there are several frames (APNG); the first one is the picture.</param>
/// <remarks>PNG specification, third edition (W3C 2025), sections 5.3, 11.2.1, 11.3.3.6 (eXIf) and 11.3.6 (acTL).</remarks>
internal readonly record struct PngFacts(int Depth, int Orientation, bool IsAnimated)
{
    private const int MostExif = 1 << 16;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads the chunks of a file without decoding it.</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <returns>Null if it is not a PNG. For a truncated file, the facts that could be read: the decoder reports the truncation.</returns>
    public static PngFacts? Read(Stream stream)
    {
        Span<byte> head = stackalloc byte[8];
        if (stream.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8 || !head.SequenceEqual(Signature))
        {
            return null;
        }

        var facts = new PngFacts(8, 1, false);
        while (stream.ReadAtLeast(head, 8, throwOnEndOfStream: false) == 8)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var (type, next) = (BinaryPrimitives.ReadUInt32BigEndian(head[4..]), stream.Position + length + 4);
            if (length > int.MaxValue || type == Chunk("IEND"))
            {
                break;
            }

            facts =
                type == Chunk("IHDR") && length >= 13 ? facts with { Depth = Part(stream, 13) is { Length: 13 } header ? header[8] : 8 }
                : type == Chunk("acTL") ? facts with { IsAnimated = true }
                : type == Chunk("eXIf") && length <= MostExif ? facts with { Orientation = OrientationOf(Part(stream, (int)length)) }
                : facts;
            stream.Seek(next, SeekOrigin.Begin);
        }

        return facts;
    }

    /// <summary>Returns the number of a chunk's name.</summary>
    public static uint Chunk(string name) =>
        BinaryPrimitives.ReadUInt32BigEndian([(byte)name[0], (byte)name[1], (byte)name[2], (byte)name[3]]);

    private static byte[] Part(Stream stream, int length)
    {
        var bytes = new byte[length];
        return bytes[..stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false)];
    }

    /// <summary>Reads tag 274 of the first directory of a TIFF header; 1 if it is missing or invalid.</summary>
    private static int OrientationOf(byte[] exif)
    {
        var isLittle = exif is [(byte)'I', (byte)'I', 42, 0, ..];
        if (!isLittle && exif is not [(byte)'M', (byte)'M', 0, 42, ..])
        {
            return 1;
        }

        var start =
            exif.Length >= 8
                ? (
                    isLittle
                        ? BinaryPrimitives.ReadUInt32LittleEndian(exif.AsSpan(4))
                        : BinaryPrimitives.ReadUInt32BigEndian(exif.AsSpan(4))
                )
                : uint.MaxValue;
        for (var (entry, left) = (start + 2L, Short(exif, start, isLittle)); left > 0 && entry + 12 <= exif.Length; entry += 12, left--)
        {
            if (Short(exif, entry, isLittle) == 274)
            {
                return Short(exif, entry + 8, isLittle) is >= 1 and <= 8 and var value ? value : 1;
            }
        }

        return 1;
    }

    private static int Short(byte[] bytes, long at, bool isLittle) =>
        at + 2 > bytes.Length ? 0
        : isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((int)at))
        : BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan((int)at));
}
