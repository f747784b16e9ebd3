using Rote.Data.Download;
using Rote.Data.Formats.Idx;
using static TorchSharp.torch;

namespace Rote.Data.Catalog;

/// <summary>Loads a set of four IDX files: training images and labels, test images and labels.</summary>
internal static class IdxSet
{
    /// <summary>Reads both splits.</summary>
    /// <param name="files">The checked files.</param>
    /// <param name="four">Training images, training labels, test images, test labels.</param>
    /// <param name="classes">One name per class.</param>
    public static DatasetSplits Read(CheckedFiles files, DataFile[] four, IReadOnlyList<string> classes)
    {
        var train = Read(files, four[0], four[1], classes, Split.Train);
        try
        {
            return new DatasetSplits(train, Read(files, four[2], four[3], classes, Split.Test));
        }
        catch
        {
            train.Dispose();
            throw;
        }
    }

    private static Dataset Read(CheckedFiles files, DataFile images, DataFile labels, IReadOnlyList<string> classes, Split split) =>
        Combine((images.Name, files.Read(images)), (labels.Name, files.Read(labels)), classes, split, files.Provenance([images, labels]));

    /// <summary>Makes a data set from the contents of two IDX files.</summary>
    /// <exception cref="InputException">A file is damaged, the numbers of images and labels differ, or a label is out of range.</exception>
    internal static Dataset Combine(
        (string Name, byte[] Content) images,
        (string Name, byte[] Content) labels,
        IReadOnlyList<string> classes,
        Split split,
        Provenance provenance
    )
    {
        var (sizes, pixels) = IdxFile.Read(images.Content, images.Name, dimensions: 3);
        var (labelSizes, labelBytes) = IdxFile.Read(labels.Content, labels.Name, dimensions: 1);
        if (labelSizes[0] != sizes[0])
        {
            throw new InputException(
                $"{labels.Name} has {labelSizes[0]} labels and {images.Name} has {sizes[0]} images, expected as many of each."
            );
        }

        var wrong = Array.FindIndex(labelBytes, l => l >= classes.Count);
        if (wrong >= 0)
        {
            throw new InputException(
                $"{labels.Name}: the label of example {wrong} is {labelBytes[wrong]}, expected 0 to {classes.Count - 1}."
            );
        }

        using var scope = NewDisposeScope();
        var pixelTensor = tensor(pixels, dtype: uint8).reshape(sizes[0], sizes[1], sizes[2], 1); // [N, H, W, 1]
        return new Dataset(
            pixelTensor,
            tensor(labelBytes, dtype: uint8).to(int64),
            classes,
            split,
            provenance,
            SourceRows.Of(split == Split.Train ? "train" : "test", sizes[0])
        );
    }
}
