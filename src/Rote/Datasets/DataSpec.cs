namespace Rote.Datasets;

/// <summary>Which data an experiment uses, and how much of it.</summary>
public sealed record DataSpec
{
    /// <summary>Catalog name, as <c>cifar10</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Only the first so many training examples, at least 1; null: all.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int? Examples
    {
        get;
        init => field = value is null or >= 1 ? value : throw new InputException($"The number of examples is {value}, expected at least 1.");
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
    public TrainTest Cut(TrainTest whole)
    {
        using var kept = whole.Train.Take(Examples ?? whole.Train.Count);
        return new TrainTest(Crop(kept), Crop(whole.Test));

        LabeledImages Crop(LabeledImages images) => CropSide is { } side && Math.Min(images.Height, images.Width) > side
            ? images.CenterCrop(side)
            : images.With();
    }
}
