namespace Rote.Data.Formats.Pictures;

/// <summary>What every picture of a data set becomes.</summary>
/// <param name="Size">The square's side; null if pictures keep their size.</param>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Columns of the result.</param>
/// <param name="Fit">How a picture that is no square becomes one.</param>
/// <param name="Bits">Bits of the scale that pictures of 16 bits a value are read on.</param>
internal sealed record PictureShape(int? Size, int Height, int Width, PictureFit Fit = PictureFit.Crop, int Bits = 16)
{
    /// <summary>Whether JPEG files are decoded at a fraction of their size where that is large enough: faster, and slightly other
    /// pixels.</summary>
    public bool IsDecodedScaled { get; init; }

    /// <summary>Chooses.</summary>
    /// <param name="common">The size that all pictures have, if it is to be kept; else null.</param>
    /// <param name="options">What the user says.</param>
    public static PictureShape Of((int Height, int Width)? common, UserDataOptions options)
    {
        var side = options.ImageSize ?? options.UsualImageSize;
        return new PictureShape(
            common is null ? side : null,
            common?.Height ?? side,
            common?.Width ?? side,
            options.Fit,
            options.SampleBits ?? 16
        );
    }
}

/// <summary>What there is to say of a picture that was read.</summary>
/// <param name="Problem">Why it cannot be used; null where it can.</param>
internal readonly record struct PictureFacts(string? Problem)
{
    /// <summary>Its rows and columns of pixels, upright, before it is scaled.</summary>
    public (int Height, int Width) Stored { get; init; }

    /// <summary>The share of its area that was cut off.</summary>
    public double Lost { get; init; }

    /// <summary>Whether its alpha was 0 everywhere and passed over.</summary>
    public bool IgnoresAlpha { get; init; }

    /// <summary>Whether it has several frames, of which the first was read.</summary>
    public bool IsAnimated { get; init; }

    /// <summary>Whether it is a PNG that was turned as it says.</summary>
    public bool IsTurned { get; init; }

    /// <summary>Whether it was decoded at a fraction of its size.</summary>
    public bool IsScaled { get; init; }

    /// <summary>The largest value of a picture of 16 bits a value; null for others.</summary>
    public int? Largest { get; init; }
}
