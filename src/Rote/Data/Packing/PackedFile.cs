using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rote.Data.Download;
using static TorchSharp.torch;

namespace Rote.Data.Packing;

/// <summary>Opens packed files and checks every byte of them.</summary>
/// <remarks>docs/reference/formats.md describes the layout. Labels and identities are read into memory; pixels stay in the file.</remarks>
internal static class PackedFile
{
    /// <summary>The ending of file names.</summary>
    public const string Extension = ".rote";

    private const int MostClasses = 1_000_000;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What the data is called.</param>
    /// <param name="progress">Receives the bytes checked so far; null for silence.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>Examples whose pixels stay in the file, which the caller owns, and their name in experiments.</returns>
    /// <exception cref="InputException">It is not a packed file, of another version, cut or damaged.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static NamedData Open(string path, string name, IProgress<DownloadProgress>? progress, CancellationToken token)
    {
        try
        {
            var mapped = MappedFile.Of(path);
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var length = RandomAccess.GetLength(file);
            var page = Read(file, 0, Math.Min(length, PackedIndex.PixelsAt), path);
            var head = PackedHead.Read(page, length, path);
            var index = Index(Read(file, head.IndexOffset, head.IndexLength, path), head, path);
            RequireLayout(index, head, path);
            CheckChunks(file, index, path, name, progress, token);
            return Data(file, index, head, mapped, path, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    private static PackedIndex Index(byte[] bytes, PackedHead head, string path)
    {
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != head.IndexSha256)
        {
            throw Damaged(path, "its index");
        }

        try
        {
            return JsonSerializer.Deserialize<PackedIndex>(bytes, RoteJson.LineOptions) ?? throw Damaged(path, "its index");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new InputException($"{path} has an index that is not one of version {PackedHead.Version}; pack the data again.", e);
        }
    }

    /// <summary>Checks the index for contradictions, in numbers that cannot overflow: it may be forged.</summary>
    private static void RequireLayout(PackedIndex index, PackedHead head, string path)
    {
        var isSound =
            index.Height is >= 1 and <= UserDataOptions.MaxImageSize
            && index.Width is >= 1 and <= UserDataOptions.MaxImageSize
            && index.Channels is 1 or 3
            && index.Train >= 1
            && index.Test >= 0
            && (long)index.Train + index.Test <= int.MaxValue
            && index.ChunkRows >= 1
            && (index.ChunkRows == 1 || (long)index.ChunkRows * index.RowBytes <= Chunks.Most)
            && index.ClassNames.Count is >= 1 and <= MostClasses
            && index.ClassNames.All(c => c is not null);
        if (isSound)
        {
            var at = PackedIndex.PixelsAt + ((long)index.Count * index.RowBytes);
            long?[] lengths =
            [
                4L * index.Count,
                4L * index.Count,
                8L * index.Count,
                null,
                (long)SHA256.HashSizeInBytes * PackedIndex.ChunksOf(index.Count, index.ChunkRows),
            ];
            PackedSection[] sections = [index.Labels, index.Files, index.Rows, index.Names, index.Chunks];
            foreach (var (section, length) in sections.Zip(lengths))
            {
                isSound &=
                    section.Offset == at
                    && section.Length >= 0
                    && section.Length <= int.MaxValue
                    && (length ?? section.Length) == section.Length;
                at = section.Offset + section.Length;
            }

            isSound &= at == head.IndexOffset;
        }

        if (!isSound)
        {
            throw new InputException($"{path} has an index that contradicts itself or the file; pack the data again.");
        }
    }

    private static void CheckChunks(
        Microsoft.Win32.SafeHandles.SafeFileHandle file,
        PackedIndex index,
        string path,
        string name,
        IProgress<DownloadProgress>? progress,
        CancellationToken token
    )
    {
        var expected = Section(file, index.Chunks, path, "its list of checksums");
        var bytes = new ByteProgress(name, (long)index.Count * index.RowBytes, progress);
        var wrong = Chunks.FirstWrong(file, index.Count, index.RowBytes, index.ChunkRows, expected, bytes, token);
        if (wrong is { } chunk)
        {
            var first = (long)chunk * index.ChunkRows;
            throw Damaged(path, $"pictures {first:N0} to {Math.Min(first + index.ChunkRows, index.Count) - 1:N0}");
        }
    }

    private static NamedData Data(
        Microsoft.Win32.SafeHandles.SafeFileHandle file,
        PackedIndex index,
        PackedHead head,
        MappedFile mapped,
        string path,
        string name
    )
    {
        using var scope = NewDisposeScope();
        var labels = MemoryMarshal.Cast<byte, int>(Section(file, index.Labels, path, "its labels")).ToArray();
        var files = MemoryMarshal.Cast<byte, int>(Section(file, index.Files, path, "its list of files")).ToArray();
        var rows = MemoryMarshal.Cast<byte, long>(Section(file, index.Rows, path, "its list of rows")).ToArray();
        var names = Names(Section(file, index.Names, path, "its names"));
        if (names is null || files.Any(f => f < 0 || f >= names.Length) || labels.Any(l => l < 0 || l >= index.ClassNames.Count))
        {
            throw new InputException($"{path} has labels or rows that its index does not know; pack the data again.");
        }

        var identities = SourceRows.Of(names, files, rows);
        var provenance = new Provenance(name, index.Source, head.IndexSha256);
        var pixels = mapped.Pixels(PackedIndex.PixelsAt, [index.Count, index.Height, index.Width, index.Channels]);
        var spec = new DataSpec { Name = name, Sha256 = head.IndexSha256 };
        if (index.Test == 0)
        {
            throw new InputException($"{path} has no pictures to test on, expected at least one; pack data with two of one class.");
        }

        return new NamedData(
            spec,
            new DatasetSplits(Part(0, index.Train, Split.Train), Part(index.Train, index.Test, Split.Test))
            {
                Origin = index.TestIsSetAside ? SplitOrigin.SetAside : SplitOrigin.Given,
            }
        );

        Dataset Part(int start, int count, Split split) =>
            Dataset.OfFile(
                pixels.narrow(0, start, count),
                tensor(Array.ConvertAll(labels[start..(start + count)], label => (long)label)),
                index.ClassNames,
                split,
                provenance,
                identities.Slice(start, count),
                mapped
            );
    }

    private static string[]? Names(byte[] bytes)
    {
        var names = new List<string>();
        for (var at = 0; at < bytes.Length; )
        {
            if (bytes.Length - at < 4 || BitConverter.ToInt32(bytes, at) is var length && (length < 0 || length > bytes.Length - at - 4))
            {
                return null;
            }

            names.Add(Encoding.UTF8.GetString(bytes, at + 4, length));
            at += 4 + length;
        }

        return [.. names];
    }

    private static byte[] Section(Microsoft.Win32.SafeHandles.SafeFileHandle file, PackedSection section, string path, string what)
    {
        var bytes = Read(file, section.Offset, section.Length, path);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == section.Sha256 ? bytes : throw Damaged(path, what);
    }

    private static byte[] Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, long length, string path)
    {
        var bytes = new byte[length];
        return Chunks.ReadWhole(file, bytes, offset) ? bytes : throw new InputException($"{path} is cut; pack the data again.");
    }

    private static InputException Damaged(string path, string what) =>
        new(
            $"{path} is damaged: the checksum of {what} is another than when it was packed; copy the file once more, or pack the data "
                + "again."
        );
}
