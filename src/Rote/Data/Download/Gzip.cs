using System.IO.Compression;

namespace Rote.Data.Download;

/// <summary>Bounded decompression: a file that claims to be small cannot fill the memory.</summary>
internal static class Gzip
{
    /// <summary>The content of a gzip file that must have an exact size.</summary>
    /// <exception cref="SourceFailure">It is damaged, or its content has another size.</exception>
    public static byte[] Inflate(string path, long bytes)
    {
        using var inflated = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var content = new byte[bytes];
        try
        {
            var count = inflated.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return count == bytes && inflated.ReadByte() == -1
                ? content
                : throw new SourceFailure(
                    $"{Path.GetFileName(path)} holds {(count == bytes ? "more than " : "")}{count} bytes, expected {bytes}"
                );
        }
        catch (InvalidDataException e)
        {
            throw new SourceFailure($"{Path.GetFileName(path)} is not a sound gzip file", inner: e);
        }
    }
}
