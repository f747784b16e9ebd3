using System.Security.Cryptography;
using Rote.Data.Catalog;

namespace Rote.Data.Download;

/// <summary>Brings a data set's files into the data folder: tries its sources in order, one process at a time.</summary>
internal sealed class Fetcher(
    DataFolder cache,
    IProgress<DownloadProgress>? progress,
    HttpMessageHandler? handler = null,
    DownloadOptions? options = null
) : IDisposable
{
    private readonly Downloader _downloader = new(handler, options ?? new DownloadOptions(), progress);

    /// <summary>Makes sure that every file is there.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="repair">Also read the files that are there, and replace those with a wrong checksum.</param>
    /// <param name="token">Cancels the fetch; what has arrived stays for the next one.</param>
    /// <exception cref="MachineException">No source works, or the folder cannot be written.</exception>
    public async Task FetchAsync(CatalogEntry entry, bool repair, CancellationToken token)
    {
        var folder = cache.Of(entry.Name);
        try
        {
            if (Missing(entry, folder, repair).Count == 0)
            {
                return;
            }

            Directory.CreateDirectory(folder);
            await using var ours = await FolderLock.TakeAsync(folder, progress, token);

            // Checked again: while we waited, another process may have fetched them.
            var job = new FetchJob(folder, Missing(entry, folder, repair), _downloader, progress);
            if (job.Missing.Count > 0)
            {
                foreach (var damaged in job.Missing.Where(f => File.Exists(Path.Combine(folder, f.Name))))
                {
                    job.Note($"{entry.Name}: {Path.Combine(folder, damaged.Name)} is damaged (size or SHA-256) and is fetched again.");
                }

                StorageFailure.RequireSpace(folder, entry);
                await DeliverAsync(entry, job, token);
            }
        }
        catch (Exception e) when (StorageFailure.Cause(e) is { } cause)
        {
            throw StorageFailure.Sentence(cause, folder, entry);
        }
    }

    public void Dispose() => _downloader.Dispose();

    private static async Task DeliverAsync(CatalogEntry entry, FetchJob job, CancellationToken token)
    {
        var failures = new List<string>();
        foreach (var source in entry.Origins)
        {
            try
            {
                await source.DeliverAsync(job, token);
            }
            catch (SourceFailure failure)
            {
                failures.Add($"{source.Description} ({failure.Message})");
                if (source != entry.Origins[^1])
                {
                    job.Note($"{entry.Name}: {source.Description} did not deliver ({failure.Message}); trying the next source.");
                }
            }

            if (job.Missing.Count == 0)
            {
                return;
            }
        }

        throw new MachineException(
            $"{entry.Name} could not be fetched; tried {string.Join("; ", failures)}; put {entry.ByHand} into {job.Folder}, or set "
                + $"{Setting.Data} to shapes, which needs no download."
        );
    }

    private static List<DataFile> Missing(CatalogEntry entry, string folder, bool repair) =>
        [.. entry.Files.Where(f => Path.Combine(folder, f.Name) is var path && (!File.Exists(path) || (repair && !IsWhole(path, f))))];

    private static bool IsWhole(string path, DataFile file)
    {
        using var stream = File.OpenRead(path);
        return stream.Length == file.Bytes && Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256;
    }
}
