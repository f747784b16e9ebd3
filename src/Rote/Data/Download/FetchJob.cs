using System.Security.Cryptography;

namespace Rote.Data.Download;

/// <summary>What a source needs to deliver files, and the only way to a final file name.</summary>
internal sealed class FetchJob(string folder, IEnumerable<DataFile> missing, Downloader downloader, IProgress<DownloadProgress>? progress)
{
    private readonly List<DataFile> _missing = [.. missing];

    /// <summary>The data set's own folder.</summary>
    public string Folder { get; } = folder;

    public Downloader Downloader { get; } = downloader;

    /// <summary>The files still missing; a copy, so that storing inside a loop is safe.</summary>
    public IReadOnlyList<DataFile> Missing => [.. _missing];

    public void Note(string sentence) => progress?.Report(new DownloadProgress(sentence));

    /// <summary>Checks a file's content and writes it under its final name, whole or not at all.</summary>
    /// <exception cref="SourceFailure">The checksum is not the catalog's; nothing was written.</exception>
    public void Store(DataFile file, byte[] content)
    {
        var found = Convert.ToHexStringLower(SHA256.HashData(content));
        if (found != file.Sha256)
        {
            throw new SourceFailure($"{file.Name} has the SHA-256 {found}, expected {file.Sha256}");
        }

        AtomicFile.Write(Path.Combine(Folder, file.Name), stream => stream.Write(content));
        _missing.Remove(file);
    }
}
