namespace Rote.Data.Download;

/// <summary>A place that may have a data set's files.</summary>
internal abstract class DataSource
{
    /// <summary>The place in words, such as "the authors' archive https://…".</summary>
    public abstract string Description { get; }

    /// <summary>Stores those of the missing files that it has. Storing none is no failure if there is nothing to report.</summary>
    /// <exception cref="SourceFailure">The source does not work; the message is a short reason.</exception>
    public abstract Task DeliverAsync(FetchJob job, CancellationToken token);
}
