using Rote.Data.Download;
using Rote.Data.Packing.Sources;

namespace Rote.Data.Packing;

/// <summary>How pictures are packed.</summary>
public sealed record PackOptions
{
    /// <summary>How the source is read: size, fit, labels, what to do with bad pictures.</summary>
    public UserDataOptions Reading { get; init; } = new();

    /// <summary>Decode JPEG files whole, as training on a folder does. Default: at the smallest of 1/8, 1/4, 1/2 and 1 of their size that
    /// reaches the stored size, which is several times as fast and gives slightly other pixels.</summary>
    public bool DecodeWhole { get; init; }
}

/// <summary>What was packed.</summary>
/// <param name="Path">The file that was written.</param>
/// <param name="Train">Training pictures.</param>
/// <param name="Test">Test pictures.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Height">Rows of a picture.</param>
/// <param name="Width">Columns of a picture.</param>
/// <param name="Channels">Values per pixel.</param>
/// <param name="Bytes">Bytes of the file.</param>
/// <param name="LeftOut">Pictures that could not be read and were left out.</param>
public sealed record PackedData(
    string Path,
    int Train,
    int Test,
    int Classes,
    int Height,
    int Width,
    int Channels,
    long Bytes,
    int LeftOut
);

/// <summary>Packs a set of pictures into one file, which a network can train on without holding it in memory.</summary>
/// <remarks>docs/guide/own-data.md says what a source may be, docs/reference/formats.md how the file is laid out.</remarks>
public static class Packer
{
    /// <summary>Packs a source, reading some pictures at a time.</summary>
    /// <param name="source">A catalog name; a folder of pictures, WebDataset tars, Parquet files with pictures or batches of downsampled
    /// ImageNet; a WebDataset tar or Parquet file; or anything else that <see cref="DatasetLoader"/> reads as pictures.</param>
    /// <param name="file">The file to write, ending in <c>.rote</c>; an existing one is replaced once the new one is whole.</param>
    /// <param name="cache">The data folder, for catalog names.</param>
    /// <param name="options">How pictures are read; null: the defaults.</param>
    /// <param name="progress">Receives messages and the bytes packed so far; null for silence.</param>
    /// <param name="token">Cancels; nothing is left behind.</param>
    /// <returns>What was packed. The same source and options give the same bytes, whatever the number of threads.</returns>
    /// <remarks>Stores pictures in a fixed random order. A killed process leaves a temporary file; the next attempt removes it.</remarks>
    /// <exception cref="InputException">The source is not pictures, is damaged, or a picture cannot be used.</exception>
    /// <exception cref="MachineException">Something cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PackedData Pack(
        string source,
        string file,
        DataFolder cache,
        PackOptions? options = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken token = default
    )
    {
        var own = options ?? new PackOptions();
        if (!file.EndsWith(PackedFile.Extension, StringComparison.OrdinalIgnoreCase) || Directory.Exists(file))
        {
            throw new InputException($"The packed file is to be {file}, expected the name of a file that ends in {PackedFile.Extension}.");
        }

        using var pictures = PackSources.Open(source, cache, own.Reading, progress, token);
        if (pictures.Plan.Test.Length == 0)
        {
            throw new InputException($"{source} has no pictures to test on, expected at least two of one class.");
        }

        var shape = pictures.Shape with { IsDecodedScaled = !own.DecodeWhole };
        return new PackWriter(pictures, shape, own.Reading, progress, token).Write(Path.GetFullPath(file));
    }
}
