using Rote.Data.Encoders;

namespace Rote.Data;

/// <summary>Which data an experiment uses, and how much of it.</summary>
public sealed record DataSpec
{
    /// <summary>Catalog name, as <c>cifar10</c>; for the user's own data a short form of its folder's or file's name.</summary>
    public required string Name { get; init; }

    /// <summary>For the user's own data the SHA-256 of its content (<see cref="Provenance.Sha256"/>), 64 lower-case hexadecimal digits;
    /// null for a catalog name.</summary>
    /// <exception cref="InputException">The value is no SHA-256.</exception>
    public string? Sha256
    {
        get;
        init =>
            field =
                value is null || (value.Length == 64 && value.All(char.IsAsciiHexDigitLower))
                    ? value
                    : throw new InputException($"The SHA-256 of the data is \"{value}\", expected 64 lower-case hexadecimal digits.");
    }

    /// <summary>For the user's own pictures the side of the square they were scaled to, in pixels; null where they kept their
    /// size.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int? ImageSize
    {
        get;
        init =>
            field = value is null or (>= 1 and <= UserDataOptions.MaxImageSize)
                ? value
                : throw new InputException($"The image size is {value}, expected 1 to {UserDataOptions.MaxImageSize}.");
    }

    /// <summary>For the user's own pictures how they became squares; null where that was by the central square, or they kept their
    /// size.</summary>
    public PictureFit? Fit { get; init; }

    /// <summary>For the user's own pictures of 16 bits a value the bits of the scale that they were read on, 1 to 16; null where there were
    /// none.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int? SampleBits
    {
        get;
        init =>
            field = value is null or (>= 1 and <= 16)
                ? value
                : throw new InputException($"The bits of a picture's values are {value}, expected 1 to 16.");
    }

    /// <summary>For the user's own tables the column that the labels were taken from; null where there was no choice.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The encoder that turned the examples into vectors; null where a network sees them as they are.</summary>
    public EncoderSpec? Encoder { get; init; }

    /// <summary>The whole set that this is taken from.</summary>
    /// <returns>The same without numbers of examples and crop.</returns>
    public DataSpec Whole() => this with { Examples = null, TestFrom = null, TestExamples = null, CropSide = null };

    /// <summary>Only the first so many training examples, at least 1; null: all.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int? Examples
    {
        get;
        init =>
            field = value is null or >= 1 ? value : throw new InputException($"The number of examples is {value}, expected at least 1.");
    }

    /// <summary>The first test example that is used, counted from 0, at least 1; null: the very first. What was chosen by looking at some
    /// of them is tested on the others.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int? TestFrom
    {
        get;
        init =>
            field = value is null or >= 1
                ? value
                : throw new InputException($"The first test example is {value}, expected a number from 1; leave it out for 0.");
    }

    /// <summary>Only so many test examples, at least 1; null: all from <see cref="TestFrom"/> on.</summary>
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
    /// <param name="whole">The set by that name; still the caller's.</param>
    /// <returns>A copy that the caller owns.</returns>
    /// <remarks>Of someone's own examples that lie grouped by label a part is drawn at random (<see cref="FairSample"/>).</remarks>
    /// <exception cref="InputException">No test example is left.</exception>
    public DatasetSplits Cut(DatasetSplits whole)
    {
        using var kept = Sha256 is null
            ? whole.Train.Take(Examples ?? whole.Train.Count)
            : FairSample.Of(whole.Train, Examples ?? whole.Train.Count);

        using var tested = Tested(whole.Test);
        return whole with { Train = Crop(kept), Test = Crop(tested) };

        Dataset Crop(Dataset images) => CropOf(images.Height, images.Width) is { } side ? images.CenterCrop(side) : images.With();
    }

    private Dataset Tested(Dataset test)
    {
        var from = TestFrom ?? 0;
        if (from >= test.Count)
        {
            throw new InputException($"{Name} has {test.Count} test examples, and those from {from} on are asked for.");
        }

        return from == 0
            ? test.Take(TestExamples ?? test.Count)
            : test.Select([.. Enumerable.Range(from, Math.Min(TestExamples ?? test.Count, test.Count - from)).Select(row => (long)row)]);
    }

    /// <summary>What a network sees of a picture.</summary>
    /// <param name="height">Rows of the whole picture.</param>
    /// <param name="width">Its columns.</param>
    /// <returns>Rows and columns after the crop.</returns>
    public (int Height, int Width) Seen(int height, int width) => CropOf(height, width) is { } side ? (side, side) : (height, width);

    /// <summary>The side to crop to; null where the picture stays as it is.</summary>
    private int? CropOf(int height, int width) => CropSide is { } side && Math.Min(height, width) > side ? side : null;
}
