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
        Assert.Equal(new DataSpec { Name = "d", Sha256 = data.Data.Train.Provenance.Sha256, ImageSize = 32 }, data.Spec);
        Assert.Equal("a folder of 20 pictures, 20 % of each class set apart to test", data.Data.Test.Provenance.Source);
        foreach (var images in new[] { data.Data.Train, data.Data.Test })
        {
            var (labels, pixels) = (images.Labels.data<long>().ToArray(), images.Pixels.bytes.ToArray());
            Assert.All(Enumerable.Range(0, images.Count), i =>
            {
                Assert.StartsWith(images.ClassNames[(int)labels[i]], images.ExampleNames![i], StringComparison.Ordinal);
                Assert.Equal(labels[i] == 0 ? [0, 0, 255] : [255, 0, 0], pixels.AsSpan(i * 32 * 32 * 3, 3).ToArray());
            });
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
        Assert.Equal(["train/a/1.png", "train/a/2.png", "train/a/3.png", "train/b/1.png"], data.Data.Train.ExampleNames!.Order(StringComparer.Ordinal));
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
            $"6 of 12 pictures in {_folder.Path} cannot be used: a/empty.png is empty; a/no.jpg is not a picture that can be read; b/cut0.png is cut; b/cut1.png is cut; b/cut2.png is cut; "
            + "and 1 more. Repair or remove them, or leave them out with --skip-bad.",
            Assert.Throws<InputException>(() => Load()).Message);
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
        Assert.Equal($"2 of 10 pictures in {_folder.Path} cannot be used and are left out: a/empty.png is empty; b/cut.png is cut.", _told.Notes);
    }

    [Fact]
    public void Skipping_may_leave_too_little()
    {
        MakeNoise(4);
        PictureFiles.Write(_folder, "a/0.png", []);
        Assert.Equal(
            $"{_folder.Path} without what cannot be used: the class \"a\" has 1 picture, expected at least two: one to train on and one to test.",
            Assert.Throws<InputException>(() => Load(new UserDataOptions { SkipBad = true })).Message);
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
        var last = _told.All[^1];
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

    private NamedData Load(UserDataOptions? options = null, int threads = 2) => PictureData.Load(_folder.Path, "d", options ?? new UserDataOptions(), _told, threads, CancellationToken.None);

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
