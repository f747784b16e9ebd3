using System.Buffers.Binary;
using Rote.Audits.Shown;
using Rote.Tests.Support;

namespace Rote.Tests.Audits.Shown;

public sealed class PictureArrayTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bytes_are_read_as_they_are_picture_by_picture()
    {
        var bytes = Enumerable.Range(0, 2 * 2 * 3 * 3).Select(i => (byte)(7 * i)).ToArray();
        using var array = PictureArray.Open(_folder.Put("p.npy", NpyFiles.Bytes(bytes, 2, 2, 3, 3)));
        Assert.Equal((2, 2, 3), (array.Count, array.Height, array.Width));
        var second = array.Read(1, 100);
        Assert.Equal(bytes[18..], second.Pixels);
        Assert.Equal((2, 3, 3), (second.Height, second.Width, second.Channels));
    }

    [Fact]
    public void Channels_may_come_first_and_grey_has_none()
    {
        byte[] planes = [10, 20, 30, 40, 110, 120, 130, 140, 210, 220, 230, 240];
        using var first = PictureArray.Open(_folder.Put("f.npy", NpyFiles.Bytes(planes, 1, 3, 2, 2)));
        Assert.Equal([10, 110, 210, 20, 120, 220, 30, 130, 230, 40, 140, 240], first.Read(0, 9).Pixels);
        using var grey = PictureArray.Open(_folder.Put("g.npy", NpyFiles.Bytes(planes, 3, 2, 2)));
        Assert.Equal([110, 120, 130, 140], grey.Read(1, 9).Pixels);
        Assert.Equal(1, grey.Read(1, 9).Channels);
    }

    [Theory]
    [InlineData(new[] { 0f, 0.5f, 1f, 0.25f }, new byte[] { 0, 128, 255, 64 })]
    [InlineData(new[] { -1f, 0f, 1f, 0.5f }, new byte[] { 0, 128, 255, 191 })]
    [InlineData(new[] { 0f, 100f, 255f, 3f }, new byte[] { 0, 100, 255, 3 })]
    [InlineData(new[] { 0f, float.NaN, 1f, float.PositiveInfinity }, new byte[] { 0, 0, 255, 255 })]
    [InlineData(new[] { float.NaN, float.NaN, float.NaN, float.NaN }, new byte[] { 0, 0, 0, 0 })]
    public void Fractions_are_brought_to_the_scale_of_bytes(float[] values, byte[] pixels)
    {
        using var array = PictureArray.Open(_folder.Put("p.npy", NpyFiles.Floats(values, 1, 2, 2)));
        Assert.Equal(pixels, array.Read(0, 9).Pixels);
    }

    [Fact]
    public void Of_a_large_picture_every_so_many_pixels_are_read_and_big_endian_is_turned_round()
    {
        ushort[] values = [.. Enumerable.Range(0, 6 * 6).Select(i => (ushort)(i * 1000))];
        var raw = NpyFiles.Raw(values, 2, BinaryPrimitives.WriteUInt16BigEndian);
        using var array = PictureArray.Open(_folder.Put("p.npy", NpyFiles.Array(">u2", raw, 1, 6, 6)));
        var small = array.Read(0, 2);
        Assert.Equal((2, 2), (small.Height, small.Width));
        byte[] expected = [.. new[] { 0, 3, 18, 21 }.Select(i => (byte)Math.Round(i * 1000 * 255 / 65535.0))];
        Assert.Equal(expected, small.Pixels);
    }

    [Fact]
    public void A_fourth_value_is_opacity_on_white()
    {
        using var array = PictureArray.Open(_folder.Put("p.npy", NpyFiles.Bytes([0, 100, 200, 0, 0, 100, 200, 255], 1, 1, 2, 4)));
        Assert.Equal([255, 255, 255, 0, 100, 200], array.Read(0, 9).Pixels);
    }

    [Fact]
    public void What_is_no_array_of_pictures_is_refused_in_a_sentence()
    {
        Refused("expected pictures as", "v.npy", NpyFiles.Floats([1, 2, 3, 4], 2, 2));
        Refused("expected pictures as", "c.npy", NpyFiles.Bytes(new byte[50], 1, 5, 5, 2));
        Refused("Fortran order", "f.npy", NpyFiles.Fortran("|u1", new byte[12], 1, 4, 3));
        Refused("is not a NumPy array", "x.npy", "hello, this is no array"u8.ToArray());
        Refused("it is empty", "e.npy", []);
        Refused("cut or damaged", "cut.npy", NpyFiles.Bytes(new byte[12], 1, 4, 3)[..^3]);
        using var wild = PictureArray.Open(_folder.Put("w.npy", NpyFiles.Floats([-300, 2, 3, 4], 1, 2, 2)));
        Assert.Contains("values from -300 to 4", Assert.Throws<InputException>(() => wild.Read(0, 9)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_in_Fortran_order_is_read_once_NumPy_has_saved_it_in_C_order()
    {
        var path = _folder.Put("f.npy", NpyFiles.Fortran("|u1", [.. Enumerable.Range(0, 12).Select(i => (byte)i)], 1, 4, 3));
        Refused("; save it with numpy.ascontiguousarray.", "f.npy", File.ReadAllBytes(path));
        var code = $"import numpy as n; n.save('{path}', n.ascontiguousarray(n.load('{path}')))";
        Assert.SkipUnless(Python.Plain("-c", "import numpy").Code == 0, "Needs NumPy: apt-get install python3-numpy.");
        Assert.Equal(0, Python.Plain("-c", code).Code);
        using var array = PictureArray.Open(path);
        Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], array.Read(0, 99).Pixels);
    }

    private void Refused(string part, string name, byte[] content) =>
        Assert.Contains(
            part,
            Assert.Throws<InputException>(() => PictureArray.Open(_folder.Put(name, content))).Message,
            StringComparison.Ordinal
        );
}
