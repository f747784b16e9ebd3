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
            PictureFiles.Draw(16, 16, Half), PictureFiles.Draw(16, 16, Half, SKEncodedImageFormat.Jpeg), PictureFiles.Draw(16, 16, Half, SKEncodedImageFormat.Webp),
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
        var (_, pixels) = Read(PictureFiles.Draw(2, 1, (x, _) => x == 0 ? new SKColor(10, 20, 30, 0) : new SKColor(0, 0, 0, 51)), null, 1, 2);
        Assert.Equal([255, 255, 255, 204, 204, 204], pixels);
    }

    [Fact]
    public void The_orientation_of_a_photograph_is_honoured()
    {
        var lying = PictureFiles.Draw(32, 16, (x, _) => x < 16 ? SKColors.White : SKColors.Black, SKEncodedImageFormat.Jpeg);
        PictureFiles.Write(_folder, "a.jpg", PictureFiles.WithOrientation(lying, 6));
        Assert.Equal((32, 16), Picture.Size(_folder.File("a.jpg")));
        var (problem, pixels) = Read(PictureFiles.WithOrientation(lying, 6), null, 32, 16);
        Assert.Null(problem);
        Assert.InRange(pixels[0], 249, 255);                // the stored left is shown at the top
        Assert.InRange(pixels[^1], 0, 6);
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
        var gif = Convert.FromHexString("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b");
        Assert.Equal("is GIF, expected PNG, JPEG, BMP or WebP", Read(gif, 4, 4).Problem);
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
            PictureFiles.Noise(16, 16, 1), PictureFiles.Draw(16, 16, (x, y) => new SKColor((byte)(x * 16), (byte)(y * 16), 7), SKEncodedImageFormat.Jpeg),
            PictureFiles.Draw(16, 16, (x, y) => new SKColor((byte)(x * 16), (byte)(y * 16), 7), SKEncodedImageFormat.Webp), PictureFiles.Bmp(16, 16, (x, y) => SKColors.Red),
        ];
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5000], Gen.Byte, Gen.Int[0, 5000]).Sample((kind, at, value, cut) =>
        {
            var file = files[kind].ToArray();
            file[at % file.Length] = value;
            var (problem, _) = Read(file[..Math.Max(1, file.Length - (cut % 3 == 0 ? cut % file.Length : 0))], 4, 4);
            return problem is null || problem.Length > 5;
        }, iter: 300, threads: 1);
    }

    public void Dispose() => _folder.Dispose();

    private (string? Problem, byte[] Pixels) Read(byte[] content, int? size, int height, int? width = null)
    {
        PictureFiles.Write(_folder, "picture", content);
        using var scope = NewDisposeScope();
        var target = zeros([1, height, width ?? height, 3], uint8);
        var problem = Picture.Read(_folder.File("picture"), size, height, width ?? height, new Rows<byte>(target), 0, new MemoryGate(1));
        return (problem, target.bytes.ToArray());
    }
}
