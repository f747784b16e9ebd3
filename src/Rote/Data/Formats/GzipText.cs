using System.Buffers.Binary;
using System.IO.Compression;

namespace Rote.Data.Formats;

/// <summary>Opens plain and gzip files, which it tells apart by content, not by name.</summary>
internal static class GzipText
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Opens a file.</summary>
    /// <returns>Its unpacked bytes; reading them throws <see cref="InvalidDataException"/> if a gzip file is damaged or cut.</returns>
    public static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        Span<byte> start = stackalloc byte[2];
        var isGzip =
            file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[0] == 0x1f && start[1] == 0x8b;
        if (!isGzip)
        {
            file.Seek(0, SeekOrigin.Begin);
            return file;
        }

        Span<byte> end = stackalloc byte[4];
        file.Seek(-Math.Min(file.Length, end.Length), SeekOrigin.End);
        file.ReadExactly(end[..(int)Math.Min(file.Length, end.Length)]);
        file.Seek(0, SeekOrigin.Begin);
        return new WholeGzip(new GZipStream(file, CompressionMode.Decompress), BinaryPrimitives.ReadUInt32LittleEndian(end));
    }

    /// <summary>.NET's reader does not notice if the end of a gzip file is cut off. Such a file ends with the size of its last
    /// part.</summary>
    private sealed class WholeGzip(GZipStream unpacked, uint lastPart) : ForwardStream(unpacked)
    {
        private long _count;

        public override int Read(Span<byte> buffer)
        {
            var count = Inner.Read(buffer);
            _count += count;
            return count > 0 || buffer.Length == 0 || _count >= lastPart || _count > uint.MaxValue
                ? count
                : throw new InvalidDataException("it is cut");
        }
    }
}
