using System.Buffers.Binary;
using Rote.Data.Formats.Numpy;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Formats.Numpy;

[NoTensorLeaks]
public sealed class ArrayImagesTests
{
    private static readonly byte[] Counting = [.. Enumerable.Range(0, 255).Select(i => (byte)i)];

    [Fact]
    public void Shapes_without_channels_last_and_first_are_read_as_rows_columns_channels()
    {
        Assert.Equal("[2, 3, 5, 1] 0 1 2 3", Read(NpyFiles.Bytes(Counting[..30], 2, 3, 5)));
        Assert.Equal("[2, 2, 5, 3] 0 1 2 3", Read(NpyFiles.Bytes(Counting[..60], 2, 2, 5, 3)));
        Assert.Equal("[2, 2, 5, 3] 0 10 20 1", Read(NpyFiles.Bytes(Counting[..60], 2, 3, 2, 5)));
        Assert.Equal("[2, 4, 5, 1] 0 1 2 3", Read(NpyFiles.Bytes(Counting[..40], 2, 1, 4, 5)));
    }

    // numpy.asfortranarray(x).ravel('K') of x[n, i, j]: n runs fastest.
    [Fact]
    public void Fortran_order_is_put_in_order() =>
        Assert.Equal("[2, 2, 3, 1] 0 4 8 2", Read(NpyFiles.Fortran("|u1", Counting[..12], 2, 2, 3)));

    [Theory]
    [InlineData("<f2")]
    [InlineData(">f2")]
    [InlineData("<f4")]
    [InlineData(">f4")]
    [InlineData("<f8")]
    [InlineData(">f8")]
    public void Floating_point_types_and_byte_orders_round_trip(string descr) =>
        Gen.Float[0, 255]
            .Array[4]
            .Sample(
                values =>
                {
                    var exact = values.Select(v => (float)(Half)v).ToArray();
                    var bytes = descr[2] - '0';
                    var raw = NpyFiles.Raw(
                        exact,
                        bytes,
                        (target, v) =>
                        {
                            switch (bytes)
                            {
                                case 2:
                                    BinaryPrimitives.WriteHalfLittleEndian(target, (Half)v);
                                    break;
                                case 4:
                                    BinaryPrimitives.WriteSingleLittleEndian(target, v);
                                    break;
                                default:
                                    BinaryPrimitives.WriteDoubleLittleEndian(target, v);
                                    break;
                            }

                            if (descr[0] == '>')
                            {
                                target[..bytes].Reverse();
                            }
                        }
                    );
                    using var scope = NewDisposeScope();
                    using var array = Open(NpyFiles.Array(descr, raw, 1, 2, 2));
                    return ArrayImages.Read(array, isSplitLater: false).data<float>().ToArray().SequenceEqual(exact);
                },
                iter: 20,
                threads: 1
            );

    [Fact]
    public void Whole_pictures_of_bytes_round_trip() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9])
            .SelectMany(s => Gen.Byte.Array[s.Item1 * s.Item2 * s.Item3].Select(b => (s, b)))
            .Sample(
                (sizes, bytes) =>
                {
                    using var scope = NewDisposeScope();
                    using var array = Open(NpyFiles.Bytes(bytes, sizes.Item1, sizes.Item2, sizes.Item3));
                    return ArrayImages.Read(array, isSplitLater: true).bytes.SequenceEqual(bytes);
                },
                iter: 50,
                threads: 1
            );

    [Theory]
    [InlineData("a has the shape [4], expected [N, H, W]", 4L)]
    [InlineData("a has the shape [0, 9, 9], expected [N, H, W]", 0L, 9L, 9L)]
    [InlineData("a has the shape [4, 3, 9, 3], in which both the second and the last size could be the channels", 4L, 3L, 9L, 3L)]
    [InlineData("a has the shape [4, 9, 9, 2], in which neither the second nor the last size can be the channels", 4L, 9L, 9L, 2L)]
    [InlineData("a has the shape [1, 70000, 1], expected sides of at most 65536.", 1L, 70_000L, 1L)]
    public void Other_shapes_are_refused(string sentence, params long[] shape) =>
        Assert.StartsWith(
            sentence,
            Assert.Throws<InputException>(() => Read(NpyFiles.Bytes(new byte[shape.Aggregate(1L, (p, s) => p * s)], shape))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Whole_numbers_of_other_types_are_read()
    {
        using var scope = NewDisposeScope();
        using var array = Open(NpyFiles.Array("<u2", [1, 0, 0, 1], 1, 1, 2));
        Assert.Equal([1f, 256f], ArrayImages.Read(array, isSplitLater: false).data<float>().ToArray());
        using var bits = Open(NpyFiles.Array("|b1", [0, 1], 1, 1, 2));
        Assert.Equal([0, 1], ArrayImages.Read(bits, isSplitLater: false).bytes.ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_value_that_is_not_finite_is_told_by_its_example(float value) =>
        Assert.Equal(
            "a: example 1 has a value that is not a number or not finite, expected 0 to 1 or 0 to 255.",
            Assert.Throws<InputException>(() => Read(NpyFiles.Floats([0, 0, 0, value, 0, 0], 3, 1, 2))).Message
        );

    [Theory]
    [InlineData(new float[] { 0, 0.5f }, new float[] { 1, 0 }, 127.5f)]
    [InlineData(new float[] { 0, 0.5f }, new float[] { 200, 0 }, 0.5f)]
    public void Fractions_are_brought_to_255_if_no_value_of_any_part_is_above_1(float[] first, float[] second, float expected)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (tensor(first), tensor(second));
        ArrayScale.Apply([(a, "a", false), (b, "b", false)], null);
        Assert.Equal(expected, a[1].item<float>());
    }

    [Theory]
    [InlineData(-0.1f, 1f, "b has values from -0.1 to 1")]
    [InlineData(0f, 256f, "b has values from 0 to 256")]
    public void Values_on_another_scale_are_refused(float least, float most, string sentence)
    {
        using var scope = NewDisposeScope();
        var pixels = tensor(new[] { least, most });
        Assert.StartsWith(
            sentence,
            Assert.Throws<InputException>(() => ArrayScale.Apply([(pixels, "b", false)], null)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_fourth_channel_is_opacity_on_white()
    {
        using var scope = NewDisposeScope();
        var bytes = tensor(new byte[] { 10, 20, 30, 0, 10, 20, 30, 255, 0, 0, 0, 51 }, [1, 1, 3, 4], uint8);
        Assert.Equal([255, 255, 255, 10, 20, 30, 204, 204, 204], ArrayOpacity.OnWhite(bytes, "x", null).bytes.ToArray());
        Assert.Equal(204f, ArrayOpacity.OnWhite(bytes.to(float32), "x", null)[0, 0, 2, 1].item<float>(), 1e-3f);
    }

    /// <summary>Put on white, such pictures were white and nothing else: chance, without a word.</summary>
    [Fact]
    public void Opacity_of_0_everywhere_is_passed_over_picture_by_picture()
    {
        using var scope = NewDisposeScope();
        var told = new Recorder();
        var bytes = tensor(new byte[] { 10, 20, 30, 0, 40, 50, 60, 0, 10, 20, 30, 0, 40, 50, 60, 255 }, [2, 1, 2, 4], uint8);
        Assert.Equal([10, 20, 30, 40, 50, 60, 255, 255, 255, 40, 50, 60], ArrayOpacity.OnWhite(bytes, "x", told).bytes.ToArray());
        Assert.Contains(
            "x: pictures whose opacity is 0 everywhere, so that nothing of them could be seen: 1;",
            told.Notes,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Opacity_of_0_and_1_beside_bytes_is_read_as_such()
    {
        using var scope = NewDisposeScope();
        var told = new Recorder();
        var bytes = tensor(new byte[] { 10, 20, 30, 1, 40, 50, 60, 0 }, [1, 1, 2, 4], uint8);
        Assert.Equal([10, 20, 30, 255, 255, 255], ArrayOpacity.OnWhite(bytes, "x", told).bytes.ToArray());
        Assert.Contains("x: the opacity is 1 at most, read on the scale 0 to 1.", told.Notes, StringComparison.Ordinal);
    }

    private static string Read(byte[] file)
    {
        using var scope = NewDisposeScope();
        using var array = Open(file);
        var pixels = ArrayImages.Read(array, isSplitLater: false);
        return $"{Rote.Tensors.Shape.Text(pixels.shape)} {string.Join(' ', pixels.bytes[..4].ToArray())}";
    }

    private static NpyArray Open(byte[] file) => new("a", new MemoryStream(file), file.Length, file.Length, crc: null);
}
