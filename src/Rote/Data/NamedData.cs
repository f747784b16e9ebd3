namespace Rote.Data;

/// <summary>Data with its name in experiments.</summary>
/// <param name="Spec">The name of the whole set, and for the user's own data its checksum and image size.</param>
/// <param name="Data">The examples.</param>
public sealed record NamedData(DataSpec Spec, DatasetSplits Data) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Data.Dispose();
}
