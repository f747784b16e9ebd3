namespace Rote.Data.Download;

/// <summary>Gzip files that are on this machine already: a package of the system, or put into the data folder by hand.</summary>
/// <param name="description">The place in words.</param>
/// <param name="folder">Where to look; null for the data set's own folder, where missing files are no failure.</param>
internal sealed class LocalFiles(string description, string? folder) : DataSource
{
    public override string Description => description;

    public override Task DeliverAsync(FetchJob job, CancellationToken token)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new SourceFailure("not installed");
        }

        foreach (var file in job.Missing)
        {
            var path = Path.Combine(folder ?? job.Folder, file.Name + ".gz");
            if (File.Exists(path))
            {
                job.Store(file, Gzip.Inflate(path, file.Bytes));
            }
        }

        return Task.CompletedTask;
    }
}
