using Rote.Data;
using SkiaSharp;
using static TorchSharp.torch;

namespace Rote.Reports.Images;

/// <summary>One picture of a data set: a row for each class, with its name at the left and its first examples side by side.</summary>
public static class ContactSheet
{
    private const int TextScale = 2;
    private const int Margin = 16;
    private const int Gap = 4;

    /// <summary>Most classes of a sheet: more would make a picture that nothing opens.</summary>
    private const int MostClasses = 100;

    private static readonly SKColor Paper = new(0xff, 0xff, 0xff);
    private static readonly SKColor Ink = new(0x22, 0x22, 0x22);
    private static readonly SKColor Faint = new(0x77, 0x77, 0x77);

    /// <summary>Draws the sheet.</summary>
    /// <param name="images">uint8 or float32 pixels; 1 or 3 channels.</param>
    /// <param name="title">The line above the rows.</param>
    /// <param name="perClass">Examples a class, at least 1; the row of a class with fewer is shorter.</param>
    /// <returns>A PNG file's content. Small images are enlarged by a whole factor, without smoothing: a 32×32 image to 64×64. Of more than
    /// 100 classes the first 100 are drawn, and the title says so.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="perClass"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The images have neither 1 nor 3 channels.</exception>
    public static byte[] Png(Dataset images, string title, int perClass)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        if (images.Channels is not (1 or 3))
        {
            throw new ArgumentException($"A picture has 1 or 3 channels; found {images.Channels}.", nameof(images));
        }

        var classes = Math.Min(images.Classes, MostClasses);
        title += classes < images.Classes ? $"; the first {classes} of {images.Classes} classes" : "";
        var scale = Math.Max(1, 64 / Math.Max(images.Width, images.Height));
        var (cellWidth, cellHeight) = ((images.Width * scale) + Gap, (images.Height * scale) + Gap);
        var textWidth = images.ClassNames.Take(classes).Max(PixelFont.Width) * TextScale;
        var left = Margin + textWidth + Margin;
        var top = Margin + (PixelFont.Rows * TextScale) + Margin;
        var width = Math.Max(left + (perClass * cellWidth) - Gap, Margin + (PixelFont.Width(title) * TextScale)) + Margin;
        using var sheet = new SKBitmap(width, top + (classes * cellHeight) - Gap + Margin, SKColorType.Rgba8888, SKAlphaType.Opaque);
        sheet.Erase(Paper);
        Write(sheet, title, Margin, Margin, Faint);
        for (var c = 0; c < classes; c++)
        {
            var rowTop = top + (c * cellHeight);
            var name = images.ClassNames[c];
            var textTop = rowTop + (((images.Height * scale) - (7 * TextScale)) / 2);
            Write(sheet, name, Margin + textWidth - (PixelFont.Width(name) * TextScale), textTop, Ink);
        }

        Paste(sheet, images, classes, perClass, scale, (row, column) => (left + (column * cellWidth), top + (row * cellHeight)));
        using var png = sheet.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    private static void Paste(
        SKBitmap sheet,
        Dataset images,
        int classes,
        int perClass,
        int scale,
        Func<int, int, (int Left, int Top)> place
    )
    {
        var labels = images.Labels.data<long>().ToArray();
        var placed = new int[classes];
        for (var i = 0; i < labels.Length && placed.Any(p => p < perClass); i++)
        {
            if (labels[i] < classes && placed[labels[i]] < perClass)
            {
                var (left, top) = place((int)labels[i], placed[labels[i]]++);
                Paste(sheet, Bytes(images, i), images, scale, left, top);
            }
        }
    }

    private static void Paste(SKBitmap sheet, byte[] bytes, Dataset images, int scale, int left, int top)
    {
        for (var y = 0; y < images.Height * scale; y++)
        {
            for (var x = 0; x < images.Width * scale; x++)
            {
                var at = (((y / scale) * images.Width) + (x / scale)) * images.Channels;
                var colour =
                    images.Channels == 1
                        ? new SKColor(bytes[at], bytes[at], bytes[at])
                        : new SKColor(bytes[at], bytes[at + 1], bytes[at + 2]);
                sheet.SetPixel(left + x, top + y, colour);
            }
        }
    }

    private static byte[] Bytes(Dataset images, int example)
    {
        using var scope = NewDisposeScope();
        return images.Pixels[example].clamp(0, 255).to(uint8).contiguous().data<byte>().ToArray(); // H·W·C
    }

    private static void Write(SKBitmap sheet, string text, int left, int top, SKColor ink) =>
        PixelFont.Draw(
            text,
            (x, y) =>
            {
                for (var p = 0; p < TextScale * TextScale; p++)
                {
                    sheet.SetPixel(left + (x * TextScale) + (p % TextScale), top + (y * TextScale) + (p / TextScale), ink);
                }
            }
        );
}
