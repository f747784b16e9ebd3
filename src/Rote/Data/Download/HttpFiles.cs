namespace Rote.Data.Download;

/// <summary>A server that has the files one by one, as they are kept or as gzip.</summary>
/// <param name="address">The folder, with a slash at its end.</param>
/// <param name="isGzip">The server's files are named NAME.gz and are inflated; the checksum is that of the content.</param>
internal sealed class HttpFiles(Uri address, bool isGzip = false) : DataSource
{
    public override string Description => address.ToString();

    public override async Task DeliverAsync(FetchJob job, CancellationToken token)
    {
        foreach (var file in job.Missing)
        {
            var name = isGzip ? file.Name + ".gz" : file.Name;
            var part = Path.Combine(job.Folder, name + ".part");

            // Data that does not compress grows a little in gzip: five bytes per block of 64 KiB, and the header.
            var maxBytes = file.Bytes + (file.Bytes / 1000) + 1024;
            await job.Downloader.FetchAsync(
                new Uri(address, name),
                part,
                maxBytes,
                path => job.Store(file, isGzip ? Gzip.Inflate(path, file.Bytes) : File.ReadAllBytes(path)),
                token
            );
        }
    }
}
