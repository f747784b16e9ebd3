using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Rote.Data.Download;

namespace Rote.Data.Packing;

/// <summary>Checksums of a packed file's pixels, chunk by chunk on all cores.</summary>
internal static class Chunks
{
    /// <summary>The most bytes of a chunk, unless one picture has more.</summary>
    private const int Bytes = 4 << 20;

    /// <summary>The most bytes of a chunk of several pictures in a file that is read; each core holds one chunk.</summary>
    public const long Most = 64 << 20;

    /// <summary>Pictures per chunk.</summary>
    /// <param name="rowBytes">Bytes of a picture.</param>
    public static int RowsFor(int rowBytes) => Math.Max(1, Bytes / rowBytes);

    /// <summary>Computes the checksums.</summary>
    /// <returns>[chunks, 32].</returns>
    public static byte[] Digests(SafeFileHandle file, int count, int rowBytes, int chunkRows, CancellationToken token)
    {
        var digests = new byte[PackedIndex.ChunksOf(count, chunkRows) * SHA256.HashSizeInBytes];
        Each(
            file,
            count,
            rowBytes,
            chunkRows,
            (chunk, pixels) => SHA256.HashData(pixels, digests.AsSpan(chunk * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes)),
            token
        );
        return digests;
    }

    /// <summary>The first chunk whose checksum is not as expected; null if all are.</summary>
    public static int? FirstWrong(
        SafeFileHandle file,
        int count,
        int rowBytes,
        int chunkRows,
        byte[] expected,
        ByteProgress bytes,
        CancellationToken token
    )
    {
        var wrong = int.MaxValue;
        var gate = new Lock();
        Each(
            file,
            count,
            rowBytes,
            chunkRows,
            (chunk, pixels) =>
            {
                Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
                SHA256.HashData(pixels, digest);
                bytes.Add(pixels.Length);
                if (!digest.SequenceEqual(expected.AsSpan(chunk * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes)))
                {
                    lock (gate)
                    {
                        wrong = Math.Min(wrong, chunk);
                    }
                }
            },
            token
        );
        return wrong == int.MaxValue ? null : wrong;
    }

    /// <summary>Fills a span from a place in a file.</summary>
    /// <returns>False if the file ends too early.</returns>
    public static bool ReadWhole(SafeFileHandle file, Span<byte> into, long offset)
    {
        for (var done = 0; done < into.Length; )
        {
            var read = RandomAccess.Read(file, into[done..], offset + done);
            if (read == 0)
            {
                return false;
            }

            done += read;
        }

        return true;
    }

    private delegate void Look(int chunk, ReadOnlySpan<byte> pixels);

    private static void Each(SafeFileHandle file, int count, int rowBytes, int chunkRows, Look look, CancellationToken token) =>
        AllCores.Each(
            PackedIndex.ChunksOf(count, chunkRows),
            () => new byte[checked(Math.Min(chunkRows, count) * rowBytes)],
            (chunk, buffer) =>
            {
                var first = (long)chunk * chunkRows;
                var pixels = buffer.AsSpan(0, (int)Math.Min(chunkRows, count - first) * rowBytes);
                if (!ReadWhole(file, pixels, PackedIndex.PixelsAt + (first * rowBytes)))
                {
                    throw new EndOfStreamException("the file became shorter");
                }

                look(chunk, pixels);
            },
            token
        );
}
