using Rote.Data.Encoders;

namespace Rote.Data;

/// <summary>Which data an experiment uses, and how much of it.</summary>
public sealed record DataSpec
{
    /// <summary>Catalog name, such as <c>cifar10</c>; for the user's own data, a short form of its folder or file name.</summary>
    public required string Name { get; init; }

    /// <summary>The SHA-256 of the user's own data (<see cref="Provenance.Sha256"/>) or of a label file for a catalog set, 64 lower-case
    /// hexadecimal digits; null for a catalog set with its own labels.</summary>
    /// <exception cref="InputException">The value is not a SHA-256.</exception>
    public string? Sha256
    {
        get;
        init =>
            field =
                value is null || (value.Length == 64 && value.All(char.IsAsciiHexDigitLower))
                    ? value
                    : throw new InputException($"The SHA-256 of the data is \"{value}\", expected 64 lower-case hexadecimal digits.");
    }

    /// <summary>The side in pixels of the square that the user's own pictures were scaled to; null if they kept their size.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int? ImageSize
    {
        get;
        init =>
            field = value is null or (>= 1 and <= UserDataOptions.MaxImageSize)
                ? value
                : throw new InputException($"The image size is {value}, expected 1 to {UserDataOptions.MaxImageSize}.");
    }

    /// <summary>How the user's own pictures became squares; null if by the central square, or if they kept their size.</summary>
    public PictureFit? Fit { get; init; }

    /// <summary>The bits of the scale on which the user's own 16-bit pictures were read, 1 to 16; null if there were none.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int? SampleBits
    {
        get;
        init =>
            field = value is null or (>= 1 and <= 16)
                ? value
                : throw new InputException($"The bits of a picture's values are {value}, expected 1 to 16.");
    }

    /// <summary>The column of the user's own table that the labels were taken from; null if there was no choice.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The encoder that turned the examples into vectors; null if a network reads the examples as they are.</summary>
    public EncoderSpec? Encoder { get; init; }

    /// <summary>The spec of the whole set that this is a part of.</summary>
    /// <returns>The same without example counts and crop.</returns>
    public DataSpec Whole() => this with { Examples = null, TestFrom = null, TestExamples = null, CropSide = null };

    /// <summary>Only this many training examples, at least 1: the first ones, unless <see cref="Cut"/> draws a sample. Null: all.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int? Examples
    {
        get;
        init =>
            field = value is null or >= 1 ? value : throw new InputException($"The number of examples is {value}, expected at least 1.");
    }

    /// <summary>The first test example to use, counted from 0, at least 1; null: example 0. So a choice made on some test examples can be
    /// tested on the others.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int? TestFrom
    {
        get;
        init =>
            field = value is null or >= 1
                ? value
                : throw new InputException($"The first test example is {value}, expected a number from 1; leave it out for 0.");
    }

    /// <summary>Only this many test examples, at least 1; null: all from <see cref="TestFrom"/> on.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int? TestExamples
    {
        get;
        init =>
            field = value is null or >= 1
                ? value
                : throw new InputException($"The number of test examples is {value}, expected at least 1.");
    }

    /// <summary>Side in pixels of the centre crop, at least 1; null: the whole image. Smaller images stay as they are.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int? CropSide
    {
        get;
        init => field = value is null or >= 1 ? value : throw new InputException($"The side of the crop is {value}, expected at least 1.");
    }

    /// <summary>Takes the examples and the crop from a whole set.</summary>
    /// <param name="whole">The set of that name; the caller keeps ownership.</param>
    /// <returns>A copy that the caller owns.</returns>
    /// <remarks>If the user's own examples are grouped by label, a part of them is a random sample (<see cref="FairSample"/>).</remarks>
    /// <exception cref="InputException">No test example is left.</exception>
    public DatasetSplits Cut(DatasetSplits whole)
    {
        using var kept = Sha256 is null
            ? whole.Train.Take(Examples ?? whole.Train.Count)
            : FairSample.Of(whole.Train, Examples ?? whole.Train.Count);

        _ = TestsIn(whole);
        using var tested = Tested(whole.Test);
        return whole with { Train = Crop(kept), Test = Crop(tested) };

        Dataset Crop(Dataset images) => CropOf(images.Height, images.Width) is { } side ? images.CenterCrop(side) : images.With();
    }

    /// <summary>The test examples from <see cref="TestFrom"/> on.</summary>
    /// <param name="whole">The set of that name.</param>
    /// <returns>How many there are, at least 1.</returns>
    /// <exception cref="InputException">None is left.</exception>
    public int TestsIn(DatasetSplits whole)
    {
        var (count, from) = (whole.Test.Count, TestFrom ?? 0);
        return from < count
            ? count - from
            : throw new InputException($"{Name} has {count} test examples, and those from {from} on are asked for.");
    }

    private Dataset Tested(Dataset test)
    {
        var from = TestFrom ?? 0;
        return from == 0
            ? test.Take(TestExamples ?? test.Count)
            : test.Select([.. Enumerable.Range(from, Math.Min(TestExamples ?? test.Count, test.Count - from)).Select(row => (long)row)]);
    }

    /// <summary>What a network sees of a picture.</summary>
    /// <param name="height">Rows of the whole picture.</param>
    /// <param name="width">Its columns.</param>
    /// <returns>Rows and columns after the crop.</returns>
    public (int Height, int Width) Seen(int height, int width) => CropOf(height, width) is { } side ? (side, side) : (height, width);

    /// <summary>The side to crop to; null if the picture stays as it is.</summary>
    private int? CropOf(int height, int width) => CropSide is { } side && Math.Min(height, width) > side ? side : null;
}
