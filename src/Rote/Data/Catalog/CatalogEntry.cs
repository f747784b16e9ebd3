using Rote.Data.Download;

namespace Rote.Data.Catalog;

/// <summary>A data set that can be named on the command line.</summary>
public sealed record CatalogEntry
{
    /// <summary>The name to type, such as <c>cifar10</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>One name per class; a label is an index into it.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Rows of an image, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of an image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Values per pixel: 1 for grey, 3 for red, green, blue.</summary>
    public required int Channels { get; init; }

    /// <summary>Whether an example is a vector, with 1 row, one column per feature and 1 channel. Default false.</summary>
    public bool IsVector { get; init; }

    /// <summary>Number of training examples.</summary>
    public required int TrainExamples { get; init; }

    /// <summary>Number of test examples.</summary>
    public required int TestExamples { get; init; }

    /// <summary>Licence or terms of use, as its authors state them.</summary>
    public required string Terms { get; init; }

    /// <summary>Whom to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>The authors' page.</summary>
    public required string Page { get; init; }

    /// <summary>The files kept in the data folder; none for a set that is generated.</summary>
    public IReadOnlyList<DataFile> Files { get; init; } = [];

    /// <summary>The name of the file in the data folder that a generated set is kept in, because it may be larger than memory; null if it
    /// is drawn whenever it is asked for. Default null.</summary>
    public string? KeptAs { get; init; }

    /// <summary>Size of <see cref="Files"/> in the data folder, in bytes.</summary>
    public long Bytes => Files.Sum(f => f.Bytes);

    /// <summary>Where it is fetched from, in the order tried, in words.</summary>
    public IReadOnlyList<string> Sources => [.. Origins.Select(o => o.Description)];

    /// <summary>What a user without internet access puts into the data set's folder, such as "the file cifar-10-binary.tar.gz".</summary>
    internal string ByHand { get; init; } = "";

    /// <summary>Peak disk space while it is fetched, in bytes, beyond <see cref="Bytes"/>.</summary>
    internal long FetchBytes { get; init; }

    internal IReadOnlyList<DataSource> Origins { get; init; } = [];

    /// <summary>Makes examples from the files, once they are there.</summary>
    internal Func<CatalogRequest, DatasetSplits> Read { get; init; } =
        _ => throw new InvalidOperationException("A catalog entry says how it is read.");

    /// <summary>Whether all of its files are in the data folder, by name and size; always true for a set that is generated and not
    /// kept.</summary>
    /// <param name="cache">The data folder.</param>
    /// <returns>True if it can be loaded without fetching or drawing; contents are checked when they are loaded.</returns>
    public bool IsCached(DataFolder cache) =>
        Files.All(f => new FileInfo(Path.Combine(cache.Of(Name), f.Name)) is { Exists: true } found && found.Length == f.Bytes)
        && (KeptAs is null || File.Exists(Path.Combine(cache.Of(Name), KeptAs)));
}
