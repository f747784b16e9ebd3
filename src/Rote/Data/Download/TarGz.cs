using System.Formats.Tar;
using System.IO.Compression;

namespace Rote.Data.Download;

/// <summary>Takes named files out of a .tar.gz without trusting it: exact names only, no links, bounded sizes, and no path of it is ever used.</summary>
internal static class TarGz
{
    /// <summary>The contents of the wanted entries.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="wanted">Entry name → the most bytes it may have.</param>
    /// <param name="maxBytes">The most bytes that the whole archive may inflate to.</param>
    /// <exception cref="SourceFailure">It is damaged, too large, or lacks an entry.</exception>
    public static Dictionary<string, byte[]> Read(string path, IReadOnlyDictionary<string, long> wanted, long maxBytes)
    {
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var archive = Path.GetFileName(path);
        try
        {
            using var inflated = new LimitedStream(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), maxBytes);
            using var tar = new TarReader(inflated);
            while (found.Count < wanted.Count && tar.GetNextEntry() is { } entry)
            {
                var isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
                if (isFile && wanted.TryGetValue(entry.Name, out var most) && !found.ContainsKey(entry.Name))
                {
                    found[entry.Name] = Content(entry, most, archive);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new SourceFailure($"{archive} is not a sound .tar.gz archive", inner: e);
        }

        var missing = wanted.Keys.FirstOrDefault(w => !found.ContainsKey(w));
        return missing is null ? found : throw new SourceFailure($"{archive} has no file {missing}");
    }

    private static byte[] Content(TarEntry entry, long most, string archive)
    {
        if (entry.Length > most)
        {
            throw new SourceFailure($"{entry.Name} in {archive} has {entry.Length} bytes, expected at most {most}");
        }

        var content = new byte[entry.Length];
        entry.DataStream?.ReadExactly(content);
        return content;
    }
}
