using System.Security.Cryptography;
using Rote.Data.Catalog;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Data.Shapes;

/// <summary>The generated data set <c>shapes</c>: ten forms, drawn from a seed. Everything else about an image is independent of its
/// class.</summary>
/// <remarks>docs/reference/shapes.md describes it, and how well a linear model and a small convolutional network do.</remarks>
public static class ShapeImages
{
    /// <summary>The seed of the catalog's set.</summary>
    public const long DefaultSeed = 0;

    private const int Run = 10; // the number of forms
    private const int ImageBytes = Painter.Side * Painter.Side * 3;

    internal static CatalogEntry Entry { get; } =
        new()
        {
            Name = "shapes",
            Title = "Shapes, drawn by this program",
            ClassNames = Forms.Names,
            Height = Painter.Side,
            Width = Painter.Side,
            Channels = 3,
            TrainExamples = 50_000,
            TestExamples = 10_000,
            Terms = "as this program",
            Citation = "this program, docs/reference/shapes.md",
            Page = "docs/reference/shapes.md",
            Read = _ => Generate(50_000, 10_000),
        };

    /// <summary>Draws both splits.</summary>
    /// <param name="train">Number of training examples, at least 1.</param>
    /// <param name="test">Number of test examples, at least 1.</param>
    /// <param name="seed">Another seed draws other images of the same kind.</param>
    /// <returns>uint8 images [N, 32, 32, 3] of ten classes, one of each in every run of ten; the caller owns them. The checksum in their
    /// provenance is that of the pixels.</returns>
    /// <remarks>The images are the same on every machine and for every thread count, and the first ones do not depend on how many follow.
    /// An image takes a core about 0.1 ms.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static DatasetSplits Generate(int train, int test, long seed = DefaultSeed)
    {
        var trainImages = Generate(train, Split.Train, seed);
        try
        {
            return new DatasetSplits(trainImages, Generate(test, Split.Test, seed));
        }
        catch
        {
            trainImages.Dispose();
            throw;
        }
    }

    private static Dataset Generate(int count, Split split, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var (pixels, labels) = Draw(count, split, seed, Environment.ProcessorCount);
        using var scope = NewDisposeScope();
        var provenance = new Provenance("shapes", $"images drawn from seed {seed}", Convert.ToHexStringLower(SHA256.HashData(pixels)));
        return new Dataset(
            tensor(pixels, dtype: uint8).reshape(count, Painter.Side, Painter.Side, 3),
            tensor(labels),
            Forms.Names,
            split,
            provenance,
            SourceRows.Of(split == Split.Train ? "train" : "test", count)
        );
    }

    /// <summary>Pixels, image after image, and labels.</summary>
    internal static (byte[] Pixels, long[] Labels) Draw(int count, Split split, long seed, int threads)
    {
        var seeds = new Seeds(seed);
        var pixels = new byte[(long)count * ImageBytes];
        var labels = new long[count];
        Parallel.For(
            0,
            (count + Run - 1) / Run,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => new Painter(),
            (run, _, painter) =>
            {
                for (var i = run * Run; i < Math.Min(count, (run + 1) * Run); i++)
                {
                    labels[i] = Draw(seeds, split, i, painter, pixels.AsSpan(i * ImageBytes, ImageBytes));
                }

                return painter;
            },
            _ => { }
        );
        return (pixels, labels);
    }

    /// <summary>Draws one image.</summary>
    /// <param name="seeds">The set's randomness.</param>
    /// <param name="split">Training or test.</param>
    /// <param name="image">Its number in the split, from 0.</param>
    /// <param name="painter">Paints; not used by two threads at a time.</param>
    /// <param name="bytes">[32 · 32 · 3] to fill.</param>
    /// <returns>Its form. Each run of ten images holds every form once, in random order: classes are balanced, however many images are
    /// drawn.</returns>
    internal static int Draw(Seeds seeds, Split split, int image, Painter painter, Span<byte> bytes)
    {
        var (purpose, ofForms) =
            split == Split.Train
                ? (SeedStreams.TrainShapes, SeedStreams.TrainShapeLabels)
                : (SeedStreams.TestShapes, SeedStreams.TestShapeLabels);
        var form = (int)seeds.Permutation(ofForms, image / Run, Run)[image % Run];
        painter.Paint(form, seeds.Stream(purpose, image), bytes);
        return form;
    }
}
