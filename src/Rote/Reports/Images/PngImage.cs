using Rote.Data;
using SkiaSharp;
using static TorchSharp.torch;

namespace Rote.Reports.Images;

/// <summary>Images of a data set as PNG, for pages that consist of one file.</summary>
internal static class PngImage
{
    /// <summary>The first images of a data set as data URIs.</summary>
    /// <param name="images">uint8 or float32, one channel (grey) or three (red, green, blue); values are rounded and clipped to [0, 255],
    /// NaN becomes 0.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>One <c>data:image/png;base64,…</c> an image, in the order of the data set.</returns>
    /// <exception cref="ArgumentException">The images have a different number of channels.</exception>
    public static IReadOnlyList<string> DataUris(Dataset images, int count)
    {
        if (images.Channels is not (1 or 3))
        {
            throw new ArgumentException($"Images have {images.Channels} channels, expected 1 or 3.", nameof(images));
        }

        var bytes = Bytes(images, Math.Min(count, images.Count));
        var size = images.Height * images.Width * images.Channels;
        return [.. bytes.Chunk(size).Select(pixels => Uri(pixels, images.Height, images.Width, images.Channels))];
    }

    /// <summary>The first image of a data set as a PNG file.</summary>
    /// <param name="images">As in <see cref="DataUris"/>.</param>
    public static byte[] First(Dataset images) => Of(Bytes(images, 1), images.Height, images.Width, images.Channels);

    /// <summary>A picture as a PNG file.</summary>
    /// <param name="pixels">[height, width, channels] values.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1 or 3.</param>
    public static byte[] Of(byte[] pixels, int height, int width, int channels)
    {
        var colors = new SKColor[height * width];
        for (var i = 0; i < colors.Length; i++)
        {
            var (red, green, blue) =
                channels == 1 ? (pixels[i], pixels[i], pixels[i]) : (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]);
            colors[i] = new SKColor(red, green, blue);
        }

        using var bitmap = new SKBitmap(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque);
        bitmap.Pixels = colors;
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    private static byte[] Bytes(Dataset images, int count)
    {
        using var scope = NewDisposeScope();
        var first = images.Pixels.narrow(0, 0, count).cpu().to(float32); // [count, H, W, C]
        var whole = first.nan_to_num(0).round().clamp(0, 255).to(uint8).contiguous(); // [count, H, W, C]
        return whole.data<byte>().ToArray();
    }

    private static string Uri(byte[] pixels, int height, int width, int channels) =>
        $"data:image/png;base64,{Convert.ToBase64String(Of(pixels, height, width, channels))}";
}
