using Rote.Data;
using Rote.Reports.Images;
using Rote.Tests.Support;
using SkiaSharp;
using static TorchSharp.torch;

namespace Rote.Tests.Reports.Images;

[NoTensorLeaks]
public sealed class ContactSheetTests
{
    [Fact]
    public void The_sheet_has_a_row_a_class_and_the_images_twice_as_large()
    {
        using var images = Make(channels: 3, labels: [1, 0, 1, 1], red: [10, 20, 30, 40]);
        using var sheet = SKBitmap.Decode(ContactSheet.Png(images, "t", perClass: 2));

        // One letter at double size is 10 columns wide; margins of 16 around it; cells of 64 and gaps of 4.
        var (left, top) = (16 + 10 + 16, 16 + 18 + 16);
        Assert.Equal((left + 64 + 4 + 64 + 16, top + 64 + 4 + 64 + 16), (sheet.Width, sheet.Height));
        Assert.Equal(20, sheet.GetPixel(left, top).Red);
        Assert.Equal(20, sheet.GetPixel(left + 63, top + 63).Red);
        Assert.Equal(255, sheet.GetPixel(left + 64, top).Red); // the gap
        Assert.Equal(255, sheet.GetPixel(left + 68, top).Red); // class a has one example
        Assert.Equal((10, 30), (sheet.GetPixel(left, top + 68).Red, sheet.GetPixel(left + 68, top + 68).Red));
    }

    [Fact]
    public void Grey_images_and_floating_point_are_shown()
    {
        using var scope = NewDisposeScope();
        using var images = new Dataset(
            full([1, 28, 28, 1], 300f, float32),
            zeros(1, dtype: int64),
            ["a"],
            Split.Train,
            new Provenance("t", "", "")
        );
        using var sheet = SKBitmap.Decode(ContactSheet.Png(images, "t", perClass: 1));
        Assert.Equal(42 + 56 + 16, sheet.Width);
        Assert.Equal(new SKColor(255, 255, 255), sheet.GetPixel(42, 50));
    }

    [Fact]
    public void Two_channels_are_no_picture()
    {
        using var images = Make(channels: 2, labels: [0], red: [1]);
        Assert.Throws<ArgumentException>(() => ContactSheet.Png(images, "t", 1));
    }

    private static Dataset Make(int channels, long[] labels, byte[] red)
    {
        using var scope = NewDisposeScope();
        var pixels = zeros(labels.Length, 32, 32, channels, dtype: uint8);
        for (var i = 0; i < labels.Length; i++)
        {
            pixels[i].fill_(red[i]);
        }

        return new Dataset(pixels, tensor(labels), ["a", "b"], Split.Train, new Provenance("t", "", ""));
    }
}
