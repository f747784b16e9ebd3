using Rote.Data.Download;
using Rote.Data.Formats.Cifar;
using SkiaSharp;

namespace Rote.Tests.Data.Formats.Cifar;

public sealed class CifarPngTests
{
    [Fact]
    public void Every_colour_passes_unchanged()
    {
        // 64 rows of 1024 pixels: 65,536 colours, each byte value in each channel.
        var png = Png(1024, 64, i => new SKColor((byte)i, (byte)(i >> 8), (byte)(i * 7)));
        var batch = CifarPng.ToBatch(png, [.. Enumerable.Range(0, 64).Select(i => (byte)(i % 10))], "b.png");
        Assert.Equal(64 * 3073, batch.Length);
        for (var i = 0; i < 65_536; i++)
        {
            var record = batch.AsSpan(i / 1024 * 3073, 3073);
            var pixel = i % 1024;
            Assert.Equal(i / 1024 % 10, record[0]);
            Assert.Equal(((byte)i, (byte)(i >> 8), (byte)(i * 7)), (record[1 + pixel], record[1 + 1024 + pixel], record[1 + 2048 + pixel]));
        }
    }

    [Fact]
    public void A_picture_of_another_size_is_refused() =>
        Assert.Equal(
            "b.png is 100×3, expected a PNG of 1024×3",
            Assert.Throws<SourceFailure>(() => CifarPng.ToBatch(Png(100, 3, _ => SKColors.Red), [1, 2, 3], "b.png")).Message
        );

    [Fact]
    public void No_picture_and_half_a_picture_are_refused()
    {
        Assert.Throws<SourceFailure>(() => CifarPng.ToBatch([1, 2, 3], [1], "b.png"));
        var png = Png(1024, 3, i => new SKColor((uint)(i * 7919) | 0xFF000000));
        Assert.Throws<SourceFailure>(() => CifarPng.ToBatch(png[..(png.Length / 2)], [1, 2, 3], "b.png"));
    }

    [Fact]
    public void Labels_are_an_array_of_numbers() => Assert.Equal([6, 9, 0], CifarPng.Labels("[6,9,0]"u8.ToArray(), 3, "l.json"));

    [Theory]
    [InlineData("[6,9]")]
    [InlineData("[6,9,10]")]
    [InlineData("[6,9,-1]")]
    [InlineData("{\"a\":1}")]
    [InlineData("[6,9,")]
    public void Other_labels_are_refused(string json) =>
        Assert.Throws<SourceFailure>(() => CifarPng.Labels(System.Text.Encoding.UTF8.GetBytes(json), 3, "l.json"));

    private static byte[] Png(int width, int height, Func<int, SKColor> colour)
    {
        using var picture = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var i = 0; i < width * height; i++)
        {
            picture.SetPixel(i % width, i / width, colour(i));
        }

        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
