using Rote.Audits.Shown;
using Rote.Data.Formats.Pictures;
using SkiaSharp;

namespace Rote.Reports.Audits;

/// <summary>Pictures made small enough for a page that holds everything in one file.</summary>
internal static class SmallPicture
{
    private const int Quality = 82;
    private const long LargestFile = 64L << 20;

    /// <summary>A file with more pixels than this is not decoded: 200 of them would take minutes.</summary>
    public const long LargestPicture = 50_000_000;

    /// <summary>Of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="side">The longer side at most, in pixels.</param>
    /// <returns>A data URI; null where it is no picture, too large, or cannot be read.</returns>
    public static string? OfFile(string path, int side)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                return null;
            }

            using var data = SKData.CreateCopy(File.ReadAllBytes(path));
            using var codec = SKCodec.Create(data);

            if (codec is null || (long)codec.Info.Width * codec.Info.Height > LargestPicture)
            {
                return null;
            }

            using var whole = SKBitmap.Decode(codec);
            return whole is null ? null : Encoded(whole, side, codec.EncodedOrigin);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Of pixels: without loss where they are few.</summary>
    /// <param name="picture">The pixels.</param>
    /// <param name="side">The longer side at most, in pixels.</param>
    /// <returns>A data URI.</returns>
    public static string? OfPixels(RawPicture picture, int side)
    {
        var png = Images.PngImage.Of(picture.Pixels, picture.Height, picture.Width, picture.Channels);
        if (Math.Max(picture.Height, picture.Width) <= side / 2)
        {
            return $"data:image/png;base64,{Convert.ToBase64String(png)}";
        }

        using var whole = SKBitmap.Decode(png);
        return whole is null ? null : Encoded(whole, side);
    }

    private static string? Encoded(SKBitmap whole, int side, SKEncodedOrigin origin = SKEncodedOrigin.TopLeft)
    {
        var scale = Math.Min(1, side / (double)Math.Max(whole.Width, whole.Height));
        var size = new SKImageInfo(Math.Max(1, (int)(whole.Width * scale)), Math.Max(1, (int)(whole.Height * scale)));
        using var small = whole.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var upright = small is null || origin == SKEncodedOrigin.TopLeft ? null : Upright(small, origin);
        using var flat = whole.AlphaType == SKAlphaType.Opaque ? null : OnWhite(upright ?? small);
        using var jpeg = (flat ?? upright ?? small)?.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg is null ? null : $"data:image/jpeg;base64,{Convert.ToBase64String(jpeg.Span)}";
    }

    /// <summary>On the ground on which networks see what is transparent; a JPEG would have it black.</summary>
    private static SKBitmap? OnWhite(SKBitmap? picture)
    {
        if (picture is null)
        {
            return null;
        }

        var flat = new SKBitmap(picture.Width, picture.Height, isOpaque: true);
        using var canvas = new SKCanvas(flat);
        canvas.Clear(SKColors.White);
        canvas.DrawBitmap(picture, 0, 0);
        return flat;
    }

    /// <summary>A picture as it was taken, where the camera was held on its side.</summary>
    private static SKBitmap Upright(SKBitmap small, SKEncodedOrigin origin)
    {
        var (isTransposed, reversesRows, reversesColumns) = Scaling.Turns(origin);
        var (height, width) = isTransposed ? (small.Width, small.Height) : (small.Height, small.Width);
        var upright = new SKBitmap(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (row, column) = isTransposed ? (x, y) : (y, x);
                row = reversesRows ? small.Height - 1 - row : row;
                column = reversesColumns ? small.Width - 1 - column : column;
                upright.SetPixel(x, y, small.GetPixel(column, row));
            }
        }

        return upright;
    }
}
