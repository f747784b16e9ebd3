using Rote.Tensors;
using SkiaSharp;

namespace Rote.Data.Formats.Pictures;

/// <summary>Reads one picture. Returns problems in words without a full stop, for a person and not for a program.</summary>
internal static class Picture
{
    /// <summary>Larger pictures are refused before decoding: a file of a few kilobytes can claim any number of pixels.</summary>
    public const long MaxPixels = 100_000_000;

    private const int BytesPerPixel = 4;
    private const int DeepDepth = 16;

    private static readonly SKEncodedImageFormat[] Formats =
    [
        SKEncodedImageFormat.Png,
        SKEncodedImageFormat.Jpeg,
        SKEncodedImageFormat.Bmp,
        SKEncodedImageFormat.Webp,
        SKEncodedImageFormat.Gif,
    ];

    /// <summary>Reads a picture, scales it and turns it upright.</summary>
    /// <param name="source">The encoded picture.</param>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="target">Row <paramref name="index"/> receives the result: [height, width, 3].</param>
    /// <param name="index">The row.</param>
    /// <param name="gate">Limits the bytes that all threads decode at once.</param>
    /// <returns>The problem, or facts about the picture.</returns>
    public static PictureFacts Read(PictureSource source, PictureShape shape, Rows<byte> target, long index, MemoryGate gate)
    {
        using var codec = Open(source, out var problem);
        if (codec is null)
        {
            return new PictureFacts(problem);
        }

        var png = PngOf(codec, source);
        var origin = Origin(codec, png);
        var (height, width) = UprightSize(codec, origin);
        if (shape.Size is null && (height, width) != (shape.Height, shape.Width))
        {
            return new PictureFacts($"is {width}×{height}, unlike the others");
        }

        var isDeep = png?.Depth == DeepDepth;
        var facts = gate.Hold(
            (long)width * height * BytesPerPixel * (isDeep ? 2 : 1),
            () => isDeep ? Deep(source, codec.Info, origin, shape, target[index]) : Decode(codec, origin, shape, target[index])
        );
        return facts with
        {
            Stored = (height, width),
            Lost = shape is { Size: not null, Fit: PictureFit.Crop } ? 1 - ((double)Math.Min(height, width) / Math.Max(height, width)) : 0,
            IsAnimated = png is { } known ? known.IsAnimated : codec.FrameCount > 1,
            IsTurned = png is { Orientation: > 1 },
        };
    }

    /// <summary>Returns rows and columns of the upright picture from its header alone; null if it cannot be read.</summary>
    public static (int Height, int Width)? Size(PictureSource source)
    {
        using var codec = Open(source, out _);
        return codec is null ? null : UprightSize(codec, Origin(codec, PngOf(codec, source)));
    }

    private static PngFacts? PngOf(SKCodec codec, PictureSource source)
    {
        if (codec.EncodedFormat != SKEncodedImageFormat.Png)
        {
            return null;
        }

        using var stream = source.Open();
        return PngFacts.Read(stream);
    }

    /// <summary>The decoder knows the orientation of JPEG and WebP; PNG uses the same numbers.</summary>
    private static SKEncodedOrigin Origin(SKCodec codec, PngFacts? png) =>
        png is { Orientation: > 1 and var value } ? (SKEncodedOrigin)value : codec.EncodedOrigin;

    private static (int Height, int Width) UprightSize(SKCodec codec, SKEncodedOrigin origin) =>
        Scaling.Turns(origin).IsTransposed ? (codec.Info.Width, codec.Info.Height) : (codec.Info.Height, codec.Info.Width);

    private static SKCodec? Open(PictureSource source, out string problem)
    {
        if (source.IsEmpty)
        {
            problem = "is empty";
            return null;
        }

        var codec = source.Codec(out var result);
        problem = codec switch
        {
            null when result == SKCodecResult.IncompleteInput => PictureSigns.Of(source) ?? "is cut",
            null => PictureSigns.Of(source) ?? "is not a picture that can be read",
            _ when !Formats.Contains(codec.EncodedFormat) =>
                $"is {codec.EncodedFormat.ToString().ToUpperInvariant()}, expected PNG, JPEG, BMP, WebP or GIF",
            _ when (long)codec.Info.Width * codec.Info.Height > MaxPixels =>
                $"has {codec.Info.Width}×{codec.Info.Height} pixels, expected at most {MaxPixels / 1_000_000} million",
            _ => "",
        };
        if (problem.Length == 0)
        {
            return codec;
        }

        codec?.Dispose();
        return null;
    }

    private static PictureFacts Decode(SKCodec codec, SKEncodedOrigin origin, PictureShape shape, Span<byte> target)
    {
        // Without a colour space nothing is converted: stored values are taken unchanged, whatever their colour profile.
        var (width, height) = DecodedSize(codec, shape);
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(info))
        {
            return new PictureFacts("does not fit into memory");
        }

        var result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            return new PictureFacts(result == SKCodecResult.IncompleteInput ? "is cut" : "is damaged");
        }

        var raster = new Raster(bitmap.GetPixelSpan(), info.Height, info.Width);
        var isInvisible = codec.Info.AlphaType != SKAlphaType.Opaque && raster.IsInvisible;
        Scaling.Fit(raster with { IgnoresAlpha = isInvisible }, origin, shape.Size, shape.Fit, target);
        return new PictureFacts
        {
            IgnoresAlpha = isInvisible,
            IsScaled = width != codec.Info.Width,
            IsLostOnWhite = codec.Info.AlphaType != SKAlphaType.Opaque && IsWhite(target),
        };
    }

    private static bool IsWhite(ReadOnlySpan<byte> pixels) => !pixels.ContainsAnyExcept((byte)254, byte.MaxValue);

    /// <summary>The size to decode to. JPEG stores frequencies in squares of 8×8; without the high ones it decodes at 1/8, 1/4 or 1/2 of
    /// its size in a fraction of the time.</summary>
    private static (int Width, int Height) DecodedSize(SKCodec codec, PictureShape shape)
    {
        if (shape is { IsDecodedScaled: true, Size: { } side } && codec.EncodedFormat == SKEncodedImageFormat.Jpeg)
        {
            foreach (var scale in (float[])[1 / 8f, 1 / 4f, 1 / 2f])
            {
                var size = codec.GetScaledDimensions(scale);
                if (Math.Min(size.Width, size.Height) >= side)
                {
                    return (size.Width, size.Height);
                }
            }
        }

        return (codec.Info.Width, codec.Info.Height);
    }

    private static PictureFacts Deep(PictureSource source, SKImageInfo info, SKEncodedOrigin origin, PictureShape shape, Span<byte> target)
    {
        try
        {
            using var stream = source.Open();
            var raster = new Raster(DeepPng.Decode(stream), info.Height, info.Width, shape.Bits);
            var isInvisible = raster.IsInvisible;
            Scaling.Fit(raster with { IgnoresAlpha = isInvisible }, origin, shape.Size, shape.Fit, target);
            return new PictureFacts
            {
                IgnoresAlpha = isInvisible,
                Largest = raster.Largest,
                IsLostOnWhite = info.AlphaType != SKAlphaType.Opaque && IsWhite(target),
            };
        }
        catch (EndOfStreamException)
        {
            return new PictureFacts("is cut");
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return new PictureFacts("is damaged");
        }
    }
}
