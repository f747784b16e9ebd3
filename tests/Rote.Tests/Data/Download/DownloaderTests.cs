using Rote.Data.Download;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Download;

public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] Whole = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 / 7))];
    private static readonly DownloadOptions Quick = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(1),
        AnswerTimeout = TimeSpan.FromMilliseconds(300),
        StallTimeout = TimeSpan.FromMilliseconds(300),
    };

    private readonly TempFolder _folder = new();
    private readonly Recorder _progress = new();

    private string Part => _folder.File("x.part");

    [Fact]
    public async Task A_file_arrives_and_its_part_is_gone()
    {
        using var server = new RawServer(r => RawServer.Ranged(r, Whole));
        Assert.Equal(Whole, await FetchAsync(server));
        Assert.False(File.Exists(Part));
        Assert.Equal((0L, 300_000L), (_progress.All[0].Bytes, _progress.All[0].TotalBytes));
        Assert.Equal(300_000, _progress.All[^1].Bytes);
    }

    [Fact]
    public async Task A_download_that_was_cut_goes_on_where_it_stopped()
    {
        using var server = new RawServer(
            _ => RawServer.Answer("200 OK", Whole[..100_000], claimedLength: Whole.Length),
            r => RawServer.Ranged(r, Whole)
        );
        Assert.Equal(Whole, await FetchAsync(server));
        Assert.Equal(2, server.Requests.Count);
        Assert.Contains("Range: bytes=100000-", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_earlier_process_left_is_continued()
    {
        await File.WriteAllBytesAsync(Part, Whole[..1234]);
        using var server = new RawServer(r => RawServer.Ranged(r, Whole));
        Assert.Equal(Whole, await FetchAsync(server));
        Assert.Contains("Range: bytes=1234-", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_is_read_from_the_start()
    {
        await File.WriteAllBytesAsync(Part, new byte[5000]);
        using var server = new RawServer(_ => RawServer.Answer("200 OK", Whole));
        Assert.Equal(Whole, await FetchAsync(server));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_part_of_another_version_is_thrown_away()
    {
        await File.WriteAllBytesAsync(Part, new byte[5000]);
        using var server = new RawServer(r => RawServer.Ranged(r, Whole));
        Assert.Equal(Whole, await FetchAsync(server));
        Assert.Equal(2, server.Requests.Count);
        Assert.DoesNotContain("Range:", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_is_whole_already_is_used()
    {
        await File.WriteAllBytesAsync(Part, Whole);
        using var server = new RawServer(r => RawServer.Ranged(r, Whole));
        Assert.Equal(Whole, await FetchAsync(server));
        Assert.Single(server.Requests); // answered 416
    }

    [Fact]
    public async Task A_server_error_is_retried()
    {
        using var server = new RawServer(
            _ => RawServer.Answer("500 Oops", []),
            _ => RawServer.Answer("503 Busy", []),
            r => RawServer.Ranged(r, Whole)
        );
        Assert.Equal(Whole, await FetchAsync(server));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_never_recovers_is_given_up()
    {
        using var server = new RawServer(_ => RawServer.Answer("500 Oops", []));
        Assert.Equal("127.0.0.1 answers 500 Oops", (await Assert.ThrowsAsync<SourceFailure>(() => FetchAsync(server))).Message);
        Assert.Equal(5, server.Requests.Count); // once, and four retries
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task A_missing_file_is_not_asked_for_again()
    {
        using var server = new RawServer(_ => RawServer.Answer("404 Not Found", []));
        Assert.Equal("127.0.0.1 answers 404 Not Found", (await Assert.ThrowsAsync<SourceFailure>(() => FetchAsync(server))).Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_length_claimed_too_short_ends_as_wrong_content()
    {
        using var server = new RawServer(_ => RawServer.Answer("200 OK", Whole, claimedLength: 1000));
        Assert.Equal("wrong: 1000 bytes", (await Assert.ThrowsAsync<SourceFailure>(() => FetchAsync(server))).Message);
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task A_length_claimed_too_long_ends_when_nothing_follows()
    {
        // Every answer claims one byte more than there is; with all of the file here, the server says that nothing follows.
        using var server = new RawServer(
            _ => RawServer.Answer("200 OK", Whole, claimedLength: Whole.Length + 1),
            r => RawServer.Ranged(r, Whole)
        );
        Assert.Equal(Whole, await FetchAsync(server));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task More_bytes_than_expected_are_refused_when_announced_and_when_sent()
    {
        using (var server = new RawServer(_ => RawServer.Answer("200 OK", [], claimedLength: 1L << 40)))
        {
            Assert.Equal(
                "127.0.0.1 sends 1099511627776 bytes or more, expected at most 400000",
                (await Assert.ThrowsAsync<SourceFailure>(() => FetchAsync(server))).Message
            );
        }

        var endless = System.Text.Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        using (var server = new RawServer(_ => [.. endless, .. new byte[900_000]]))
        {
            Assert.Contains(
                "expected at most 400000",
                (await Assert.ThrowsAsync<SourceFailure>(() => FetchAsync(server))).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_server_that_is_silent_is_not_waited_for()
    {
        using var silence = new ManualResetEventSlim();
        using var server = new RawServer(_ =>
        {
            silence.Wait(TimeSpan.FromSeconds(2));
            return [];
        });
        var error = await Assert.ThrowsAsync<SourceFailure>(() => FetchAsync(server));
        silence.Set();
        Assert.StartsWith("127.0.0.1 does not answer", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_twice_at_most()
    {
        Uri gone;
        using (var server = new RawServer(_ => []))
        {
            gone = server.Address;
        }

        using var downloader = new Downloader(null, Quick, _progress);
        var error = await Assert.ThrowsAsync<SourceFailure>(() =>
            downloader.FetchAsync(new Uri(gone, "x"), Part, 400_000, _ => { }, default)
        );
        Assert.StartsWith("127.0.0.1 cannot be reached: Connection refused", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task Cancelling_leaves_the_part()
    {
        using var stop = new CancellationTokenSource();
        using var server = new RawServer(
            _ => RawServer.Answer("200 OK", Whole[..200_000], claimedLength: Whole.Length),
            _ =>
            {
                stop.Cancel();
                return RawServer.Answer("500 Oops", []);
            }
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FetchAsync(server, stop.Token));
        Assert.Equal(200_000, new FileInfo(Part).Length);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<byte[]> FetchAsync(RawServer server, CancellationToken token = default)
    {
        byte[] content = [];
        using var downloader = new Downloader(null, Quick, _progress);
        await downloader.FetchAsync(
            new Uri(server.Address, "x"),
            Part,
            400_000,
            part =>
            {
                content = File.ReadAllBytes(part);
                if (!content.AsSpan().SequenceEqual(Whole))
                {
                    throw new SourceFailure($"wrong: {content.Length} bytes");
                }
            },
            token
        );
        return content;
    }
}
