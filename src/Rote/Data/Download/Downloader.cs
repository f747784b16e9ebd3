using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Polly;
using Polly.Retry;

namespace Rote.Data.Download;

/// <summary>Downloads by HTTP GET into a part file that survives interruptions. Resumes, retries with growing pauses, and never gives a
/// file its final name.</summary>
internal sealed class Downloader : IDisposable
{
    private readonly HttpClient _client;
    private readonly DownloadOptions _options;
    private readonly IProgress<DownloadProgress>? _progress;
    private readonly ResiliencePipeline _retries;

    /// <param name="handler">Sends the requests; null for the network. Disposed with this object.</param>
    /// <param name="options">How patient to be.</param>
    /// <param name="progress">Receives the number of bytes so far.</param>
    public Downloader(HttpMessageHandler? handler, DownloadOptions options, IProgress<DownloadProgress>? progress)
    {
        // The timeouts below limit silence, not the duration of the whole download.
        _client = new HttpClient(handler ?? new SocketsHttpHandler { ConnectCallback = ConnectAsync })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(
            new ProductInfoHeaderValue("rote", typeof(Downloader).Assembly.GetName().Version?.ToString())
        );
        _options = options;
        _progress = progress;
        _retries = new ResiliencePipelineBuilder()
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = options.Retries,
                    Delay = options.RetryDelay,
                    MaxDelay = options.RetryDelay * 16,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = a =>
                        ValueTask.FromResult(
                            a.Outcome.Exception is SourceFailure failure
                                && (
                                    failure.Advice == RetryAdvice.WithBackOff
                                    || (failure.Advice == RetryAdvice.Once && a.AttemptNumber == 0)
                                )
                        ),
                }
            )
            .Build();
    }

    /// <summary>Downloads a file, hands it over, and deletes the part file.</summary>
    /// <param name="address">What to get.</param>
    /// <param name="part">The part file; one from an earlier call is continued.</param>
    /// <param name="maxBytes">More than this is refused.</param>
    /// <param name="accept">Checks and uses the complete part file; throws <see cref="SourceFailure"/> if its content is wrong.</param>
    /// <param name="token">Cancels; the part file stays.</param>
    /// <exception cref="SourceFailure">The server did not deliver, or delivered something else.</exception>
    public async Task FetchAsync(Uri address, string part, long maxBytes, Action<string> accept, CancellationToken token)
    {
        var wasResumed = new FileInfo(part) is { Exists: true, Length: > 0 };
        await _retries.ExecuteAsync(async t => await AttemptAsync(address, part, maxBytes, t), token);
        try
        {
            accept(part);
        }
        catch (SourceFailure) when (wasResumed)
        {
            // The beginning may be from another version of the file: start over.
            File.Delete(part);
            await FetchAsync(address, part, maxBytes, accept, token);
        }
        catch (SourceFailure)
        {
            File.Delete(part);
            throw;
        }

        File.Delete(part);
    }

    public void Dispose() => _client.Dispose();

    // The handler's own ConnectTimeout does not end a name look-up that hangs (seen on Linux: a silent name server cost 10 s, not 4);
    // giving up the wait does.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken token)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, token).AsTask().WaitAsync(_options.ConnectTimeout, token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task AttemptAsync(Uri address, string part, long maxBytes, CancellationToken token)
    {
        var have = new FileInfo(part) is { Exists: true } found && found.Length <= maxBytes ? found.Length : 0;
        using var answer = await SendAsync(address, have, token);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
        {
            return; // nothing follows what we have: the checksum decides whether it is whole
        }

        // A server that ignores ranges answers 200 and sends everything from the start.
        var isResumed = answer.StatusCode == HttpStatusCode.PartialContent && have > 0 && answer.Content.Headers.ContentRange?.From == have;
        if (!isResumed && answer.StatusCode != HttpStatusCode.OK)
        {
            var isTransient = (int)answer.StatusCode is 408 or 429 or >= 500;
            throw new SourceFailure(
                $"{address.Host} answers {(int)answer.StatusCode} {answer.ReasonPhrase}",
                isTransient ? RetryAdvice.WithBackOff : RetryAdvice.Never
            );
        }

        await using var file = new FileStream(part, isResumed ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        var total = file.Length + answer.Content.Headers.ContentLength;
        RequireBounded(total ?? 0, maxBytes, address);
        await using var content = await answer.Content.ReadAsStreamAsync(token);
        await CopyAsync(content, file, address, maxBytes, total, token);
        file.Flush(flushToDisk: true);
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, long from, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
        }

        var clock = Stopwatch.StartNew();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(_options.AnswerTimeout);
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }
        catch (HttpRequestException e)
        {
            var advice = clock.Elapsed < _options.QuickFailure ? RetryAdvice.Once : RetryAdvice.Never;
            throw new SourceFailure($"{address.Host} cannot be reached: {Reason(e)}", advice, e);
        }
        catch (OperationCanceledException e) when (!token.IsCancellationRequested)
        {
            throw new SourceFailure($"{address.Host} does not answer within {clock.Elapsed.TotalSeconds:F0} s", RetryAdvice.Never, e);
        }
    }

    private async Task CopyAsync(Stream content, FileStream file, Uri address, long maxBytes, long? total, CancellationToken token)
    {
        var name = Path.GetFileName(address.LocalPath);
        var buffer = new byte[1 << 16];
        var lastReport = Stopwatch.StartNew();
        _progress?.Report(new DownloadProgress(name, file.Length, total));
        while (true)
        {
            var count = await ReadAsync(content, buffer, address, token);
            if (count == 0)
            {
                break;
            }

            RequireBounded(file.Length + count, maxBytes, address);
            await file.WriteAsync(buffer.AsMemory(0, count), token);
            if (lastReport.ElapsedMilliseconds >= 100)
            {
                _progress?.Report(new DownloadProgress(name, file.Length, total));
                lastReport.Restart();
            }
        }

        _progress?.Report(new DownloadProgress(name, file.Length, total));
    }

    // Only the read is guarded: a disk error must not look like a network error.
    private async Task<int> ReadAsync(Stream content, byte[] buffer, Uri address, CancellationToken token)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(_options.StallTimeout);
        try
        {
            return await content.ReadAsync(buffer, patience.Token);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new SourceFailure($"{address.Host} broke off: {Reason(e)}", RetryAdvice.WithBackOff, e);
        }
        catch (OperationCanceledException e) when (!token.IsCancellationRequested)
        {
            throw new SourceFailure(
                $"{address.Host} sent nothing for {_options.StallTimeout.TotalSeconds:F0} s",
                RetryAdvice.WithBackOff,
                e
            );
        }
    }

    private static void RequireBounded(long bytes, long maxBytes, Uri address)
    {
        if (bytes > maxBytes)
        {
            throw new SourceFailure($"{address.Host} sends {bytes} bytes or more, expected at most {maxBytes}");
        }
    }

    private static string Reason(Exception e) => (e.InnerException ?? e).Message.TrimEnd('.');
}
