using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Rote.Data.Download;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Download;

/// <summary>With a shell script in the place of npm.</summary>
public sealed class NpmPackageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_package_is_fetched_converted_and_cleaned_up()
    {
        using (var gzip = new GZipStream(File.Create(_folder.File("ready.tgz")), CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "package/x") { DataStream = new MemoryStream([3, 2, 1]) });
        }

        var job = await DeliverAsync(
            Script($"[ \"$1 $2 $3\" = 'pack toy@1.0.0 --ignore-scripts' ] && cp '{_folder.File("ready.tgz")}' toy-1.0.0.tgz")
        );
        Assert.Empty(job.Missing);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(_folder.File("cache/a")));
        Assert.False(Directory.Exists(_folder.File("cache/.npm")));
    }

    [Fact]
    public async Task A_machine_without_npm_is_told_so() =>
        Assert.Equal("npm is not installed", await FailureAsync(_folder.File("no-such-npm")));

    [Fact]
    public async Task A_failure_shows_the_code_of_npm_alone() =>
        Assert.Equal(
            "npm pack ended with exit code 7 (ENOTFOUND)",
            await FailureAsync(
                Script("echo 'npm error code ENOTFOUND' >&2; echo 'npm error network request to somewhere failed' >&2; exit 7")
            )
        );

    [Fact]
    public async Task A_client_that_leaves_nothing_is_a_failure() =>
        Assert.Equal("npm pack left 0 archives, expected 1", await FailureAsync(Script("exit 0")));

    [Fact]
    public async Task Cancelling_stops_npm()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DeliverAsync(Script("sleep 20"), stop.Token));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        Assert.False(Directory.Exists(_folder.File("cache/.npm")));
    }

    public void Dispose() => _folder.Dispose();

    private string Script(string body)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for npm is a shell script.");
        var path = _folder.File("npm");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private async Task<string> FailureAsync(string client) => (await Assert.ThrowsAsync<SourceFailure>(() => DeliverAsync(client))).Message;

    private async Task<FetchJob> DeliverAsync(string client, CancellationToken token = default)
    {
        using var downloader = new Downloader(null, new DownloadOptions(), null);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData([1, 2, 3]));
        var job = new FetchJob(Directory.CreateDirectory(_folder.File("cache")).FullName, [new DataFile("a", 3, sha256)], downloader, null);
        await new NpmPackage
        {
            Package = "toy@1.0.0",
            Bytes = 3,
            Wanted = new Dictionary<string, long>(StringComparer.Ordinal) { ["package/x"] = 10 },
            Convert = (_, entries) => [.. entries["package/x"].Reverse()],
            Client = client,
        }.DeliverAsync(job, token);
        return job;
    }
}
