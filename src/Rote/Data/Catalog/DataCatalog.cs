using Rote.Data.Download;
using Rote.Data.Shapes;

namespace Rote.Data.Catalog;

/// <summary>The data sets that have a name, and the way from a name to examples in memory.</summary>
public static class DataCatalog
{
    /// <summary>All entries, the paper's own first.</summary>
    public static IReadOnlyList<CatalogEntry> Entries { get; } =
    [Cifar10.Entry, Mnist.Entry, FashionMnist.Entry, ShapeImages.Entry, ModularAddition.Entry];

    /// <summary>Looks up a name.</summary>
    /// <param name="name">Such as <c>cifar10</c>; or a name with a number: <c>modular-addition-97</c> for <c>modular-addition</c> with
    /// modulus 97, <c>many-shapes-2000</c> for 2,000 pictures of <see cref="ManyShapes"/>.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="InputException">There is no such entry (the message suggests the nearest), or the number is out of
    /// range.</exception>
    public static CatalogEntry Find(string name) =>
        Entries.FirstOrDefault(e => e.Name == name)
        ?? Numbered(name)
        ?? throw Nearest.Unknown("data set", name, [.. Entries.Select(e => e.Name)]);

    /// <summary>The entry of a set that has a number in its name.</summary>
    /// <returns>Null for another name.</returns>
    /// <exception cref="InputException">The number is out of range.</exception>
    internal static CatalogEntry? Numbered(string name) => ModularAddition.Named(name) ?? ManyShapes.Named(name);

    /// <summary>Fetches what is not in the data folder yet, or draws it. Files that are there but damaged are made anew.</summary>
    /// <param name="name">A catalog name.</param>
    /// <param name="cache">The data folder.</param>
    /// <param name="progress">Receives messages; null for silence.</param>
    /// <param name="token">Cancels the fetch; a later one resumes it.</param>
    /// <exception cref="InputException">The name is not known.</exception>
    /// <exception cref="MachineException">No source works, or the folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Fetch(string name, DataFolder cache, IProgress<DownloadProgress>? progress = null, CancellationToken token = default)
    {
        var entry = Find(name);
        if (entry.KeptAs is not null)
        {
            Load(name, cache, progress, token).Dispose();
            return;
        }

        using var fetcher = new Fetcher(cache, progress);
        fetcher.FetchAsync(entry, repair: true, token).GetAwaiter().GetResult();
    }

    /// <summary>Loads examples into memory; what is not in the data folder yet is fetched first.</summary>
    /// <param name="name">A catalog name.</param>
    /// <param name="cache">The data folder.</param>
    /// <param name="progress">Receives messages; null for silence.</param>
    /// <param name="token">Cancels the fetch; a later one resumes it.</param>
    /// <returns>uint8 images [N, H, W, C] or float32 vectors [N, D], and their labels; the caller owns them. Images of <see
    /// cref="ManyShapes"/> stay in a packed file.</returns>
    /// <remarks>Every byte is checked by SHA-256 before use, on each load.</remarks>
    /// <exception cref="InputException">The name is not known, or a file in the data folder is damaged.</exception>
    /// <exception cref="MachineException">No source works, or the folder cannot be written or read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DatasetSplits Load(
        string name,
        DataFolder cache,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken token = default
    )
    {
        var entry = Find(name);
        using var fetcher = new Fetcher(cache, progress);
        fetcher.FetchAsync(entry, repair: false, token).GetAwaiter().GetResult();
        return entry.Read(new CatalogRequest(new CheckedFiles(entry, cache), cache.Of(entry.Name), progress, token));
    }
}
