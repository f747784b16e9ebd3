namespace Rote.Data.Download;

/// <summary>A report of a running fetch: bytes that arrived, or a sentence.</summary>
/// <param name="Text">The file's name, or the sentence.</param>
/// <param name="Bytes">Bytes so far; null for a sentence.</param>
/// <param name="TotalBytes">Bytes expected, if known.</param>
/// <remarks>Reported from any thread, in order; bytes at most ten times a second.</remarks>
public sealed record DownloadProgress(string Text, long? Bytes = null, long? TotalBytes = null)
{
    /// <summary>A sentence that may name settings.</summary>
    /// <param name="sentence">The sentence.</param>
    public DownloadProgress(Sentence sentence)
        : this(sentence.ToString()) => Sentence = sentence;

    /// <summary>The sentence with its settings, which a command names by its options; null for a count or a plain text.</summary>
    public Sentence? Sentence { get; }

    /// <summary>True for a sentence, which stands alone; false for a count, which replaces the one before.</summary>
    public bool IsNote => Bytes is null;
}
