using Rote.Data;
using Rote.Data.Formats.Numpy;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Numpy;

[NoTensorLeaks]
public sealed class ArrayDataTests : IDisposable
{
    private static readonly byte[] X = NpyFiles.Bytes([.. Enumerable.Range(0, 6 * 9).Select(i => (byte)i)], 6, 3, 3);
    private static readonly byte[] Y = NpyFiles.Labels(30, -5, 30, -5, 7, 7);
    private static readonly byte[] X2 = NpyFiles.Bytes(new byte[2 * 9], 2, 3, 3);
    private static readonly byte[] Y2 = NpyFiles.Labels(7, 30);

    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    [Theory]
    [InlineData("x_train", "y_train", "x_test", "y_test")]
    [InlineData("X_train", "Y_train", "X_test", "Y_test")]
    [InlineData("train_images", "train_labels", "test_images", "test_labels")]
    public void Given_parts_keep_their_rows(string x, string y, string x2, string y2)
    {
        using var data = Load((x, X), (y, Y), (x2, X2), (y2, Y2), ("val_images", X2));
        Assert.Equal([6, 3, 3, 1], data.Data.Train.Pixels.shape);
        Assert.Equal(["-5", "7", "30"], data.Data.Train.ClassNames);
        Assert.Equal([2, 0, 2, 0, 1, 1], data.Data.Train.Labels.data<long>().ToArray());
        Assert.Equal([1, 2], data.Data.Test.Labels.data<long>().ToArray());
        Assert.Equal(Enumerable.Range(0, 54).Select(i => (byte)i), data.Data.Train.Pixels.bytes.ToArray());
        Assert.Equal(
            (6, $"a.npz/{x}[1]", $"a.npz/{x2}[1]"),
            (data.Data.Train.Rows.Count, data.Data.Train.ExampleNames[1], data.Data.Test.ExampleNames[1])
        );
        Assert.EndsWith("not read: val_images.", _told.Notes, StringComparison.Ordinal);
        Assert.Equal(new DataSpec { Name = "d", Sha256 = data.Data.Test.Provenance.Sha256 }, data.Spec);
    }

    [Theory]
    [InlineData("images", "labels")]
    [InlineData("x", "y")]
    [InlineData("data", "labels")]
    [InlineData("data", "target")]
    [InlineData("embeddings", "labels")]
    [InlineData("x_train", "y_train")]
    public void Without_test_arrays_a_part_of_each_class_is_split_off(string x, string y)
    {
        using var data = Load((x, X), (y, Y));
        Assert.Equal((3, 3), (data.Data.Train.Count, data.Data.Test.Count));
        foreach (var images in new[] { data.Data.Train, data.Data.Test })
        {
            var (labels, pixels) = (images.Labels.data<long>().ToArray(), images.Pixels.bytes.ToArray());
            Assert.Equal([0, 1, 2], labels.Order());
            Assert.All(
                Enumerable.Range(0, 3),
                i =>
                {
                    var row = pixels[i * 9] / 9;
                    Assert.Equal($"a.npz[{row}]", images.ExampleNames[i]);
                    Assert.Equal("202011"[row] - '0', labels[i]);
                }
            );
        }
    }

    [Fact]
    public void Packed_and_unpacked_archives_and_folders_hold_the_same()
    {
        (string, byte[])[] arrays = [("x.npy", X), ("y.npy", Y)];
        var contents = new List<byte[]>();
        foreach (var isPacked in new[] { true, false })
        {
            PictureFiles.Write(_folder, "a.npz", NpyFiles.Npz(isPacked, arrays));
            using var data = LoadArchive();
            contents.Add(data.Data.Train.Pixels.bytes.ToArray());
        }

        PictureFiles.Write(_folder, "f/x.npy", X);
        PictureFiles.Write(_folder, "f/y.npy", Y);
        using var store = ArrayStore.OfFolder(_folder.File("f"));
        using var fromFolder = ArrayData.Load(store, "f", null);
        contents.Add(fromFolder.Data.Train.Pixels.bytes.ToArray());
        Assert.All(contents, c => Assert.Equal(contents[0], c));
    }

    [Theory]
    [InlineData("|i1", new byte[] { 1, 0xFF }, "-1 1")]
    [InlineData("|b1", new byte[] { 1, 0 }, "0 1")]
    [InlineData("<u2", new byte[] { 1, 0, 0xFF, 0xFF }, "1 65535")]
    [InlineData(">i2", new byte[] { 0, 1, 0xFF, 0xFE }, "-2 1")]
    [InlineData("<i4", new byte[] { 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF }, "-1 1")]
    [InlineData(">u4", new byte[] { 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF }, "1 4294967295")]
    [InlineData("<u8", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0 }, "1 2")]
    public void Labels_of_all_whole_types_are_read(string descr, byte[] two, string classes)
    {
        byte[] four = [.. two, .. two];
        using var data = Load(("x", NpyFiles.Bytes(new byte[16], 4, 2, 2)), ("y", NpyFiles.Array(descr, four, 4, 1)));
        Assert.Equal(classes, string.Join(' ', data.Data.Train.ClassNames));
    }

    [Fact]
    public void One_hot_rows_and_whole_floats_are_class_numbers()
    {
        var x = NpyFiles.Bytes(new byte[16], 4, 2, 2);
        using (
            var hot = Load(
                ("x_train", x),
                ("y_train", NpyFiles.Bytes([0, 1, 1, 0, 0, 1, 1, 0], 4, 2)),
                ("x_test", x),
                ("y_test", NpyFiles.Floats([0, 1, 0, 1], 4))
            )
        )
        {
            Assert.Equal([1, 0, 1, 0], hot.Data.Train.Labels.data<long>().ToArray());
            Assert.Equal([0, 1, 0, 1], hot.Data.Test.Labels.data<long>().ToArray());
        }

        Refused(
            "a.npz: y has the shape [4, 2] and 2 ones in row 0: these are multi-label data",
            ("x", x),
            ("y", NpyFiles.Bytes([1, 1, 1, 0, 0, 1, 1, 0], 4, 2))
        );
    }

    [Fact]
    public void Wrong_labels_are_one_sentence()
    {
        var x = NpyFiles.Bytes(new byte[16], 4, 2, 2);
        Refused(
            "a.npz: y has the shape [4, 10] and 0 ones in row 0: these are multi-label data, which are not supported, expected exactly "
                + "one class an example",
            ("x", x),
            ("y", NpyFiles.Bytes(new byte[40], 4, 10))
        );
        Refused(
            "a.npz: y has a label of 0.5, expected classes, as whole numbers. A quantity is",
            ("x", x),
            ("y", NpyFiles.Floats([0, 0.5f, 1, 1], 4))
        );
        Refused(
            "a.npz: y holds Python objects (dtype object), which only unpickling could read",
            ("x", x),
            ("y", NpyFiles.Array("|O", new byte[4], 4))
        );
        Refused("a.npz: y has 0 labels, expected 1 to 2147483591.", ("x", x), ("y", NpyFiles.Labels()));
        Refused("a.npz: every label of y is 3, expected at least two classes.", ("x", x), ("y", NpyFiles.Labels(3, 3, 3, 3)));
        Refused("a.npz: y has every label only once, expected one of them at least twice", ("x", x), ("y", NpyFiles.Labels(1, 2, 3, 4)));
        Refused("a.npz: x has 4 examples and y has 5 labels, expected as many of each.", ("x", x), ("y", NpyFiles.Labels(1, 1, 2, 2, 2)));
        Refused(
            "a.npz: y has a label of 18446744073709551615, expected at most 9223372036854775807.",
            ("x", x),
            ("y", NpyFiles.Array("<u8", [.. Enumerable.Repeat((byte)255, 32)], 4))
        );
        Refused(
            "a.npz: the label of example 1 of y_test is 9, which y_train lacks",
            ("x_train", X),
            ("y_train", Y),
            ("x_test", X2),
            ("y_test", NpyFiles.Labels(7, 9))
        );
        Refused(
            "a.npz: the pictures of x_train are [3, 3, 1] and those of x_test [4, 2, 1] (rows, columns, channels), expected the same.",
            ("x_train", X),
            ("y_train", Y),
            ("x_test", NpyFiles.Bytes(new byte[16], 2, 4, 2)),
            ("y_test", Y2)
        );
    }

    [Fact]
    public void Archives_without_the_arrays_are_told_what_was_found()
    {
        Refused("a.npz holds no arrays, expected images and labels; x and y; or x_train, y_train, x_test and y_test");
        Refused("a.npz holds the arrays a, b, expected images and labels;", ("b", X), ("a", X));
        Refused("a.npz has x_test and no y_test, expected both or neither.", ("x_train", X), ("y_train", Y), ("x_test", X2));
        Refused(
            "a.npz has test_labels and no test_images, expected both or neither.",
            ("train_images", X),
            ("train_labels", Y),
            ("test_labels", Y2)
        );
        Refused("a.npz holds the array \"X\" twice (upper and lower case are the same); remove one.", ("x", X), ("X", X));
    }

    [Fact]
    public void A_name_that_climbs_out_is_just_another_name() =>
        Refused("a.npz holds the arrays ../x, /tmp/y, expected", ("../x", X), ("/tmp/y", Y));

    [Fact]
    public void A_header_that_claims_more_than_there_is_costs_no_memory()
    {
        // 10¹² bytes claimed: by the header alone, and by the archive's directory as well.
        var lie = NpyFiles.Bytes([], 1_000_000, 1000, 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(
            "a.npz: x has 128 bytes, and its header speaks of 1000000000128 (uint8 of shape [1000000, 1000, 1000]); it is cut or damaged.",
            ("x", lie),
            ("y", Y)
        );
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        var error = Assert.Throws<InputException>(() =>
            new NpyArray("x", new MemoryStream(lie), 128 + 1_000_000_000_000, 1032 * lie.Length, crc: null)
        );
        Assert.Equal(
            "x can have at most 132096 bytes, and its header speaks of 1000000000128 (uint8 of shape [1000000, 1000, 1000]); it is cut "
                + "or damaged.",
            error.Message
        );
    }

    [Fact]
    public void A_bomb_is_refused_by_its_header_and_not_inflated()
    {
        // 50 MB of zeros that pack to 50 kB, behind a header that speaks of 54 bytes.
        var bomb = new byte[50_000_000];
        X.CopyTo(bomb, 0);
        Refused("a.npz: x has 50000000 bytes, and its header speaks of 182", ("x", bomb), ("y", Y));
    }

    [Fact]
    public void Anything_but_an_archive_is_refused()
    {
        foreach (var content in new byte[][] { [], [1, 2, 3], X, [.. "PK\x03\x04"u8, .. new byte[100]] })
        {
            PictureFiles.Write(_folder, "a.npz", content);
            Assert.Contains(
                "is not a sound .npz file",
                Assert.Throws<InputException>(() => LoadArchive()).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void An_archive_cut_anywhere_is_refused()
    {
        foreach (var isPacked in new[] { true, false })
        {
            var whole = NpyFiles.Npz(isPacked, ("x.npy", X), ("y.npy", Y));
            Assert.All(
                Enumerable.Range(0, whole.Length),
                length =>
                {
                    PictureFiles.Write(_folder, "a.npz", whole[..length]);
                    Assert.Throws<InputException>(() => LoadArchive());
                }
            );
        }
    }

    // A changed byte is refused, or it does not matter (a time stamp, the padding of a header): then the examples are the same.
    [Fact]
    public void A_changed_byte_is_refused_or_changes_nothing()
    {
        using var original = Load(("x", X), ("y", Y));
        var pixels = original.Data.Train.Pixels.bytes.ToArray();
        foreach (var isPacked in new[] { true, false })
        {
            var whole = NpyFiles.Npz(isPacked, ("x.npy", X), ("y.npy", Y));
            Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[1, 255])
                .Sample(
                    (at, change) =>
                    {
                        var file = whole.ToArray();
                        file[at] ^= (byte)change;
                        PictureFiles.Write(_folder, "a.npz", file);
                        try
                        {
                            using var data = LoadArchive();
                            return data.Data.Train.Pixels.bytes.SequenceEqual(pixels);
                        }
                        catch (InputException)
                        {
                            return true;
                        }
                    },
                    iter: 1000,
                    threads: 1
                );
        }
    }

    // Without an archive nothing guards the elements, but the header must still be sound or refused.
    [Fact]
    public void A_changed_or_cut_npy_file_is_read_or_refused()
    {
        PictureFiles.Write(_folder, "f/y.npy", Y);
        Gen.Select(Gen.Int[0, X.Length - 1], Gen.Byte, Gen.Int[0, X.Length], Gen.Bool)
            .Sample(
                (at, value, cut, isCut) =>
                {
                    var file = X.ToArray();
                    file[at] = value;
                    PictureFiles.Write(_folder, "f/x.npy", isCut ? file[..cut] : file);
                    try
                    {
                        using var store = ArrayStore.OfFolder(_folder.File("f"));
                        using var data = ArrayData.Load(store, "f", null);
                        return true;
                    }
                    catch (InputException)
                    {
                        return true;
                    }
                },
                iter: 1000,
                threads: 1
            );
    }

    [Fact]
    public void An_encrypted_entry_is_refused()
    {
        // Bit 0 of the general purpose flag, at offset 6 of a local header and 8 of a central one (APPNOTE.TXT, 4.3.7 and 4.3.12).
        var file = NpyFiles.Npz(false, ("x.npy", X), ("y.npy", Y));
        for (var i = 0; i + 9 < file.Length; i++)
        {
            if (file.AsSpan(i, 4).SequenceEqual("PK\x01\x02"u8))
            {
                file[i + 8] |= 1;
            }
        }

        PictureFiles.Write(_folder, "a.npz", file);
        Assert.EndsWith(
            "y is encrypted, expected what numpy.savez writes.",
            Assert.Throws<InputException>(() => LoadArchive()).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _folder.Dispose();

    private void Refused(string sentence, params (string Name, byte[] Content)[] arrays) =>
        Assert.StartsWith(
            $"{_folder.Path}{Path.DirectorySeparatorChar}{sentence}",
            Assert.Throws<InputException>(() => Load(arrays)).Message,
            StringComparison.Ordinal
        );

    private NamedData Load(params (string Name, byte[] Content)[] arrays)
    {
        PictureFiles.Write(_folder, "a.npz", NpyFiles.Npz(isPacked: true, [.. arrays.Select(a => ($"{a.Name}.npy", a.Content))]));
        return LoadArchive();
    }

    private NamedData LoadArchive()
    {
        using var store = ArrayStore.OfArchive(_folder.File("a.npz"));
        return ArrayData.Load(store, "d", _told);
    }
}
