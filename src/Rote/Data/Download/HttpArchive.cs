using System.Security.Cryptography;

namespace Rote.Data.Download;

/// <summary>A .tar.gz archive on a server, with a known checksum. A copy in the data set's folder is used instead.</summary>
/// <param name="address">The archive.</param>
/// <param name="sha256">Its checksum.</param>
/// <param name="folder">The folder inside the archive, with a slash at its end.</param>
/// <param name="maxBytes">The most bytes the archive may have, packed.</param>
/// <param name="maxInflated">The most bytes it may inflate to.</param>
internal sealed class HttpArchive(Uri address, string sha256, string folder, long maxBytes, long maxInflated) : DataSource
{
    public override string Description => address.ToString();

    public override async Task DeliverAsync(FetchJob job, CancellationToken token)
    {
        var byHand = Path.Combine(job.Folder, Path.GetFileName(address.LocalPath));
        if (File.Exists(byHand))
        {
            Unpack(job, byHand);
            return;
        }

        await job.Downloader.FetchAsync(address, byHand + ".part", maxBytes, path => Unpack(job, path), token);
    }

    private void Unpack(FetchJob job, string path)
    {
        using (var stream = File.OpenRead(path))
        {
            var found = Convert.ToHexStringLower(SHA256.HashData(stream));
            if (found != sha256)
            {
                throw new SourceFailure($"{Path.GetFileName(path)} has the SHA-256 {found}, expected {sha256}");
            }
        }

        var wanted = job.Missing.ToDictionary(f => folder + f.Name, f => f.Bytes, StringComparer.Ordinal);
        var contents = TarGz.Read(path, wanted, maxInflated);
        foreach (var file in job.Missing)
        {
            job.Store(file, contents[folder + file.Name]);
        }
    }
}
