using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Rote.Data.Download;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Download;

public sealed class HttpArchiveTests : IDisposable
{
    private static readonly byte[] Archive = Pack();
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task An_archive_is_checked_and_unpacked_and_not_kept()
    {
        using var server = new RawServer(r => RawServer.Ranged(r, Archive));
        var job = await DeliverAsync(server, Sha(Archive));
        Assert.Empty(job.Missing);
        Assert.Equal(["a.bin"], Directory.GetFiles(_folder.Path).Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public async Task An_archive_put_there_by_hand_is_used_and_kept()
    {
        await File.WriteAllBytesAsync(_folder.File("x.tar.gz"), Archive);
        using var server = new RawServer(_ => []);
        var job = await DeliverAsync(server, Sha(Archive));
        Assert.Empty(job.Missing);
        Assert.Empty(server.Requests);
        Assert.True(File.Exists(_folder.File("x.tar.gz")));
    }

    [Fact]
    public async Task A_wrong_archive_is_not_unpacked()
    {
        using var server = new RawServer(r => RawServer.Ranged(r, Archive));
        var expected = new string('0', 64);
        var error = await Assert.ThrowsAsync<SourceFailure>(() => DeliverAsync(server, expected));
        Assert.Equal($"x.tar.gz.part has the SHA-256 {Sha(Archive)}, expected {expected}", error.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private static string Sha(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "inside/a.bin") { DataStream = new MemoryStream([1, 2, 3]) });
        }

        return packed.ToArray();
    }

    private async Task<FetchJob> DeliverAsync(RawServer server, string sha256)
    {
        using var downloader = new Downloader(null, new DownloadOptions(), null);
        var job = new FetchJob(_folder.Path, [new DataFile("a.bin", 3, Sha([1, 2, 3]))], downloader, null);
        await new HttpArchive(new Uri(server.Address, "x.tar.gz"), sha256, "inside/", 100_000, 100_000).DeliverAsync(job, default);
        return job;
    }
}
