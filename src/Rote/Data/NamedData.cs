namespace Rote.Data;

/// <summary>Data with what an experiment calls it.</summary>
/// <param name="Spec">Name, and for the user's own data its checksum and image size; the whole set.</param>
/// <param name="Data">The examples.</param>
public sealed record NamedData(DataSpec Spec, DatasetSplits Data) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Data.Dispose();
}
