using System.Text.Json;
using Rote.Data.Download;
using SkiaSharp;

namespace Rote.Data.Formats.Cifar;

/// <summary>Converts a batch stored as one picture (a row is an example: 32×32 pixels, row by row) to the authors' binary form.</summary>
internal static class CifarPng
{
    /// <summary>Returns the records of one batch.</summary>
    /// <param name="png">A lossless RGB picture of <paramref name="labels"/>.Length rows and 1024 columns.</param>
    /// <param name="labels">One label per row.</param>
    /// <param name="name">The picture's name, for messages.</param>
    /// <returns>Records of a label byte and three colour planes.</returns>
    /// <exception cref="SourceFailure">The PNG is no such picture.</exception>
    public static byte[] ToBatch(byte[] png, ReadOnlySpan<byte> labels, string name)
    {
        var rgb = Decode(png, CifarBinary.Plane, labels.Length, name);
        var batch = new byte[labels.Length * CifarBinary.RecordBytes];
        for (var i = 0; i < labels.Length; i++)
        {
            var record = batch.AsSpan(i * CifarBinary.RecordBytes, CifarBinary.RecordBytes);
            record[0] = labels[i];
            CifarBinary.Separate(rgb.AsSpan(i * CifarBinary.ImageBytes, CifarBinary.ImageBytes), record[1..]);
        }

        return batch;
    }

    /// <summary>Reads labels from a JSON array of numbers.</summary>
    /// <exception cref="SourceFailure">It is no such array, has another length, or holds a number outside 0 to 9.</exception>
    public static byte[] Labels(byte[] json, int count, string name)
    {
        try
        {
            var labels = JsonSerializer.Deserialize<int[]>(json) ?? [];
            return labels.Length == count && labels.All(l => l is >= 0 and <= 9)
                ? [.. labels.Select(l => (byte)l)]
                : throw new SourceFailure($"{name} has {labels.Length} labels, expected {count} from 0 to 9");
        }
        catch (JsonException e)
        {
            throw new SourceFailure($"{name} is not a JSON array of numbers", inner: e);
        }
    }

    private static byte[] Decode(byte[] png, int width, int height, string name)
    {
        using var data = SKData.CreateCopy(png);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.Info.Width != width || codec.Info.Height != height)
        {
            throw new SourceFailure(
                $"{name} is {(codec is null ? "no picture" : $"{codec.Info.Width}×{codec.Info.Height}")}, expected a PNG of "
                    + $"{width}×{height}"
            );
        }

        // Unpremultiplied and in the picture's own colour space, so that the bytes pass through unchanged.
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul, codec.Info.ColorSpace);
        var rgba = new byte[info.BytesSize];
        unsafe
        {
            fixed (byte* first = rgba)
            {
                if (codec.GetPixels(info, (nint)first) != SKCodecResult.Success)
                {
                    throw new SourceFailure($"{name} is damaged");
                }
            }
        }

        var rgb = new byte[width * height * 3];
        for (var p = 0; p < width * height; p++)
        {
            rgba.AsSpan(4 * p, 3).CopyTo(rgb.AsSpan(3 * p, 3));
        }

        return rgb;
    }
}
