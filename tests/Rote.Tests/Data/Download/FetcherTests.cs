using System.Security.Cryptography;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Data.Download;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Download;

public sealed class FetcherTests : IDisposable
{
    private static readonly byte[] First = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 13 / 5))];
    private static readonly byte[] Second = [4, 5, 6];

    private readonly TempFolder _folder = new();
    private readonly Recorder _progress = new();

    [Fact]
    public async Task Files_get_their_names_when_their_checksums_are_right()
    {
        using var server = Serve();
        await FetchAsync(Entry(Http(server)));
        Assert.Equal(First, await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "toy", "first")));
        Assert.Equal([".lock", "first", "second"], Names());
    }

    [Fact]
    public async Task What_is_there_is_not_fetched_again()
    {
        using var server = Serve();
        await FetchAsync(Entry(Http(server)));
        await FetchAsync(Entry(Http(server)));
        await FetchAsync(Entry(Http(server)), repair: true);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_damaged_file_is_fetched_again_when_asked()
    {
        using var server = Serve();
        await FetchAsync(Entry(Http(server)));
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "toy", "second"), [4, 5, 7]);
        await FetchAsync(Entry(Http(server)), repair: true);
        Assert.Equal(Second, await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "toy", "second")));
        Assert.Equal(
            $"toy: {Path.Combine(_folder.Path, "toy", "second")} is damaged (size or SHA-256) and is fetched again.",
            _progress.Notes
        );
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task The_next_source_is_tried_for_what_the_first_does_not_have()
    {
        using var half = new RawServer(r =>
            r.Contains("/first", StringComparison.Ordinal) ? RawServer.Ranged(r, First) : RawServer.Answer("404 Not Found", [])
        );
        using var full = Serve();
        await FetchAsync(Entry(Http(half), Http(full)));
        Assert.Contains("GET /second", Assert.Single(full.Requests), StringComparison.Ordinal);
        Assert.Equal($"toy: {half.Address} did not deliver (127.0.0.1 answers 404 Not Found); trying the next source.", _progress.Notes);
    }

    [Fact]
    public async Task A_wrong_checksum_leads_to_the_next_source()
    {
        using var wrong = new RawServer(_ => RawServer.Answer("200 OK", [9, 9, 9]));
        using var right = Serve();
        await FetchAsync(Entry(Http(wrong), Http(right)));
        Assert.Contains($"first has the SHA-256 {Sha([9, 9, 9])}, expected {Sha(First)}", _progress.Notes, StringComparison.Ordinal);
        Assert.Equal([".lock", "first", "second"], Names());
    }

    [Fact]
    public async Task Without_any_source_one_sentence_says_what_was_tried_and_what_to_do()
    {
        using var wrong = new RawServer(_ => RawServer.Answer("200 OK", [9, 9, 9]));
        using var none = new RawServer(_ => RawServer.Answer("404 Not Found", []));
        var error = await Assert.ThrowsAsync<MachineException>(() => FetchAsync(Entry(Http(wrong), Http(none))));
        Assert.Equal(
            $"toy could not be fetched; tried {wrong.Address} (first has the SHA-256 {Sha([9, 9, 9])}, expected {Sha(First)}); "
                + $"{none.Address} (127.0.0.1 answers 404 Not Found); "
                + $"put the two files into {Path.Combine(_folder.Path, "toy")}, or set the data set to shapes, which needs no download.",
            error.Message
        );
        Assert.Equal([".lock"], Names());

        foreach (var (name, content) in new[] { ("first", First), ("second", Second) })
        {
            await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "toy", name), content);
        }

        var asked = wrong.Requests.Count;
        await FetchAsync(Entry(Http(wrong), Http(none)));
        Assert.Equal(asked, wrong.Requests.Count);
        using var shapes = DatasetLoader.Load("shapes", new DataFolder(_folder.File("empty")));
        Assert.True(shapes.Data.Train.Count > 0);
    }

    [Fact]
    public async Task A_second_process_waits_and_uses_what_the_first_has_fetched()
    {
        using var server = new RawServer(r =>
        {
            Thread.Sleep(300);
            return r.Contains("/first", StringComparison.Ordinal) ? RawServer.Ranged(r, First) : RawServer.Ranged(r, Second);
        });
        var entry = Entry(Http(server));
        await Task.WhenAll(FetchAsync(entry), FetchAsync(entry));
        Assert.Equal(2, server.Requests.Count);
        Assert.Contains("Another process is fetching", _progress.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_files_of_the_system_are_checked_and_kept_unpacked()
    {
        using var system = new TempFolder();
        foreach (var (name, content) in new[] { ("first", First), ("second", Second) })
        {
            await using var gzip = new System.IO.Compression.GZipStream(
                File.Create(system.File(name + ".gz")),
                System.IO.Compression.CompressionLevel.Fastest
            );
            await gzip.WriteAsync(content);
        }

        await FetchAsync(Entry(new LocalFiles("not here", "/nowhere"), new LocalFiles("the system", system.Path)));
        Assert.Equal("toy: not here did not deliver (not installed); trying the next source.", _progress.Notes);
        Assert.Equal([".lock", "first", "second"], Names());
    }

    [Fact]
    public async Task A_cut_or_endless_gzip_file_is_refused()
    {
        using var system = new TempFolder();
        await using (
            var gzip = new System.IO.Compression.GZipStream(
                File.Create(system.File("first.gz")),
                System.IO.Compression.CompressionLevel.Fastest
            )
        )
        {
            await gzip.WriteAsync(new byte[10_000_000]);
        }

        var error = await Assert.ThrowsAsync<MachineException>(() => FetchAsync(Entry(new LocalFiles("the system", system.Path))));
        Assert.Contains("first.gz holds more than 200000 bytes, expected 200000", error.Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(system.File("first.gz"), (await File.ReadAllBytesAsync(system.File("first.gz")))[..100]);
        await Assert.ThrowsAsync<MachineException>(() => FetchAsync(Entry(new LocalFiles("the system", system.Path))));
        Assert.Equal([".lock"], Names());
    }

    [Fact]
    public async Task A_full_disk_is_one_sentence_and_leaves_no_half_file()
    {
        using var disk = new Tmpfs(kilobytes: 150);
        using var server = Serve();
        var error = await Assert.ThrowsAsync<MachineException>(() => FetchAsync(Entry(Http(server)), folder: disk.Path));
        Assert.StartsWith($"{disk.Path}/toy has 0 MB left and toy needs 1 MB; free some", error.Message, StringComparison.Ordinal);

        // The same, where the check before cannot know: the catalog says less than arrives.
        var full = Entry(new Writer()) with
        {
            Files = [new DataFile("first", 1000, Sha(First))],
        };
        Assert.StartsWith(
            $"The disk that holds {disk.Path}/toy is full; toy needs 1 MB",
            (await Assert.ThrowsAsync<MachineException>(() => FetchAsync(full, folder: disk.Path))).Message,
            StringComparison.Ordinal
        );
        Assert.Equal([".lock"], Directory.GetFiles(Path.Combine(disk.Path, "toy")).Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public async Task A_read_only_folder_is_one_sentence()
    {
        using var disk = new Tmpfs(kilobytes: 100);
        disk.MakeReadOnly();
        using var server = Serve();
        var error = await Assert.ThrowsAsync<MachineException>(() => FetchAsync(Entry(Http(server)), folder: disk.Path));
        Assert.StartsWith($"{disk.Path}/toy cannot be written (Read-only file system", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("set ROTE_DATA to a folder that can.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_where_the_folder_should_be_is_one_sentence()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "");
        using var server = Serve();
        var error = await Assert.ThrowsAsync<MachineException>(() => FetchAsync(Entry(Http(server)), folder: _folder.File("file")));
        Assert.StartsWith($"{_folder.File("file")}/toy cannot be written", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Sha(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static RawServer Serve() =>
        new(r => r.Contains("/first", StringComparison.Ordinal) ? RawServer.Ranged(r, First) : RawServer.Ranged(r, Second));

    private static HttpFiles Http(RawServer server) => new(server.Address);

    private static CatalogEntry Entry(params DataSource[] origins) =>
        new()
        {
            Name = "toy",
            Title = "Toy",
            ClassNames = ["a"],
            Height = 1,
            Width = 1,
            Channels = 1,
            TrainExamples = 1,
            TestExamples = 1,
            Terms = "",
            Citation = "",
            Page = "",
            Files = [new DataFile("first", First.Length, Sha(First)), new DataFile("second", Second.Length, Sha(Second))],
            ByHand = "the two files",
            Origins = origins,
        };

    private string[] Names() =>
        [.. Directory.GetFiles(Path.Combine(_folder.Path, "toy")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private async Task FetchAsync(CatalogEntry entry, bool repair = false, string? folder = null)
    {
        using var fetcher = new Fetcher(
            new DataFolder(folder ?? _folder.Path),
            _progress,
            options: new DownloadOptions { RetryDelay = TimeSpan.FromMilliseconds(1) }
        );
        await fetcher.FetchAsync(entry, repair, default);
    }

    /// <summary>Stores more than the disk holds.</summary>
    private sealed class Writer : DataSource
    {
        public override string Description => "a writer";

        public override Task DeliverAsync(FetchJob job, CancellationToken token)
        {
            job.Store(job.Missing[0], First);
            return Task.CompletedTask;
        }
    }
}
