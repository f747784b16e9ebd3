using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Rote.Data.Packing;

/// <summary>The first page of a packed file: its kind, its version, and the place of its index.</summary>
/// <param name="IndexOffset">First byte of the index, which ends the file.</param>
/// <param name="IndexLength">Its bytes.</param>
/// <param name="IndexSha256">Their SHA-256, lower-case hexadecimal.</param>
internal sealed record PackedHead(long IndexOffset, long IndexLength, string IndexSha256)
{
    /// <summary>The layout that this code writes and reads.</summary>
    public const int Version = 1;

    /// <summary>An index with the names of a million classes is shorter.</summary>
    private const long LongestIndex = 1L << 28;

    private const int Used = 64;

    private static ReadOnlySpan<byte> Magic => "ROTEPACK"u8;

    public byte[] Bytes()
    {
        var page = new byte[PackedIndex.PixelsAt];
        Magic.CopyTo(page);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(16), IndexOffset);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(24), IndexLength);
        Convert.FromHexString(IndexSha256).CopyTo(page.AsSpan(32));
        return page;
    }

    /// <summary>Reads and checks the first <see cref="PackedIndex.PixelsAt"/> bytes of a file, or as many as there are.</summary>
    /// <exception cref="InputException">The file is not a packed file, of another version, cut or damaged.</exception>
    public static PackedHead Read(ReadOnlySpan<byte> page, long length, string path)
    {
        if (!page.StartsWith(Magic))
        {
            throw new InputException(
                $"{path} is not a packed data set (its first bytes are others); expected a file that packing has written."
            );
        }

        if (page.Length < PackedIndex.PixelsAt)
        {
            throw new InputException($"{path} is cut: it has {length:N0} bytes, less than its head alone; pack the data again.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(page[8..]);
        if (version != Version)
        {
            throw new InputException(
                $"{path} has version {version} of the packed format, and this version of Rote reads {Version}; pack the data again."
            );
        }

        var head = new PackedHead(
            BinaryPrimitives.ReadInt64LittleEndian(page[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(page[24..]),
            Convert.ToHexStringLower(page.Slice(32, SHA256.HashSizeInBytes))
        );
        var isSound =
            head.IndexLength is > 0 and <= LongestIndex
            && head.IndexOffset >= PackedIndex.PixelsAt
            && page[12..16].IndexOfAnyExcept((byte)0) < 0
            && page[Used..].IndexOfAnyExcept((byte)0) < 0;
        if (!isSound)
        {
            throw new InputException($"{path} is damaged in its head; pack the data again.");
        }

        return head.IndexOffset <= long.MaxValue - head.IndexLength && head.IndexOffset + head.IndexLength == length
            ? head
            : throw new InputException(
                $"{path} has {length:N0} bytes, and its head speaks of {head.IndexOffset:N0} + {head.IndexLength:N0}: it is cut, or "
                    + $"something was added; pack the data again."
            );
    }
}
