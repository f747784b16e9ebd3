using Rote.Data;
using Rote.Data.Formats.Pictures;
using Rote.Tensors;
using Rote.Tests.Support;
using SkiaSharp;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Formats.Pictures;

[NoTensorLeaks]
public sealed class PictureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_picture_without_loss_passes_unchanged()
    {
        var (problem, pixels) = Read(PictureFiles.Noise(8, 8, 3), null, 8);
        Assert.Null(problem);
        using var bitmap = SKBitmap.Decode(PictureFiles.Noise(8, 8, 3));
        Assert.Equal(bitmap.Pixels.SelectMany(c => new[] { c.Red, c.Green, c.Blue }), pixels);
    }

    [Fact]
    public void All_four_formats_are_read_by_content()
    {
        static SKColor Half(int x, int y) => x < 8 ? SKColors.Black : SKColors.White;
        byte[][] files =
        [
            PictureFiles.Draw(16, 16, Half),
            PictureFiles.Draw(16, 16, Half, SKEncodedImageFormat.Jpeg),
            PictureFiles.Draw(16, 16, Half, SKEncodedImageFormat.Webp),
            PictureFiles.Bmp(16, 16, Half),
        ];
        foreach (var file in files)
        {
            var (problem, pixels) = Read(file, 2, 2);
            Assert.Null(problem);
            Assert.All(pixels[..3].Concat(pixels[6..9]), v => Assert.InRange(v, 0, 6));
            Assert.All(pixels[3..6].Concat(pixels[9..]), v => Assert.InRange(v, 249, 255));
        }
    }

    [Fact]
    public void The_middle_square_of_a_wide_picture_is_kept()
    {
        var (_, pixels) = Read(PictureFiles.Draw(30, 10, (x, _) => x is >= 10 and < 20 ? SKColors.Lime : SKColors.Red), 4, 4);
        Assert.All(pixels.Chunk(3), p => Assert.Equal([0, 255, 0], p));
    }

    [Fact]
    public void What_is_transparent_is_white()
    {
        var (_, pixels) = Read(
            PictureFiles.Draw(2, 1, (x, _) => x == 0 ? new SKColor(10, 20, 30, 0) : new SKColor(0, 0, 0, 51)),
            null,
            1,
            2
        );
        Assert.Equal([255, 255, 255, 204, 204, 204], pixels);
    }

    [Fact]
    public void The_orientation_of_a_photograph_is_honoured()
    {
        var lying = PictureFiles.Draw(32, 16, (x, _) => x < 16 ? SKColors.White : SKColors.Black, SKEncodedImageFormat.Jpeg);
        PictureFiles.Write(_folder, "a.jpg", PictureFiles.WithOrientation(lying, 6));
        Assert.Equal((32, 16), Picture.Size(new PictureSource(_folder.File("a.jpg"))));
        var (problem, pixels) = Read(PictureFiles.WithOrientation(lying, 6), null, 32, 16);
        Assert.Null(problem);
        Assert.InRange(pixels[0], 249, 255); // the stored left is shown at the top
        Assert.InRange(pixels[^1], 0, 6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_orientation_of_a_png_is_honoured(bool isLittle)
    {
        // Rows 1 2 and 3 4, shown turned by a quarter to the right: 3 1 over 4 2.
        int[] stored = [10, 20, 30, 40];
        byte[] Make(int depth) =>
            PngFiles.Make(
                2,
                2,
                depth,
                PngFiles.Grey,
                (y, x, _) => stored[(2 * y) + x] * (depth == 16 ? 257 : 1),
                [PngFiles.Orientation(6, isLittle)]
            );
        Assert.Equal([30, 10, 40, 20], Read(Make(8), null, 2).Pixels.Chunk(3).Select(p => (int)p[0]));
        Assert.Equal([30, 10, 40, 20], Read(Make(16), null, 2).Pixels.Chunk(3).Select(p => (int)p[0]));
    }

    [Fact]
    public void Exif_that_makes_no_sense_turns_nothing()
    {
        byte[][] contents =
        [
            [],
            [1, 2, 3],
            [(byte)'I', (byte)'I', 42, 0],
            [(byte)'I', (byte)'I', 42, 0, 255, 255, 255, 255, 1, 0],
            PngFiles.Orientation(9, isLittle: true).Item2,
            PngFiles.Orientation(6, isLittle: true).Item2[..33],
        ];
        Assert.All(
            contents,
            content =>
            {
                var (problem, pixels) = Read(
                    PngFiles.Make(2, 2, 8, PngFiles.Grey, (y, x, _) => (10 * y) + x, [("eXIf", content)]),
                    null,
                    2
                );
                Assert.Null(problem);
                Assert.Equal([0, 1, 10, 11], pixels.Chunk(3).Select(p => (int)p[0]));
            }
        );
    }

    [Fact]
    public void Alpha_that_is_0_everywhere_is_passed_over_and_some_of_it_is_white()
    {
        Assert.Equal(
            [10, 20, 30, 11, 21, 31],
            Read(PngFiles.Make(2, 1, 8, PngFiles.ColourAlpha, (_, x, c) => c == 3 ? 0 : (10 * (c + 1)) + x), null, 1, 2).Pixels
        );
        Assert.Equal(
            [10, 20, 30, 255, 255, 255],
            Read(PngFiles.Make(2, 1, 8, PngFiles.ColourAlpha, (_, x, c) => c == 3 ? 255 * (1 - x) : 10 * (c + 1)), null, 1, 2).Pixels
        );
        Assert.Equal(
            [7, 7, 7, 8, 8, 8],
            Read(PngFiles.Make(2, 1, 8, PngFiles.GreyAlpha, (_, x, c) => c == 1 ? 0 : 7 + x), null, 1, 2).Pixels
        );
        Assert.Equal(
            [7, 7, 7, 8, 8, 8],
            Read(PngFiles.Make(2, 1, 16, PngFiles.GreyAlpha, (_, x, c) => c == 1 ? 0 : 257 * (7 + x)), null, 1, 2).Pixels
        );
    }

    [Fact]
    public void A_palette_with_transparency_is_put_on_white()
    {
        (string, byte[])[] before = [("PLTE", [255, 0, 0, 0, 255, 0, 0, 0, 255]), ("tRNS", [255, 0])];
        Assert.Equal(
            [255, 0, 0, 255, 255, 255, 0, 0, 255],
            Read(PngFiles.Make(3, 1, 8, PngFiles.Palette, (_, x, _) => x, before), null, 1, 3).Pixels
        );
    }

    // As Adobe's programs store them: inverted, so that 0 is all ink. No cyan, all magenta and yellow, no black is red.
    [Fact]
    public void A_jpeg_of_printing_inks_is_read_as_colours()
    {
        var (problem, pixels) = Read(JpegFiles.Inks(255, 0, 0, 255), null, 8);
        Assert.Null(problem);
        Assert.All(pixels.Chunk(3), p => Assert.True(p[0] > 200 && p[1] < 60 && p[2] < 60, string.Join(' ', p)));
        Assert.All(Read(JpegFiles.Inks(255, 255, 255, 255), null, 8).Pixels, v => Assert.InRange(v, 250, 255));
        Assert.All(Read(JpegFiles.Inks(255, 255, 255, 0), null, 8).Pixels, v => Assert.InRange(v, 0, 60));
    }

    [Fact]
    public void Of_an_animation_the_first_frame_is_read()
    {
        // Two frames of one pixel, black and then white (GIF89a), and a PNG that says that it has frames (acTL).
        var gif = Convert.FromHexString(
            "47494638396101000100800000000000ffffff"
                + "21f90400000000002c000000000100010000020244"
                + "0100"
                + "21f90400000000002c00000000010001000002024c"
                + "0100"
                + "3b"
        );
        var (problem, pixels) = Read(gif, null, 1);
        Assert.Null(problem);
        Assert.Equal([0, 0, 0], pixels);
        Assert.True(Facts(gif).IsAnimated);
        var apng = PngFiles.Make(1, 1, 8, PngFiles.Grey, (_, _, _) => 9, [("acTL", [0, 0, 0, 2, 0, 0, 0, 0])]);
        Assert.Equal([9, 9, 9], Read(apng, null, 1).Pixels);
        Assert.True(Facts(apng).IsAnimated);
    }

    // The quarter on the left is red, the rest blue: 8 by 4 on a square of 4.
    [Theory]
    [InlineData("crop", "BBBB BBBB BBBB BBBB", 0.5)]
    [InlineData("squash", "RBBB RBBB RBBB RBBB", 0)]
    [InlineData("pad", "gggg RBBB RBBB gggg", 0)]
    public void A_wide_picture_is_cropped_squashed_or_padded(string fit, string expected, double lost)
    {
        var file = PictureFiles.Draw(8, 4, (x, _) => x < 2 ? SKColors.Red : SKColors.Blue);
        var (pixels, facts) = Fitted(file, Enum.Parse<PictureFit>(fit, ignoreCase: true));
        var letters = pixels
            .Chunk(3)
            .Select(p =>
                p[0] == 255 ? 'R'
                : p[2] == 255 ? 'B'
                : p[0] == 128 ? 'g'
                : '?'
            )
            .Chunk(4)
            .Select(row => new string(row));
        Assert.Equal(expected, string.Join(' ', letters));
        Assert.Equal(lost, facts.Lost);
    }

    // The same, as a camera stores a picture that was taken upright.
    [Fact]
    public void A_turned_picture_is_padded_as_it_is_shown()
    {
        var file = PngFiles.Make(8, 4, 8, PngFiles.Grey, (_, x, _) => x < 2 ? 200 : 50, [PngFiles.Orientation(6, isLittle: true)]);
        var (pixels, _) = Fitted(file, PictureFit.Pad);
        Assert.Equal([128, 200, 200, 128, 128, 50, 50, 128, 128, 50, 50, 128, 128, 50, 50, 128], pixels.Chunk(3).Select(p => (int)p[0]));
    }

    [Fact]
    public void Small_pictures_are_enlarged_smoothly_and_without_overshoot()
    {
        var (_, pixels) = Read(PictureFiles.Draw(2, 2, (x, _) => x == 0 ? new SKColor(100, 100, 100) : new SKColor(200, 200, 200)), 8, 8);
        var row = pixels[..24].Where((_, i) => i % 3 == 0).Select(v => (int)v).ToList();
        Assert.Equal(row.Order(), row);
        Assert.Equal((100, 200), (row[0], row[^1]));
        Assert.True(row.Distinct().Count() > 4);
    }

    [Fact]
    public void Pictures_that_are_none_or_too_large_are_refused_by_what_they_are()
    {
        var icon = Convert.FromHexString(
            "000001000100010100000100180030000000160000002800000001000000020000000100"
                + "18000000000004000000000000000000000000000000000000000000ff0000000000"
        );
        Assert.Equal("is ICO, expected PNG, JPEG, BMP, WebP or GIF", Read(icon, 4, 4).Problem);
        Assert.Equal("is not a picture that can be read", Read("nothing of the kind"u8.ToArray(), 4, 4).Problem);
        Assert.Equal("is 5×3, unlike the others", Read(PictureFiles.Plain(5, 3, SKColors.Red), null, 4).Problem);
    }

    [Fact]
    public void A_small_file_that_claims_a_huge_picture_is_refused_before_it_is_decoded()
    {
        // The header of a BMP is believed by a decoder until it runs out of data: 20,000 × 20,000 are 1.6 GB.
        var file = PictureFiles.Bmp(4, 4, (_, _) => SKColors.Red);
        BitConverter.TryWriteBytes(file.AsSpan(18), 20_000);
        BitConverter.TryWriteBytes(file.AsSpan(22), 20_000);
        Assert.Equal("has 20000×20000 pixels, expected at most 100 million", Read(file, 4, 4).Problem);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_file_cut_in_the_middle_is_refused(SKEncodedImageFormat format)
    {
        var file = PictureFiles.Draw(64, 64, (x, y) => new SKColor((uint)((x * 7919) ^ (y * 104729) ^ (x * y * 31)) | 0xFF000000), format);
        Assert.Null(Read(file, 8, 8).Problem);
        Assert.All([file.Length / 2, file.Length / 4, 20, 5], length => Assert.NotNull(Read(file[..length], 8, 8).Problem));
    }

    // Whatever the bytes, the answer is a picture or a reason; the process stays.
    [Fact]
    public void Damaged_files_are_read_or_refused_and_never_fatal()
    {
        byte[][] files =
        [
            PictureFiles.Noise(16, 16, 1),
            PictureFiles.Draw(16, 16, (x, y) => new SKColor((byte)(x * 16), (byte)(y * 16), 7), SKEncodedImageFormat.Jpeg),
            PictureFiles.Draw(16, 16, (x, y) => new SKColor((byte)(x * 16), (byte)(y * 16), 7), SKEncodedImageFormat.Webp),
            PictureFiles.Bmp(16, 16, (x, y) => SKColors.Red),
            PngFiles.Make(
                9,
                9,
                16,
                PngFiles.Colour,
                (y, x, c) => (y * 5000) + (x * 300) + c,
                [PngFiles.Orientation(6, isLittle: true)],
                isInterlaced: true
            ),
        ];
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5000], Gen.Byte, Gen.Int[0, 5000])
            .Sample(
                (kind, at, value, cut) =>
                {
                    var file = files[kind].ToArray();
                    file[at % file.Length] = value;
                    var (problem, _) = Read(file[..Math.Max(1, file.Length - (cut % 3 == 0 ? cut % file.Length : 0))], 4, 4);
                    return problem is null || problem.Length > 5;
                },
                iter: 300,
                threads: 1
            );
    }

    public void Dispose() => _folder.Dispose();

    private (byte[] Pixels, PictureFacts Facts) Fitted(byte[] file, PictureFit fit)
    {
        using var scope = NewDisposeScope();
        var target = zeros([1, 4, 4, 3], uint8);
        var facts = Picture.Read(new PictureSource(file), new PictureShape(4, 4, 4, fit), new Rows<byte>(target), 0, new MemoryGate(1));
        return (target.bytes.ToArray(), facts);
    }

    private static PictureFacts Facts(byte[] file)
    {
        using var scope = NewDisposeScope();
        return Picture.Read(
            new PictureSource(file),
            new PictureShape(null, 1, 1),
            new Rows<byte>(zeros([1, 1, 1, 3], uint8)),
            0,
            new MemoryGate(1)
        );
    }

    private (string? Problem, byte[] Pixels) Read(byte[] content, int? size, int height, int? width = null)
    {
        PictureFiles.Write(_folder, "picture", content);
        using var scope = NewDisposeScope();
        var target = zeros([1, height, width ?? height, 3], uint8);
        var facts = Picture.Read(
            new PictureSource(_folder.File("picture")),
            new PictureShape(size, height, width ?? height),
            new Rows<byte>(target),
            0,
            new MemoryGate(1)
        );
        return (facts.Problem, target.bytes.ToArray());
    }
}
