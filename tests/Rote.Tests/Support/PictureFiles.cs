using System.Buffers.Binary;
using SkiaSharp;

namespace Rote.Tests.Support;

/// <summary>Makes picture files on the spot.</summary>
internal static class PictureFiles
{
    /// <summary>Writes a file below a folder; folders on the way are made.</summary>
    public static void Write(TempFolder folder, string relative, byte[] content)
    {
        var path = folder.File(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    /// <summary>A picture of one colour.</summary>
    public static byte[] Plain(int width, int height, SKColor colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png) =>
        Draw(width, height, (_, _) => colour, format);

    /// <summary>A picture with a colour for each column and row.</summary>
    public static byte[] Draw(int width, int height, Func<int, int, SKColor> colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, colour(x, y));
            }
        }

        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>A grey picture whose pixels are noise; another seed, other noise.</summary>
    public static byte[] Noise(int width, int height, uint seed, bool isGrey = false) =>
        Draw(
            width,
            height,
            (x, y) =>
            {
                var hash = (uint)(((y * width) + x + 1) * 2654435761) ^ (seed * 2246822519);
                hash = (hash ^ (hash >> 15)) * 2246822519;
                hash ^= hash >> 13;
                return isGrey ? new SKColor((byte)hash, (byte)hash, (byte)hash) : new SKColor(hash | 0xFF000000);
            }
        );

    /// <summary>An uncompressed BMP of 24 bits (Windows BITMAPINFOHEADER): rows from the bottom, blue, green, red, rows padded to 4
    /// bytes.</summary>
    public static byte[] Bmp(int width, int height, Func<int, int, SKColor> colour)
    {
        var rowBytes = ((3 * width) + 3) / 4 * 4;
        var file = new byte[54 + (rowBytes * height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        file[26] = 1;
        file[28] = 24;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var c = colour(x, y);
                byte[] pixel = [c.Blue, c.Green, c.Red];
                pixel.CopyTo(file, 54 + ((height - 1 - y) * rowBytes) + (3 * x));
            }
        }

        return file;
    }

    /// <summary>The same JPEG with an orientation: an APP1 segment with the one EXIF tag 274, after the start of the image.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] tiff = [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
        byte[] segment = [0xFF, 0xE1, 0, (byte)(2 + 6 + tiff.Length), .. "Exif\0\0"u8, .. tiff];
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }

    /// <summary>Files that only have names, and folders, whose names end with a slash.</summary>
    public static void Touch(TempFolder folder, params string[] files)
    {
        foreach (var file in files)
        {
            if (file.EndsWith('/'))
            {
                Directory.CreateDirectory(folder.File(file));
            }
            else
            {
                Write(folder, file, [1]);
            }
        }
    }
}
