using System.IO.Compression;

namespace Rote.Data.Download;

/// <summary>Takes named files out of a .tar.gz without trusting it: exact names only, no links, bounded sizes, and none of its paths is
/// ever used.</summary>
internal static class TarGz
{
    private const int Chunk = 1 << 20;

    /// <summary>The contents of the wanted entries.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="wanted">Entry name → the most bytes it may have.</param>
    /// <param name="maxBytes">The most bytes that the whole archive may inflate to.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="SourceFailure">It is damaged, too large, or lacks an entry.</exception>
    public static Dictionary<string, byte[]> Read(
        string path,
        IReadOnlyDictionary<string, long> wanted,
        long maxBytes,
        CancellationToken token = default
    )
    {
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var archive = Path.GetFileName(path);
        try
        {
            using var file = File.OpenRead(path);
            using var inflated = new LimitedStream(new GZipStream(file, CompressionMode.Decompress), archive, file.Length, maxBytes);
            var tar = new TarEntries(inflated);
            while (found.Count < wanted.Count && tar.Next() is { } entry)
            {
                token.ThrowIfCancellationRequested();
                if (entry.IsFile && wanted.TryGetValue(entry.Name, out var most) && !found.ContainsKey(entry.Name))
                {
                    found[entry.Name] = Content(tar, entry, most, archive);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new SourceFailure($"{archive} is not a sound .tar.gz archive", inner: e);
        }

        var missing = wanted.Keys.FirstOrDefault(w => !found.ContainsKey(w));
        return missing is null ? found : throw new SourceFailure($"{archive} has no file {missing}");
    }

    /// <summary>Takes memory as bytes arrive: an entry may claim more than it has.</summary>
    private static byte[] Content(TarEntries tar, TarItem entry, long most, string archive)
    {
        if (entry.IsSparse)
        {
            throw new SourceFailure($"{entry.Name} in {archive} is stored with its zeros left out (sparse), expected a plain file");
        }

        if (entry.Length > most)
        {
            throw new SourceFailure($"{entry.Name} in {archive} has {entry.Length} bytes, expected at most {most}");
        }

        using var content = new MemoryStream();
        var chunk = new byte[Math.Min(entry.Length, Chunk)];
        while (content.Length < entry.Length)
        {
            var part = chunk.AsSpan(0, (int)Math.Min(chunk.Length, entry.Length - content.Length));
            tar.ReadContent(part);
            content.Write(part);
        }

        return content.ToArray();
    }
}
