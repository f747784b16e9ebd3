using Rote.Tensors;

using SkiaSharp;

namespace Rote.Data.Formats.Pictures;

/// <summary>Reads one picture file. What is wrong with it is returned in words, without a full stop; such words are for a person, not for a program.</summary>
internal static class Picture
{
    /// <summary>Pictures of more pixels are refused before they are decoded: a file of a few kilobytes can claim them.</summary>
    public const long MaxPixels = 100_000_000;

    private const int BytesPerPixel = 4;

    private static readonly SKEncodedImageFormat[] Formats = [SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Bmp, SKEncodedImageFormat.Webp];

    /// <summary>Reads, scales and turns upright.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">The square's side; null if the picture keeps its size.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="target">Row <paramref name="index"/> takes the result: [height, width, 3].</param>
    /// <param name="index">Which row.</param>
    /// <param name="gate">Bounds what all threads decode at once.</param>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public static string? Read(string path, int? size, int height, int width, Rows<byte> target, long index, MemoryGate gate)
    {
        using var codec = Open(path, out var problem);
        return codec is null ? problem : Read(codec, size, height, width, target, index, gate);
    }

    /// <summary>Reads, scales and turns upright what lies in memory.</summary>
    /// <param name="bytes">The content of a file.</param>
    /// <param name="size">The square's side; null if the picture keeps its size.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="target">Row <paramref name="index"/> takes the result: [height, width, 3].</param>
    /// <param name="index">Which row.</param>
    /// <param name="gate">Bounds what all threads decode at once.</param>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public static string? Read(byte[] bytes, int? size, int height, int width, Rows<byte> target, long index, MemoryGate gate)
    {
        using var codec = Open(bytes, out var problem);
        return codec is null ? problem : Read(codec, size, height, width, target, index, gate);
    }

    /// <summary>Rows and columns of the upright picture, from its header alone; null if it cannot be read.</summary>
    public static (int Height, int Width)? Size(string path)
    {
        using var codec = Open(path, out _);
        return codec is null ? null : UprightSize(codec);
    }

    /// <summary>Rows and columns of the upright picture, from its header alone; null if it cannot be read.</summary>
    public static (int Height, int Width)? Size(byte[] bytes)
    {
        using var codec = Open(bytes, out _);
        return codec is null ? null : UprightSize(codec);
    }

    private static string? Read(SKCodec codec, int? size, int height, int width, Rows<byte> target, long index, MemoryGate gate)
    {
        var upright = UprightSize(codec);
        return size is null && upright != (height, width)
            ? $"is {upright.Width}×{upright.Height}, unlike the others"
            : gate.Hold((long)codec.Info.Width * codec.Info.Height * BytesPerPixel, () => Decode(codec, size, target[index]));
    }

    private static (int Height, int Width) UprightSize(SKCodec codec) => Scaling.Turns(codec.EncodedOrigin).IsTransposed
        ? (codec.Info.Width, codec.Info.Height)
        : (codec.Info.Height, codec.Info.Width);

    private static SKCodec? Open(string path, out string problem) => Checked(SKCodec.Create(path, out var result), result, out problem);

    private static SKCodec? Open(byte[] bytes, out string problem)
    {
        if (bytes.Length == 0)
        {
            problem = "is empty";
            return null;
        }

        return Checked(SKCodec.Create(new SKMemoryStream(bytes), out var result), result, out problem);
    }

    private static SKCodec? Checked(SKCodec? codec, SKCodecResult result, out string problem)
    {
        problem = codec switch
        {
            null when result == SKCodecResult.IncompleteInput => "is cut",
            null => "is not a picture that can be read",
            _ when !Formats.Contains(codec.EncodedFormat) => $"is {codec.EncodedFormat.ToString().ToUpperInvariant()}, expected PNG, JPEG, BMP or WebP",
            _ when (long)codec.Info.Width * codec.Info.Height > MaxPixels => $"has {codec.Info.Width}×{codec.Info.Height} pixels, expected at most {MaxPixels / 1_000_000} million",
            _ => "",
        };
        if (problem.Length == 0)
        {
            return codec;
        }

        codec?.Dispose();
        return null;
    }

    private static string? Decode(SKCodec codec, int? size, Span<byte> target)
    {
        // Without a colour space nothing is converted: stored values are taken as they are, whatever profile comes with them.
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(info))
        {
            return "does not fit into memory";
        }

        var result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            return result == SKCodecResult.IncompleteInput ? "is cut" : "is damaged";
        }

        Scaling.Fit(bitmap.GetPixelSpan(), info.Height, info.Width, codec.EncodedOrigin, size, target);
        return null;
    }
}
