using Rote.Data.Formats.Pictures;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Pictures;

public sealed class DeepPngTests
{
    [Theory]
    [InlineData(PngFiles.Grey, false)]
    [InlineData(PngFiles.Grey, true)]
    [InlineData(PngFiles.Colour, false)]
    [InlineData(PngFiles.Colour, true)]
    [InlineData(PngFiles.GreyAlpha, false)]
    [InlineData(PngFiles.ColourAlpha, true)]
    public void All_16_bits_of_every_kind_are_read_whatever_the_filters(byte type, bool isInterlaced) =>
        Gen.Select(Gen.Int[1, 13], Gen.Int[1, 13], Gen.Int[0, 1000])
            .Sample(
                (width, height, seed) =>
                {
                    int Value(int y, int x, int c) => ((y * 7919) + (x * 104729) + (c * 1299709) + (seed * 15485863)) & 0xFFFF;
                    var pixels = DeepPng.Decode(
                        new MemoryStream(PngFiles.Make(width, height, 16, type, Value, isInterlaced: isInterlaced))
                    );
                    for (var i = 0; i < width * height; i++)
                    {
                        var (y, x) = (i / width, i % width);
                        int[] expected = type switch
                        {
                            PngFiles.Grey => [Value(y, x, 0), Value(y, x, 0), Value(y, x, 0), 65535],
                            PngFiles.GreyAlpha => [Value(y, x, 0), Value(y, x, 0), Value(y, x, 0), Value(y, x, 1)],
                            PngFiles.Colour => [Value(y, x, 0), Value(y, x, 1), Value(y, x, 2), 65535],
                            _ => [Value(y, x, 0), Value(y, x, 1), Value(y, x, 2), Value(y, x, 3)],
                        };
                        if (!pixels.Skip(4 * i).Take(4).Select(v => (int)v).SequenceEqual(expected))
                        {
                            return false;
                        }
                    }

                    return true;
                },
                iter: 30
            );

    [Fact]
    public void A_colour_that_is_said_to_be_transparent_is()
    {
        var file = PngFiles.Make(2, 1, 16, PngFiles.Grey, (_, x, _) => 1000 + x, [("tRNS", [0x03, 0xE9])]); // 1001
        Assert.Equal([1000, 1000, 1000, 65535, 1001, 1001, 1001, 0], DeepPng.Decode(new MemoryStream(file)).Select(v => (int)v));
    }

    [Fact]
    public void Cut_and_damaged_files_are_told()
    {
        var file = PngFiles.Make(9, 9, 16, PngFiles.Colour, (y, x, c) => (y * 5000) + (x * 300) + c);
        Assert.All(
            Enumerable.Range(40, file.Length - 41),
            length => Assert.Throws<EndOfStreamException>(() => DeepPng.Decode(new MemoryStream(file[..length])))
        );
        for (var i = 8; i < file.Length; i++)
        {
            var broken = file.ToArray();
            broken[i] ^= 0x55;
            var error = Record.Exception(() => DeepPng.Decode(new MemoryStream(broken)));
            Assert.True(error is EndOfStreamException or InvalidDataException, $"byte {i}: {error}");
        }
    }
}
