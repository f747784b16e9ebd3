namespace Rote.Data.Download;

/// <summary>What to do after a failed attempt.</summary>
internal enum RetryAdvice
{
    /// <summary>It would fail again.</summary>
    Never,

    /// <summary>A short hiccup is possible, but no network is more likely: one retry.</summary>
    Once,

    /// <summary>It may well work later: retry with growing pauses.</summary>
    WithBackOff,
}

/// <summary>One source did not deliver; the next one is tried. Never leaves <see cref="Fetcher"/>.</summary>
internal sealed class SourceFailure(string reason, RetryAdvice advice = RetryAdvice.Never, Exception? inner = null)
    : Exception(reason, inner)
{
    public RetryAdvice Advice { get; } = advice;
}
