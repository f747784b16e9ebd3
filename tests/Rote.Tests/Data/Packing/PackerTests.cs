using Rote.Data;
using Rote.Data.Packing;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Data.Packing;

[NoTensorLeaks]
public sealed class PackerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(5)]
    [InlineData(20)]
    public void A_packed_folder_has_the_pixels_labels_rows_and_order_of_the_folder(int? size)
    {
        var source = PackedSamples.Folder(_folder);
        var reading = new UserDataOptions { ImageSize = size };
        using var plain = PackedSamples.Load(source, reading);
        using var packed = PackedSamples.Load(PackedSamples.Pack(_folder, source, new PackOptions { Reading = reading }));
        RequireSame(plain, packed);
        Assert.Equal(SplitOrigin.SetAside, packed.Data.Origin);
    }

    [Fact]
    public void Parts_to_test_are_kept()
    {
        PackedSamples.Folder(_folder);
        Directory.CreateDirectory(_folder.File("both"));
        Directory.Move(_folder.File("pictures"), _folder.File("both/train"));
        PackedSamples.Folder(_folder, each: 3);
        Directory.Move(_folder.File("pictures"), _folder.File("both/test"));
        using var plain = PackedSamples.Load(_folder.File("both"));
        using var packed = PackedSamples.Load(PackedSamples.Pack(_folder, _folder.File("both")));
        RequireSame(plain, packed);
        Assert.Equal(SplitOrigin.Given, packed.Data.Origin);
    }

    [Fact]
    public void Grey_pictures_keep_one_channel_and_deep_ones_their_scale()
    {
        for (var i = 0; i < 12; i++)
        {
            PictureFiles.Write(_folder, $"grey/{i % 2}/{i}.png", PictureFiles.Noise(7, 7, (uint)i, isGrey: true));
        }

        using var plain = PackedSamples.Load(_folder.File("grey"));
        using var packed = PackedSamples.Load(PackedSamples.Pack(_folder, _folder.File("grey")));
        Assert.Equal(1, packed.Data.Train.Channels);
        RequireSame(plain, packed);
    }

    [Fact]
    public void Jpeg_files_decoded_whole_have_the_pixels_of_the_folder_and_scaled_ones_nearly()
    {
        for (var i = 0; i < 8; i++)
        {
            var seed = i;
            var picture = PictureFiles.Draw(
                200,
                160,
                (x, y) => new SKColor((byte)(x + (20 * seed)), (byte)(y + (x / 2)), (byte)(200 - y)),
                SKEncodedImageFormat.Jpeg
            );
            PictureFiles.Write(_folder, $"photos/{i % 2}/{i}.jpg", picture);
        }

        var reading = new UserDataOptions { ImageSize = 32 };
        using var plain = PackedSamples.Load(_folder.File("photos"), reading);
        var options = new PackOptions { Reading = reading, DecodeWhole = true };
        using (var whole = PackedSamples.Load(PackedSamples.Pack(_folder, _folder.File("photos"), options)))
        {
            RequireSame(plain, whole);
        }

        using var scaled = PackedSamples.Load(PackedSamples.Pack(_folder, _folder.File("photos"), options with { DecodeWhole = false }));
        var expected = plain.Data.Train.Pixels.data<byte>().ToArray();
        var found = scaled.Data.Train.Pixels.data<byte>().ToArray();
        Assert.NotEqual(expected, found);
        Assert.InRange(expected.Zip(found, (a, b) => Math.Abs(a - b)).Average(), 0, 2);
    }

    [Fact]
    public void Two_packings_have_the_same_bytes_and_other_data_another_name()
    {
        var source = PackedSamples.Folder(_folder);
        var first = File.ReadAllBytes(PackedSamples.Pack(_folder, source));
        Assert.Equal(first, File.ReadAllBytes(PackedSamples.Pack(_folder, source)));
        using var before = PackedSamples.Load(_folder.File("packed.rote"));
        PictureFiles.Write(_folder, "pictures/class0/000.png", PictureFiles.Noise(8, 8, 77));
        using var after = PackedSamples.Load(PackedSamples.Pack(_folder, source));
        Assert.NotEqual(before.Spec.Sha256, after.Spec.Sha256);
        Assert.Equal("packed", after.Spec.Name);
    }

    [Fact]
    public void Arrays_are_packed_and_vectors_are_refused()
    {
        var x = NpyFiles.Bytes([.. Enumerable.Range(0, 8 * 25).Select(i => (byte)i)], 8, 5, 5);
        var y = NpyFiles.Labels(1, 2, 1, 2, 1, 2, 1, 2);
        var arrays = _folder.Put("a.npz", NpyFiles.Npz(false, ("x.npy", x), ("y.npy", y)));
        using var plain = PackedSamples.Load(arrays);
        using var packed = PackedSamples.Load(PackedSamples.Pack(_folder, arrays));
        RequireSame(plain, packed);

        var table = _folder.Put("t.csv", "a,b,label\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n"u8.ToArray());
        var error = Assert.Throws<InputException>(() => PackedSamples.Pack(_folder, table));
        Assert.Equal($"{table} holds vectors, and pictures of 8 bits a value are packed; train on it as it is.", error.Message);
        using var vectors = PackedSamples.Load(table);
        Assert.Equal((2, 4), (vectors.Data.Train.Width, vectors.Data.Train.Count + vectors.Data.Test.Count));
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_named_or_left_out_and_leaves_no_gap()
    {
        var source = PackedSamples.Folder(_folder, broken: "pictures/class1/004.png");
        var error = Assert.Throws<InputException>(() => PackedSamples.Pack(_folder, source));
        Assert.Contains("1 of 30 pictures in pictures cannot be used: class1/004.png is cut", error.Message, StringComparison.Ordinal);
        Assert.Equal([source], Directory.GetFileSystemEntries(_folder.Path));

        var told = new Recorder();
        var options = new PackOptions { Reading = new UserDataOptions { SkipBad = true } };
        using var packed = PackedSamples.Load(PackedSamples.Pack(_folder, source, options, told));
        Assert.Contains("left out", told.Notes, StringComparison.Ordinal);
        Assert.Equal(29, packed.Data.Train.Count + packed.Data.Test.Count);
        using var plain = PackedSamples.Load(source, new UserDataOptions { SkipBad = true });
        Assert.Equal(All(plain).Order(StringComparer.Ordinal), All(packed).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("packed.bin")]
    [InlineData("packed")]
    public void Another_name_is_refused(string name)
    {
        var error = Assert.Throws<InputException>(() => Packer.Pack(_folder.Path, _folder.File(name), PackedSamples.Nowhere));
        Assert.EndsWith("expected the name of a file that ends in .rote.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_leaves_what_was_there()
    {
        var source = PackedSamples.Folder(_folder);
        var before = File.ReadAllBytes(PackedSamples.Pack(_folder, source));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Packer.Pack(source, _folder.File("packed.rote"), PackedSamples.Nowhere, token: stop.Token)
        );
        Assert.Equal(before, File.ReadAllBytes(_folder.File("packed.rote")));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    private static IEnumerable<string> All(NamedData data) =>
        PackedSamples.Lines(data.Data.Train).Concat(PackedSamples.Lines(data.Data.Test));

    private static void RequireSame(NamedData plain, NamedData packed)
    {
        Assert.Equal(plain.Data.Train.ClassNames, packed.Data.Train.ClassNames);
        Assert.Equal(PackedSamples.Lines(plain.Data.Train), PackedSamples.Lines(packed.Data.Train));
        Assert.Equal(PackedSamples.Lines(plain.Data.Test), PackedSamples.Lines(packed.Data.Test));
    }
}
