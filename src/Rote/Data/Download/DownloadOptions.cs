namespace Rote.Data.Download;

/// <summary>How patient a download is.</summary>
internal sealed record DownloadOptions
{
    /// <summary>Longest wait for a connection, name look-up included. Default 4 s: without a network the next source is tried
    /// soon.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest wait for the response headers. Default 10 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time without a byte. Default 30 s.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Retries of a server that answers with an error or breaks off. Default 4.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>Pause before the first retry; it doubles each time, with jitter, up to 16 times. Default 0.5 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>A failure to connect is retried once if it came faster than this. Default 1 s.</summary>
    public TimeSpan QuickFailure { get; init; } = TimeSpan.FromSeconds(1);
}
