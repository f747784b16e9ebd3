using Rote.Data.Formats.Pictures;
using Rote.Data.Packing;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Data;

/// <summary>Which part of a data set.</summary>
public enum Split
{
    /// <summary>The examples a network is trained on.</summary>
    Train,

    /// <summary>The examples it never sees in training.</summary>
    Test,
}

/// <summary>Where data came from, so that a result can name its input.</summary>
/// <param name="Name">Catalog name or file name, such as <c>cifar10</c>.</param>
/// <param name="Source">Which source delivered it, in words.</param>
/// <param name="Sha256">SHA-256 of the content that was read, lower-case hexadecimal.</param>
public sealed record Provenance(string Name, string Source, string Sha256);

/// <summary>Labelled images or vectors: one tensor of pixels or features, one of labels. Every stage works on this type.</summary>
/// <remarks>
/// For vectors (embeddings, rows of a table), <see cref="Pixels"/> has two dimensions instead of four and holds features on any scale. A
/// vector counts as one row of D columns and one channel.
/// Pixels are stored as rows, columns, channels (NHWC), because a batch taken from that layout can be viewed as channels-last for free.
/// <see cref="Rows"/> tells where each example stands in the source, whatever the order here. The object owns its tensors, never changes
/// after construction, and is safe to read from several threads.
/// </remarks>
public sealed class Dataset : IDisposable
{
    /// <summary>Takes ownership of the tensors.</summary>
    /// <param name="pixels">[N, H, W, C], uint8 in [0, 255], or float32 on the same scale where bytes cannot hold the values; for vectors
    /// [N, D] float32, or float64 where float32 would round.</param>
    /// <param name="labels">[N] int64, each in [0, <paramref name="classNames"/>.Count).</param>
    /// <param name="classNames">One name per class, at least one.</param>
    /// <param name="split">Which part of the data set this is.</param>
    /// <param name="provenance">Where it came from.</param>
    /// <param name="rows">[N] where each example stands in its source; null: rows in their order, of no file.</param>
    /// <param name="featureNames">[D] the user's names of a vector's features; null if they have only numbers, and for images.</param>
    /// <param name="columns">For rows of a table, the columns that the features were made from, unless every feature is a column of
    /// numbers; else null.</param>
    /// <param name="texts">[N] the text of each example; null if the examples are not texts.</param>
    /// <exception cref="ArgumentException">A shape, a dtype or the number of names is not as described.</exception>
    /// <exception cref="InputException">A label is out of range.</exception>
    public Dataset(
        Tensor pixels,
        Tensor labels,
        IReadOnlyList<string> classNames,
        Split split,
        Provenance provenance,
        SourceRows? rows = null,
        IReadOnlyList<string>? featureNames = null,
        IReadOnlyList<DataColumn>? columns = null,
        IReadOnlyList<string>? texts = null
    )
    {
        ReadOnlySpan<long> sizes =
            pixels.dtype is ScalarType.Float32 or ScalarType.Float64 && pixels.dim() == 2 ? [-1, -1] : [-1, -1, -1, -1];
        Shape.Require(pixels, nameof(pixels), sizes);
        Shape.Require(labels, nameof(labels), pixels.shape[0]);
        if (
            !(pixels.dtype is ScalarType.Byte or ScalarType.Float32 || (pixels.dtype == ScalarType.Float64 && pixels.dim() == 2))
            || labels.dtype != ScalarType.Int64
        )
        {
            throw new ArgumentException(
                $"Pixels are uint8 or float32 (vectors also float64) and labels int64; found {pixels.dtype} and {labels.dtype}.",
                nameof(pixels)
            );
        }

        if (rows is not null && rows.Count != pixels.shape[0])
        {
            throw new ArgumentException(
                $"There are {rows.Count} row identities, expected one for each of {pixels.shape[0]} examples.",
                nameof(rows)
            );
        }

        if (texts is not null && texts.Count != pixels.shape[0])
        {
            throw new ArgumentException(
                $"There are {texts.Count} texts, expected one for each of {pixels.shape[0]} examples.",
                nameof(texts)
            );
        }

        if (columns is not null && (pixels.dim() != 2 || columns.Sum(c => (long)c.Features) != pixels.shape[1]))
        {
            throw new ArgumentException(
                $"The columns make {columns.Sum(c => (long)c.Features)} features, and the examples have the shape "
                    + $"{Shape.Text(pixels.shape.AsSpan(1))}.",
                nameof(columns)
            );
        }

        if (featureNames is not null && (pixels.dim() != 2 || featureNames.Count != pixels.shape[1]))
        {
            throw new ArgumentException(
                $"There are {featureNames.Count} names for examples of the shape {Shape.Text(pixels.shape.AsSpan(1))}, expected one for "
                    + $"each feature.",
                nameof(featureNames)
            );
        }

        RequireLabelsInRange(labels, classNames.Count, provenance.Name);
        Pixels = pixels.DetachFromDisposeScope();
        Labels = labels.DetachFromDisposeScope();
        ClassNames = classNames;
        Split = split;
        Provenance = provenance;
        Rows = rows ?? SourceRows.Of("", Count);
        FeatureNames = featureNames;
        Columns = columns;
        Texts = texts;
    }

    /// <summary>[N, H, W, C] uint8 or float32, in [0, 255]; for vectors [N, D] float32. Before standardization, vectors may be float64, and
    /// NaN marks a missing value of a table.</summary>
    public Tensor Pixels { get; }

    /// <summary>The file that holds the pixels, read page by page on demand; null if they are in memory. Pixels in a file are not copied as
    /// a whole: they may be larger than memory.</summary>
    internal MappedFile? File { get; private init; }

    /// <summary>The files that the pictures were decoded from, larger than they are here; null if there are none, or if the pixels are
    /// others by now.</summary>
    internal FolderPictures? Pictures { get; init; }

    /// <summary>Whether the examples are vectors, without rows and columns.</summary>
    public bool IsVectors => Pixels.dim() == 2;

    /// <summary>What one of the examples is called in a sentence: picture, text, row (of a table) or vector.</summary>
    internal string Noun =>
        !IsVectors ? "picture"
        : Texts is not null ? "text"
        : FeatureNames is not null || Columns is not null ? "row"
        : "vector";

    /// <summary>[D] the user's names of a vector's features, such as the columns of a table; null if they have only numbers, and for
    /// images.</summary>
    public IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>For rows of a table, the columns that the features were made from, unless every feature is a column of numbers; else
    /// null.</summary>
    public IReadOnlyList<DataColumn>? Columns { get; }

    /// <summary>[N] the text of each example, as it was read; null if the examples are not texts. A network sees its hashed words and parts
    /// of words (<see cref="Pixels"/>).</summary>
    public IReadOnlyList<string>? Texts { get; }

    /// <summary>[N] int64 class numbers.</summary>
    public Tensor Labels { get; }

    /// <summary>One name per class; a label is an index into it.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Which part of the data set.</summary>
    public Split Split { get; }

    /// <summary>Where the data came from.</summary>
    public Provenance Provenance { get; }

    /// <summary>[N] where each example stands in its source: a picture's path in its folder, or a file and a row of it.</summary>
    public SourceRows Rows { get; }

    /// <summary>[N] the user's name of each example, as <see cref="RowIdentity.Name"/> gives it.</summary>
    public IReadOnlyList<string> ExampleNames => Rows.Names;

    /// <summary>Number of examples.</summary>
    public int Count => (int)Pixels.shape[0];

    /// <summary>Rows of an image, in pixels; 1 for vectors.</summary>
    public int Height => IsVectors ? 1 : (int)Pixels.shape[1];

    /// <summary>Columns of an image, in pixels; for vectors the number of features.</summary>
    public int Width => (int)Pixels.shape[IsVectors ? 1 : 2];

    /// <summary>Values per pixel: 1 for grey, 3 for red, green, blue; 1 for vectors.</summary>
    public int Channels => IsVectors ? 1 : (int)Pixels.shape[3];

    /// <summary>Number of classes.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>Examples whose pixels lie in a file.</summary>
    internal static Dataset OfFile(
        Tensor pixels,
        Tensor labels,
        IReadOnlyList<string> classNames,
        Split split,
        Provenance provenance,
        SourceRows rows,
        MappedFile file
    ) => new(pixels, labels, classNames, split, provenance, rows) { File = file };

    /// <summary>The first examples, in the order of this set.</summary>
    /// <param name="count">How many; all of them if there are fewer.</param>
    /// <returns>A copy that the caller owns; pixels that lie in a file stay there.</returns>
    public Dataset Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Slice(0, Math.Min(count, Count));
    }

    /// <summary>Consecutive examples.</summary>
    private Dataset Slice(int start, int count)
    {
        using var scope = NewDisposeScope();
        var pixels = Pixels.narrow(0, start, count);
        return Like(
            File is null ? pixels.clone() : pixels,
            Labels.narrow(0, start, count).clone(),
            Rows.Slice(start, count),
            Texts is { } texts ? [.. texts.Skip(start).Take(count)] : null,
            File,
            Pictures
        );
    }

    /// <summary>Some of the examples.</summary>
    /// <param name="rows">Which, in the order of the result; each in [0, <see cref="Count"/>), at least one.</param>
    /// <returns>A copy that the caller owns; pixels that lie in a file stay there if the rows are consecutive.</returns>
    public Dataset Select(IReadOnlyList<long> rows)
    {
        if (File is not null && rows.Count > 0 && rows.Index().All(row => row.Item == rows[0] + row.Index))
        {
            return Slice(checked((int)rows[0]), rows.Count);
        }

        using var scope = NewDisposeScope();
        var index = tensor(rows.ToArray(), int64);
        return Like(
            Pixels.index_select(0, index),
            Labels.index_select(0, index),
            Rows.Select(rows),
            Texts is { } texts ? [.. rows.Select(row => texts[(int)row])] : null,
            pictures: Pictures
        );
    }

    /// <summary>The examples of one set, then those of another with the same shape, classes and features.</summary>
    /// <param name="first">The caller keeps ownership.</param>
    /// <param name="second">The same.</param>
    /// <param name="split">Which part of a data set the result is.</param>
    /// <returns>A copy that the caller owns, with the provenance of the first and the rows of both. Pixels that are consecutive in one file
    /// stay there.</returns>
    public static Dataset Concat(Dataset first, Dataset second, Split split)
    {
        using var scope = NewDisposeScope();
        var follows = first.File is not null && first.File == second.File && Follows(first.Pixels, second.Pixels);
        return new Dataset(
            follows
                ? first.Pixels.as_strided([first.Count + second.Count, .. first.Pixels.shape[1..]], first.Pixels.stride())
                : cat([first.Pixels, second.Pixels], 0),
            cat([first.Labels, second.Labels], 0),
            first.ClassNames,
            split,
            first.Provenance,
            first.Rows.Concat(second.Rows),
            first.FeatureNames,
            first.Columns,
            first.Texts is { } texts && second.Texts is { } others ? [.. texts, .. others] : null
        )
        {
            File = follows ? first.File : null,
            Pictures = first.Pictures == second.Pictures ? first.Pictures : null,
        };
    }

    private static bool Follows(Tensor first, Tensor second) =>
        first.is_contiguous()
        && second.is_contiguous()
        && first.shape.AsSpan(1).SequenceEqual(second.shape.AsSpan(1))
        && new Rows<byte>(first).End == new Rows<byte>(second).Start;

    /// <summary>The middle of every image; not for vectors.</summary>
    /// <param name="side">Rows and columns of the result, at most the image's; an odd remainder is cut at the bottom and the right.</param>
    /// <returns>A copy that the caller owns; pixels that lie in a file stay there.</returns>
    /// <remarks>Zhang et al. 2017, appendix A: 32×32 CIFAR-10 images are cropped to their centre 28×28.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The images are smaller than <paramref name="side"/>.</exception>
    public Dataset CenterCrop(int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, Math.Min(Height, Width));
        using var scope = NewDisposeScope();
        var rows = Pixels.narrow(1, (Height - side) / 2, side);
        var middle = rows.narrow(2, (Width - side) / 2, side);
        return Like(File is null ? middle.clone().contiguous() : middle, Labels.clone(), Rows, Texts, File);
    }

    /// <summary>The same examples with other pixels or other labels; what is not replaced is shared, not copied.</summary>
    /// <param name="pixels">[N, H, W, C] uint8 or float32, or [N, D] float32 or float64, owned by the result; null keeps the
    /// pixels.</param>
    /// <param name="labels">[N] int64, owned by the result; null keeps the labels.</param>
    /// <returns>A data set that the caller owns and disposes of separately.</returns>
    public Dataset With(Tensor? pixels = null, Tensor? labels = null) =>
        pixels is null
            ? Like(Pixels.alias(), labels ?? Labels.alias(), Rows, Texts, File, Pictures)
            : Like(pixels, labels ?? Labels.alias(), Rows, Texts);

    /// <summary>The same examples with other classes.</summary>
    /// <param name="labels">[N] int64, owned by the result.</param>
    /// <param name="classNames">One name per class; the labels are indices into it.</param>
    /// <returns>A data set that the caller owns and disposes of separately.</returns>
    /// <exception cref="InputException">A label is out of range.</exception>
    public Dataset WithClasses(Tensor labels, IReadOnlyList<string> classNames) =>
        new(Pixels.alias(), labels, classNames, Split, Provenance, Rows, FeatureNames, Columns, Texts) { File = File, Pictures = Pictures };

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixels.Dispose();
        Labels.Dispose();
    }

    private Dataset Like(
        Tensor pixels,
        Tensor labels,
        SourceRows rows,
        IReadOnlyList<string>? texts,
        MappedFile? file = null,
        FolderPictures? pictures = null
    ) => new(pixels, labels, ClassNames, Split, Provenance, rows, FeatureNames, Columns, texts) { File = file, Pictures = pictures };

    private static void RequireLabelsInRange(Tensor labels, int classes, string name)
    {
        var values = labels.data<long>();
        for (var i = 0L; i < values.Count; i++)
        {
            if (values[i] < 0 || values[i] >= classes)
            {
                throw new InputException($"{name}: the label of example {i} is {values[i]}, expected 0 to {classes - 1}.");
            }
        }
    }
}
