namespace Rote.Training.Augmentations;

/// <summary>Random changes of training images, drawn anew for every example and epoch. Evaluation always sees the images
/// themselves.</summary>
/// <remarks>
/// In this order: window, flip, rotation, colour, and then whitening. Whitening (<see cref="PreparedData.Whiten"/>) takes away an image's
/// brightness and contrast, so of the colour changes mainly saturation and hue are left to see.
/// Sources: random 28×28 windows, and flips with rotations up to 25 degrees, are those of Zhang et al. 2017, Tables 1 and 4 and appendix E.
/// </remarks>
public sealed record Augmentation
{
    /// <summary>The window that the network sees is put at a random place: 0: anywhere in the larger image that the data has; above 0: in
    /// the image with so many pixels of its mirrored border around it, at most one less than its side; null: no random window. Default
    /// null.</summary>
    /// <exception cref="InputException">The value is negative.</exception>
    public int? CropPadding
    {
        get;
        init =>
            field = value is null or >= 0
                ? value
                : throw new InputException($"The border of the random crop is {value} pixels, expected 0 or more.");
    }

    /// <summary>Half of the images are mirrored left to right. Default false.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>Images are rotated about their centre by an angle drawn uniformly from ± this many degrees, in [0, 180]; bilinear, the
    /// border mirrored. Default 0.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public double RotationDegrees
    {
        get;
        init => field = value is >= 0 and <= 180 ? value : throw new InputException($"The rotation is {value} degrees, expected 0 to 180.");
    }

    /// <summary>Strength of random colour, in [0, 1]; 1: brightness ± 32 of 255, contrast and saturation × 0.5 to 1.5, hue ± a fifth of the
    /// circle. Default 0.</summary>
    /// <remarks>The ranges at 1 are those that Inception was trained with on ImageNet (TensorFlow's slim, inception_preprocessing). Only
    /// hue and saturation need three channels; grey images get the others.</remarks>
    /// <exception cref="InputException">The value is out of range.</exception>
    public double Color
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new InputException($"The strength of random colour is {value}, expected 0 to 1.");
    }

    /// <summary>The changes in words, as "random crops, flips".</summary>
    /// <returns>Empty if nothing is changed.</returns>
    public string Describe() =>
        string.Join(
            ", ",
            new[]
            {
                CropPadding switch
                {
                    null => "",
                    0 => "random crops",
                    var border => $"random crops with a border of {border}",
                },
                HorizontalFlip ? "flips" : "",
                RotationDegrees > 0 ? $"rotations to ± {RotationDegrees}°" : "",
                Color > 0 ? $"colour {Color}" : "",
            }.Where(part => part.Length > 0)
        );
}
