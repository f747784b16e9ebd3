using System.Text;
using Rote.Data.Formats.Pictures;

namespace Rote.Tests.Data.Formats.Pictures;

/// <summary>A file that is no picture in spite of its name is called what it is.</summary>
public sealed class PictureSignsTests
{
    [Theory]
    [InlineData("II*\0\b\0\0\0", "is TIFF, expected PNG, JPEG, BMP, WebP or GIF")]
    [InlineData("MM\0*\0\0\0\b", "is TIFF, expected PNG, JPEG, BMP, WebP or GIF")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", "is HEIC, expected PNG, JPEG, BMP, WebP or GIF")]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0", "is AVIF, expected PNG, JPEG, BMP, WebP or GIF")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0", "is a video, expected PNG, JPEG, BMP, WebP or GIF")]
    [InlineData("%PDF-1.7", "is a PDF, expected PNG, JPEG, BMP, WebP or GIF")]
    [InlineData("<?xml version=\"1.0\"?>\n<svg xmlns=\"\">", "is SVG, expected PNG, JPEG, BMP, WebP or GIF")]
    [InlineData("\n<!DOCTYPE html><html>", "is a page of a website and no picture, as a failed download leaves it")]
    [InlineData(
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
        "is a pointer of Git LFS, and git lfs pull fetches the picture"
    )]
    [InlineData("\u0001\u0002\u0003", null)]
    [InlineData("", null)]
    public void It_is_named(string content, string? expected) =>
        Assert.Equal(expected, PictureSigns.Of(new PictureSource(Encoding.Latin1.GetBytes(content))));

    [Fact]
    public void A_file_that_is_not_there_is_nothing() => Assert.Null(PictureSigns.Of(new PictureSource("/nowhere/x.png")));
}
