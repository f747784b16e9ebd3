namespace Rote.Data.Formats.Pictures;

/// <summary>The shape that every picture of a data set is brought to.</summary>
/// <param name="Size">The side of the square in pixels; null if pictures keep their size.</param>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Columns of the result.</param>
/// <param name="Fit">How a picture that is not square becomes one.</param>
/// <param name="Bits">The bits of the scale on which pictures with 16 bits per value are read.</param>
internal sealed record PictureShape(int? Size, int Height, int Width, PictureFit Fit = PictureFit.Crop, int Bits = 16)
{
    /// <summary>Whether JPEG files are decoded at a fraction of their size if that is large enough: faster, but with slightly different
    /// pixels.</summary>
    public bool IsDecodedScaled { get; init; }

    /// <summary>Chooses the shape.</summary>
    /// <param name="common">The common size of all pictures if they keep it; else null.</param>
    /// <param name="options">The user's options.</param>
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

/// <summary>Facts about a picture that was read.</summary>
/// <param name="Problem">Why it cannot be used; null if it can.</param>
internal readonly record struct PictureFacts(string? Problem)
{
    /// <summary>Its rows and columns of pixels, upright, before scaling.</summary>
    public (int Height, int Width) Stored { get; init; }

    /// <summary>The share of its area that was cut off.</summary>
    public double Lost { get; init; }

    /// <summary>Whether it has an alpha channel and nothing of it is left on white.</summary>
    public bool IsLostOnWhite { get; init; }

    /// <summary>Whether its alpha was 0 everywhere and was ignored.</summary>
    public bool IgnoresAlpha { get; init; }

    /// <summary>Whether it has several frames, of which the first was read.</summary>
    public bool IsAnimated { get; init; }

    /// <summary>Whether it is a PNG that was turned by its orientation tag.</summary>
    public bool IsTurned { get; init; }

    /// <summary>Whether it was decoded at a fraction of its size.</summary>
    public bool IsScaled { get; init; }

    /// <summary>The largest value of a picture with 16 bits per value; null for others.</summary>
    public int? Largest { get; init; }
}
