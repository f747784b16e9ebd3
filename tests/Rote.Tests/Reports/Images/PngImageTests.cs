using Rote.Data;
using Rote.Reports.Images;
using Rote.Tests.Support;
using SkiaSharp;
using static TorchSharp.torch;

namespace Rote.Tests.Reports.Images;

[NoTensorLeaks]
public sealed class PngImageTests
{
    [Fact]
    public void Colours_come_back_from_the_png_as_they_were()
    {
        using var images = Images(() => tensor(new byte[] { 1, 2, 3, 255, 0, 128, 9, 9, 9, 0, 0, 0 }).reshape(1, 2, 2, 3));
        using var bitmap = Decode(Assert.Single(PngImage.DataUris(images, 5)));
        Assert.Equal(
            [new SKColor(1, 2, 3), new SKColor(255, 0, 128), new SKColor(9, 9, 9), new SKColor(0, 0, 0)],
            [bitmap.GetPixel(0, 0), bitmap.GetPixel(1, 0), bitmap.GetPixel(0, 1), bitmap.GetPixel(1, 1)]
        );
    }

    [Fact]
    public void Grey_values_and_floats_are_rounded_and_clipped()
    {
        using var images = Images(() => tensor(new[] { -5f, 300f, 100.6f, float.NaN }).reshape(1, 1, 4, 1));
        using var bitmap = Decode(PngImage.DataUris(images, 1)[0]);
        Assert.Equal([0, 255, 101, 0], Enumerable.Range(0, 4).Select(x => (int)bitmap.GetPixel(x, 0).Green));
    }

    [Fact]
    public void Only_the_first_images_are_drawn()
    {
        using var images = Images(() => zeros([4, 2, 2, 3], uint8));
        Assert.Equal(3, PngImage.DataUris(images, 3).Count);
    }

    [Fact]
    public void Two_channels_are_refused()
    {
        using var images = Images(() => zeros([1, 2, 2, 2], uint8));
        Assert.Throws<ArgumentException>(() => PngImage.DataUris(images, 1));
    }

    [Fact]
    public void A_wrong_label_is_shown_beside_the_true_one()
    {
        using var images = Images(() => zeros([2, 2, 2, 1], uint8));
        var html = ExampleImages.Draw(images, [0, 1], 2).ToString();
        Assert.Contains("alt=\"Labelled a&amp;b.\"", html, StringComparison.Ordinal);
        Assert.Contains("a&amp;b <del>dog</del>", html, StringComparison.Ordinal);
        Assert.Contains("alt=\"Labelled a&amp;b, truly dog.\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void True_labels_must_be_as_many_as_the_images()
    {
        using var images = Images(() => zeros([2, 2, 2, 1], uint8));
        Assert.Throws<ArgumentException>(() => ExampleImages.Draw(images, [0], 2));
    }

    private static SKBitmap Decode(string uri) => SKBitmap.Decode(Convert.FromBase64String(uri["data:image/png;base64,".Length..]));

    private static Dataset Images(Func<Tensor> make)
    {
        using var scope = NewDisposeScope();
        var pixels = make();
        return new Dataset(pixels, zeros([pixels.shape[0]], int64), ["a&b", "dog"], Split.Train, new Provenance("test", "a test", ""));
    }
}
