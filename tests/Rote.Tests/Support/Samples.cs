using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Tests.Support;

/// <summary>Small data sets made on the spot.</summary>
internal static class Samples
{
    /// <summary>Images of random bytes with random labels; the caller owns them.</summary>
    public static DatasetSplits Noise(int train, int test, int side = 6, int channels = 3, int classes = 10, long seed = 1) =>
        new(Images(train, side, channels, classes, Split.Train, seed), Images(test, side, channels, classes, Split.Test, seed + 1));

    /// <summary>Images whose mean brightness tells their class, so that a small network learns them in a few epochs.</summary>
    public static DatasetSplits Learnable(int train, int test, int side = 6, int classes = 4, long seed = 1) =>
        new(Brightness(train, side, classes, Split.Train, seed), Brightness(test, side, classes, Split.Test, seed + 1));

    private static Dataset Images(int count, int side, int channels, int classes, Split split, long seed)
    {
        using var scope = NewDisposeScope();
        var stream = new Seeds(seed).Stream("sample");
        var pixels = new byte[count * side * side * channels];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)stream.NextInt(256);
        }

        var labels = Enumerable.Range(0, count).Select(_ => (long)stream.NextInt(classes)).ToArray();
        return Build(pixels, labels, side, channels, classes, split);
    }

    private static Dataset Brightness(int count, int side, int classes, Split split, long seed)
    {
        using var scope = NewDisposeScope();
        var stream = new Seeds(seed).Stream("sample");
        var labels = Enumerable.Range(0, count).Select(i => (long)(i % classes)).ToArray();

        // A bright row in one of several places: whitening keeps it, unlike an overall brightness.
        var pixels = new byte[count * side * side];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (image, row) = (i / (side * side), i % (side * side) / side);
            pixels[i] = (byte)(stream.NextInt(100) + (row == labels[image] ? 150 : 0));
        }

        return Build(pixels, labels, side, 1, classes, split);
    }

    private static Dataset Build(byte[] pixels, long[] labels, int side, int channels, int classes, Split split) =>
        new(
            tensor(pixels, [labels.Length, side, side, channels], uint8),
            tensor(labels, int64),
            [.. Enumerable.Range(0, classes).Select(c => $"class {c}")],
            split,
            new Provenance("sample", "made by the test", "")
        );
}
