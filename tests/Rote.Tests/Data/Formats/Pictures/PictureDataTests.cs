using Rote.Data;
using Rote.Data.Formats.Pictures;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Data.Formats.Pictures;

[NoTensorLeaks]
public sealed class PictureDataTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    [Fact]
    public void A_folder_becomes_examples_with_labels_and_names()
    {
        MakeColours(side: 70, perClass: 10);
        using var data = Load();
        Assert.Equal([16, 32, 32, 3], data.Data.Train.Pixels.shape);
        Assert.Equal([4, 32, 32, 3], data.Data.Test.Pixels.shape);
        Assert.Equal(["blue", "red"], data.Data.Train.ClassNames);
        Assert.Equal(
            new DataSpec
            {
                Name = "d",
                Sha256 = data.Data.Train.Provenance.Sha256,
                ImageSize = 32,
            },
            data.Spec
        );
        Assert.Equal("a folder of 20 pictures, 20 % of each class set apart to test", data.Data.Test.Provenance.Source);
        foreach (var images in new[] { data.Data.Train, data.Data.Test })
        {
            var (labels, pixels) = (images.Labels.data<long>().ToArray(), images.Pixels.bytes.ToArray());
            Assert.All(
                Enumerable.Range(0, images.Count),
                i =>
                {
                    Assert.StartsWith(images.ClassNames[(int)labels[i]], images.ExampleNames![i], StringComparison.Ordinal);
                    Assert.Equal(labels[i] == 0 ? [0, 0, 255] : [255, 0, 0], pixels.AsSpan(i * 32 * 32 * 3, 3).ToArray());
                }
            );
        }

        Assert.Equal(20, data.Data.Train.ExampleNames!.Concat(data.Data.Test.ExampleNames!).Distinct().Count());
    }

    [Fact]
    public void Pictures_of_one_small_size_keep_it_and_grey_ones_have_one_channel()
    {
        for (uint i = 0; i < 6; i++)
        {
            PictureFiles.Write(_folder, $"{(i < 3 ? 'a' : 'b')}/{i}.png", PictureFiles.Noise(20, 12, i, isGrey: true));
        }

        using (var data = Load())
        {
            Assert.Equal([4, 12, 20, 1], data.Data.Train.Pixels.shape);
            Assert.Null(data.Spec.ImageSize);
            using var bitmap = SKBitmap.Decode(_folder.File(data.Data.Train.ExampleNames![0]));
            Assert.Equal(bitmap.Pixels.Select(p => p.Red), data.Data.Train.Pixels.bytes[..240].ToArray());
        }

        // One coloured picture, and none is grey any more; asked for a size, all are scaled.
        PictureFiles.Write(_folder, "b/7.png", PictureFiles.Noise(20, 12, 9));
        using var coloured = Load(new UserDataOptions { ImageSize = 16 });
        Assert.Equal([5, 16, 16, 3], coloured.Data.Train.Pixels.shape);
        Assert.Equal(16, coloured.Spec.ImageSize);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(65, 32)]
    public void The_common_size_is_kept_up_to_64(int side, int expected)
    {
        MakeColours(side, perClass: 2);
        using var data = Load();
        Assert.Equal(expected, data.Data.Train.Height);
    }

    [Fact]
    public void Given_test_pictures_stay_test_pictures()
    {
        foreach (var file in new[] { "train/a/1", "train/a/2", "train/a/3", "train/b/1", "val/a/9", "val/b/8" })
        {
            PictureFiles.Write(_folder, $"{file}.png", PictureFiles.Plain(4, 4, SKColors.Red));
        }

        using var data = Load();
        Assert.Equal(
            ["train/a/1.png", "train/a/2.png", "train/a/3.png", "train/b/1.png"],
            data.Data.Train.ExampleNames!.Order(StringComparer.Ordinal)
        );
        Assert.Equal(["val/a/9.png", "val/b/8.png"], data.Data.Test.ExampleNames!.Order(StringComparer.Ordinal));
        Assert.Equal("a folder of 6 pictures, with its own test pictures", data.Data.Train.Provenance.Source);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        MakeNoise(24);
        using var one = Load(threads: 1);
        using var many = Load(threads: 7);
        Assert.Equal(one.Spec, many.Spec);
        Assert.Equal(one.Data.Train.ExampleNames, many.Data.Train.ExampleNames);
        Assert.Equal(one.Data.Train.Pixels.bytes.ToArray(), many.Data.Train.Pixels.bytes.ToArray());
        Assert.Equal(one.Data.Test.Pixels.bytes.ToArray(), many.Data.Test.Pixels.bytes.ToArray());
    }

    [Fact]
    public void The_checksum_follows_contents_and_names()
    {
        MakeNoise(6);
        var first = Hash();
        Assert.Equal(first, Hash());
        File.Move(_folder.File("a/0.png"), _folder.File("a/00.png"));
        var renamed = Hash();
        PictureFiles.Write(_folder, "a/2.png", PictureFiles.Noise(9, 9, 77));
        Assert.Equal(3, new[] { first, renamed, Hash() }.Distinct().Count());
    }

    // The largest value of all files is 1,023: ten bits. Each of 1,023 and 512 as a share of it, and 8-bit files beside it as they are.
    [Theory]
    [InlineData(1023, 512, 10, 255, 128)]
    [InlineData(700, 512, 10, 174, 128)]
    [InlineData(255, 100, 8, 255, 100)]
    [InlineData(200, 100, 8, 200, 100)]
    [InlineData(65535, 32768, 16, 255, 128)]
    [InlineData(1, 1, 1, 255, 255)]
    public void Pictures_of_16_bits_are_read_on_one_scale_of_the_data_set(int bright, int dark, int bits, int shownBright, int shownDark)
    {
        for (var i = 0; i < 6; i++)
        {
            var number = i;
            PictureFiles.Write(
                _folder,
                $"{(i < 3 ? "dark" : "light")}/{i}.png",
                PngFiles.Make(2, 2, 16, PngFiles.Grey, (_, _, _) => number < 3 ? dark : bright)
            );
        }

        using var data = Load();
        Assert.Equal(bits, data.Spec.SampleBits);
        foreach (var images in new[] { data.Data.Train, data.Data.Test })
        {
            var (labels, pixels) = (images.Labels.data<long>().ToArray(), images.Pixels.bytes.ToArray());
            Assert.All(labels.Index(), l => Assert.Equal(l.Item == 0 ? shownDark : shownBright, pixels[4 * l.Index]));
        }

        Assert.Contains(
            $"Pictures of 16 bits a value: 6; the largest value is {bright}, and they are read on the scale 0 to {(1 << bits) - 1}.",
            _told.Notes,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_scale_of_training_is_kept_and_what_is_above_it_is_cut_and_said()
    {
        for (var i = 0; i < 4; i++)
        {
            PictureFiles.Write(_folder, $"{(i < 2 ? 'a' : 'b')}/{i}.png", PngFiles.Make(2, 2, 16, PngFiles.Grey, (_, _, _) => 300));
        }

        using var data = Load(new UserDataOptions { SampleBits = 8 });
        Assert.Equal(255, data.Data.Train.Pixels.bytes[0]);
        Assert.Contains(
            "read on the scale 0 to 255, as in training: larger values, in 4 of them, are cut.",
            _told.Notes,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_the_central_square_loses_is_said_and_another_fit_is_other_data()
    {
        for (var i = 0; i < 8; i++)
        {
            PictureFiles.Write(_folder, $"{(i < 4 ? 'a' : 'b')}/{i}.png", PictureFiles.Noise(i < 6 ? 160 : 80, 80, (uint)i));
        }

        using var cropped = Load();
        Assert.Equal(
            "The central square of each picture is read: of 6 of 8 pictures a part is cut off, 50 % of the area in the median and 50 % "
                + "at most; fit pad or squash keeps it.",
            _told.Notes
        );
        Assert.Null(cropped.Spec.Fit);
        using var padded = Load(new UserDataOptions { Fit = PictureFit.Pad });
        using var squashed = Load(new UserDataOptions { Fit = PictureFit.Squash });
        Assert.Equal((PictureFit.Pad, PictureFit.Squash), (padded.Spec.Fit, squashed.Spec.Fit));
        Assert.Equal(3, new[] { cropped, padded, squashed }.Select(d => RoteJson.Canonical(d.Spec)).Distinct().Count());
        Assert.DoesNotContain("fit", RoteJson.Canonical(cropped.Spec), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_were_invisible_or_lay_on_their_side_before_have_another_checksum()
    {
        MakeNoise(4);
        PictureFiles.Write(_folder, "a/9.png", PngFiles.Make(12, 12, 8, PngFiles.ColourAlpha, (y, x, c) => c == 3 ? 0 : y * x));
        using var data = Load();
        Assert.Equal(
            "Pictures whose alpha channel is 0 everywhere, so that nothing of them could be seen: 1; their colours are read without it.",
            _told.Notes.Split('\n')[^1]
        );
        using var hash = new ContentHash();
        foreach (var name in new[] { "a/0.png", "a/1.png", "a/9.png", "b/2.png", "b/3.png" })
        {
            hash.Add(name, System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_folder.File(name))));
        }

        Assert.NotEqual(hash.Result(), data.Spec.Sha256);
    }

    [Fact]
    public void A_class_with_one_picture_is_trained_on_and_not_tested()
    {
        MakeNoise(8);
        PictureFiles.Write(_folder, "owl/1.png", PictureFiles.Noise(9, 9, 3));
        using var data = Load();
        Assert.Equal(["a", "b", "owl"], data.Data.Train.ClassNames);
        Assert.Contains("owl/1.png", data.Data.Train.ExampleNames!);
        Assert.StartsWith("No picture to test the class owl: one picture is trained on.", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_in_a_table_are_a_part_of_the_checksum()
    {
        for (var i = 0; i < 6; i++)
        {
            PictureFiles.Write(_folder, $"p/{i}.png", PictureFiles.Noise(9, 9, (uint)i));
        }

        string Labelled(string first)
        {
            File.WriteAllText(_folder.File("labels.csv"), $"file,label\n0,{first}\n1,dog\n2,cat\n3,dog\n4,cat\n5,dog\n");
            using var data = Load();
            Assert.Equal("label", data.Spec.LabelColumn);
            Assert.Equal(
                "a folder of 6 pictures, labels from the column label of labels.csv, 20 % of each class set apart to test",
                data.Data.Train.Provenance.Source
            );
            return data.Spec.Sha256!;
        }

        Assert.NotEqual(Labelled("cat"), Labelled("dog"));
    }

    [Fact]
    public void Bad_pictures_are_listed_up_to_five_with_the_way_out()
    {
        MakeNoise(6);
        PictureFiles.Write(_folder, "a/empty.png", []);
        PictureFiles.Write(_folder, "a/no.jpg", "no"u8.ToArray());
        for (var i = 0; i < 4; i++)
        {
            PictureFiles.Write(_folder, $"b/cut{i}.png", PictureFiles.Noise(30, 30, 5)[..900]);
        }

        Assert.Equal(
            $"6 of 12 pictures in {_folder.Path} cannot be used: a/empty.png is empty; a/no.jpg is not a picture that can be read; "
                + $"b/cut0.png is cut; b/cut1.png is cut; b/cut2.png is cut; "
                + "and 1 more. Repair or remove them, or leave them out (skipping of bad pictures).",
            Assert.Throws<InputException>(() => Load()).Message
        );
    }

    [Fact]
    public void A_bad_picture_that_is_skipped_counts_as_not_there()
    {
        MakeNoise(8);
        using var clean = Load(new UserDataOptions { ImageSize = 8 });
        PictureFiles.Write(_folder, "a/empty.png", []);
        PictureFiles.Write(_folder, "b/cut.png", PictureFiles.Noise(30, 30, 5)[..900]);
        using var skipped = Load(new UserDataOptions { ImageSize = 8, SkipBad = true });
        Assert.Equal(clean.Spec, skipped.Spec);
        Assert.Equal(clean.Data.Train.ExampleNames, skipped.Data.Train.ExampleNames);
        Assert.Equal(clean.Data.Train.Pixels.bytes.ToArray(), skipped.Data.Train.Pixels.bytes.ToArray());
        Assert.Contains(
            $"2 of 10 pictures in {_folder.Path} cannot be used and are left out: a/empty.png is empty; b/cut.png is cut.",
            _told.Notes,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Skipping_may_leave_too_little()
    {
        MakeNoise(4);
        PictureFiles.Write(_folder, "a/0.png", []);
        PictureFiles.Write(_folder, "a/1.png", []);
        Assert.Equal(
            $"{_folder.Path} without what cannot be used: the class \"a\" has no picture, expected at least one.",
            Assert.Throws<InputException>(() => Load(new UserDataOptions { SkipBad = true })).Message
        );
    }

    [Fact]
    public void A_picture_that_may_not_be_read_is_named()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Needs a user whom permissions bind.");
            return;
        }

        MakeNoise(4);
        File.SetUnixFileMode(_folder.File("a/0.png"), UnixFileMode.None);
        Assert.Contains("a/0.png may not be read", Assert.Throws<InputException>(() => Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_ends_with_all_bytes()
    {
        MakeNoise(4);
        Load().Dispose();
        var last = _told.All.Last(p => !p.IsNote);
        Assert.Equal(("d", last.TotalBytes), (last.Text, last.Bytes));
        Assert.Equal(Directory.GetFiles(_folder.Path, "*.png", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length), last.Bytes);
    }

    [Fact]
    public void Loading_can_be_stopped()
    {
        MakeNoise(4);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => PictureData.Load(_folder.Path, "d", new UserDataOptions(), null, 2, stop.Token));
    }

    public void Dispose() => _folder.Dispose();

    private NamedData Load(UserDataOptions? options = null, int threads = 2) =>
        PictureData.Load(_folder.Path, "d", options ?? new UserDataOptions(), _told, threads, CancellationToken.None);

    private string Hash()
    {
        using var data = Load();
        return data.Spec.Sha256!;
    }

    private void MakeColours(int side, int perClass)
    {
        for (var i = 0; i < perClass; i++)
        {
            PictureFiles.Write(_folder, $"red/{i}.png", PictureFiles.Plain(side, side, SKColors.Red));
            PictureFiles.Write(_folder, $"blue/{i}.png", PictureFiles.Plain(side, side, SKColors.Blue));
        }
    }

    /// <summary>Pictures of different sizes in the classes a and b.</summary>
    private void MakeNoise(int count)
    {
        for (var i = 0; i < count; i++)
        {
            PictureFiles.Write(_folder, $"{(i < count / 2 ? 'a' : 'b')}/{i}.png", PictureFiles.Noise(10 + i, 13, (uint)i));
        }
    }
}
