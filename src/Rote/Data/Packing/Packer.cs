using Rote.Data.Download;
using Rote.Data.Packing.Sources;

namespace Rote.Data.Packing;

/// <summary>How pictures are packed.</summary>
public sealed record PackOptions
{
    /// <summary>How the source is read: size, fit, labels, what to do with bad pictures.</summary>
    public UserDataOptions Reading { get; init; } = new();

    /// <summary>Decode JPEG files whole, as they are when a folder is trained on without packing. Default: at the smallest of 1/8, 1/4, 1/2
    /// and 1 of their size that is still as large as what they become, which is several times as fast and gives slightly other
    /// pixels.</summary>
    public bool DecodeWhole { get; init; }
}

/// <summary>What was packed.</summary>
/// <param name="Path">The file that was written.</param>
/// <param name="Train">Pictures to train on.</param>
/// <param name="Test">Pictures to test on.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Height">Rows of a picture.</param>
/// <param name="Width">Columns of a picture.</param>
/// <param name="Channels">Values a pixel: 1 for grey, 3 for red, green, blue.</param>
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

/// <summary>Makes one file of a set of pictures, which is then trained on without being in memory.</summary>
/// <remarks>docs/guide/own-data.md says what a source may be, docs/reference/formats.md how the file is laid out.</remarks>
public static class Packer
{
    /// <summary>Packs a source.</summary>
    /// <param name="source">A catalog name; a folder of pictures, of WebDataset tars, of Parquet files with pictures or of the batches of
    /// downsampled ImageNet; one such file; or whatever else <see cref="DatasetLoader"/> reads as pictures.</param>
    /// <param name="file">The file to write, called <c>.rote</c>; one that is there is replaced once the new one is whole.</param>
    /// <param name="cache">The data folder, for catalog names.</param>
    /// <param name="options">How pictures are read; null: the defaults.</param>
    /// <param name="progress">Told sentences, and pictures as they are packed; null for silence.</param>
    /// <param name="token">Stops; nothing is left behind.</param>
    /// <returns>What was packed. The same source and options give the same bytes, whatever the number of threads.</returns>
    /// <remarks>Pictures are read some at a time, and stored in a fixed random order. A process that is killed leaves a temporary file,
    /// which the next attempt removes.</remarks>
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
