namespace Rote.Data.Download;

/// <summary>A place that may have a data set's files.</summary>
internal abstract class DataSource
{
    /// <summary>The place in words, as "the authors' archive https://…".</summary>
    public abstract string Description { get; }

    /// <summary>Stores what it can of the missing files. Returns without storing where there is nothing to say about it.</summary>
    /// <exception cref="SourceFailure">It does not work; the message is a short reason.</exception>
    public abstract Task DeliverAsync(FetchJob job, CancellationToken token);
}
