using Rote.Data;
using Rote.Data.Formats.Pictures;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Pictures;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Classes_and_files_are_in_ordinal_order()
    {
        Make("b/2.png", "b/10.png", "B2/x.png", "B2/y.JPG", "a/z.webp", "a/deep/er.bmp", "a-1/p.jpeg", "a-1/q.png");
        var found = Read();
        Assert.Equal(["B2", "a", "a-1", "b"], found.ClassNames);
        Assert.Equal(
            ["B2/x.png", "B2/y.JPG", "a-1/p.jpeg", "a-1/q.png", "a/deep/er.bmp", "a/z.webp", "b/10.png", "b/2.png"],
            found.Files.Select(f => f.Path)
        );
        Assert.Equal([0, 0, 2, 2, 1, 1, 3, 3], found.Files.Select(f => f.Class));
        Assert.False(found.IsSplit);
        Assert.Empty(found.Notes.Select(n => n.ToString()));
    }

    [Theory]
    [InlineData("test")]
    [InlineData("val")]
    [InlineData("valid")]
    [InlineData("validation")]
    [InlineData("Test")]
    public void Parts_for_training_and_testing_are_kept(string test)
    {
        Make("train/a/1.png", "train/a/2.png", "train/b/1.png", $"{test}/a/1.png", $"{test}/b/1.png");
        var found = Read();
        Assert.True(found.IsSplit);
        Assert.Equal(["a", "b"], found.ClassNames);
        Assert.Equal(3, found.Files.Count(f => f.Split == Rote.Data.Split.Train));
        Assert.Equal(2, found.Files.Count(f => f.Split == Rote.Data.Split.Test));
    }

    [Fact]
    public void A_test_folder_wins_over_a_validation_folder_and_what_is_not_read_is_told()
    {
        Make("train/a/1.png", "train/b/1.png", "test/a/1.png", "test/b/1.png", "val/a/1.png", "val/b/1.png");
        var found = Read();
        Assert.Equal(4, found.Files.Length);
        Assert.Equal(["Not read, because train/ is trained on and test/ tested: val/."], found.Notes.Select(n => n.ToString()));
    }

    [Fact]
    public void A_train_beside_other_folders_is_a_class_and_alone_it_holds_the_classes()
    {
        Make("car/1.png", "car/2.png", "train/1.png", "train/2.png");
        Assert.Equal(["car", "train"], Read().ClassNames);
        using var other = new TempFolder();
        foreach (var file in new[] { "a/1.png", "a/2.png", "b/1.png", "b/2.png" })
        {
            PictureFiles.Write(other, $"train/{file}", [1]);
        }

        var found = PictureFolder.Read(other.Path);
        Assert.Equal(["a", "b"], found.ClassNames);
        Assert.False(found.IsSplit);
    }

    [Fact]
    public void What_is_passed_over_is_told()
    {
        Make(
            "a/1.png",
            "a/2.png",
            "a/notes.txt",
            "a/film.MP4",
            "a/film2.mp4",
            "a/README",
            "a/.hidden.png",
            ".git/x.png",
            "b/1.png",
            "b/2.png",
            "loose.png",
            "list.csv"
        );
        var found = Read();
        Assert.Equal(4, found.Files.Length);
        Assert.Equal(
            [
                "Files not looked at, because their names do not end in .png, .jpg, .jpeg, .jfif, .bmp, .webp, .gif: 5 (2 .mp4, 1 .csv, "
                    + "1 .txt, 1 without extension).",
                "Pictures not used, because they lie in no class's folder: 1.",
            ],
            found.Notes.Select(n => n.ToString())
        );
    }

    [Fact]
    public void Links_are_passed_over_and_counted_and_followed_on_request()
    {
        using var outside = new TempFolder();
        PictureFiles.Write(outside, "secret.png", [1]);
        PictureFiles.Write(outside, "owl/1.png", [1]);
        PictureFiles.Write(outside, "owl/2.png", [1]);
        Make("a/1.png", "a/2.png", "b/1.png", "b/2.png", "store/1.png", "store/2.png");
        Link("b/inside.png", "../store/1.png");
        Link("b/outside.png", outside.File("secret.png"));
        Link("b/nowhere.png", "missing.png");
        Link("b/circle.png", "circle.png");
        Directory.CreateSymbolicLink(_folder.File("owl"), outside.File("owl"));
        Directory.CreateSymbolicLink(_folder.File("b/loop"), "..");
        var found = Read();
        Assert.Equal(["a/1.png", "a/2.png", "b/1.png", "b/2.png", "store/1.png", "store/2.png"], found.Files.Select(f => f.Path));
        Assert.Equal(["Symbolic links not followed: 6; following of links includes them."], found.Notes.Select(note => $"{note}"));

        var followed = PictureFolder.Read(_folder.Path, new UserDataOptions { FollowLinks = true });
        Assert.Equal(
            [
                "a/1.png",
                "a/2.png",
                "b/1.png",
                "b/2.png",
                "b/inside.png",
                "b/outside.png",
                "owl/1.png",
                "owl/2.png",
                "store/1.png",
                "store/2.png",
            ],
            followed.Files.Select(f => f.Path)
        );
        Assert.Equal(
            ["Symbolic links that lead nowhere, or back to a folder that they lie in: 3."],
            followed.Notes.Select(n => n.ToString())
        );
    }

    [Fact]
    public void Links_in_a_circle_of_folders_end()
    {
        Make("a/1.png", "a/2.png", "b/1.png", "b/2.png");
        Directory.CreateSymbolicLink(_folder.File("a/to-b"), "../b");
        Directory.CreateSymbolicLink(_folder.File("b/to-a"), "../a");
        Directory.CreateSymbolicLink(_folder.File("b/self"), "./self/deeper");
        var found = PictureFolder.Read(_folder.Path, new UserDataOptions { FollowLinks = true });
        Assert.Equal(
            ["a/1.png", "a/2.png", "a/to-b/1.png", "a/to-b/2.png", "b/1.png", "b/2.png", "b/to-a/1.png", "b/to-a/2.png"],
            found.Files.Select(f => f.Path)
        );
        Assert.Equal(["Symbolic links that lead nowhere, or back to a folder that they lie in: 4."], found.Notes.Select(n => n.ToString()));
    }

    [Fact]
    public void The_folder_itself_may_be_a_link()
    {
        Make("a/1.png", "a/2.png", "b/1.png", "b/2.png");
        using var other = new TempFolder();
        Directory.CreateSymbolicLink(other.File("link"), _folder.Path);
        Assert.Equal(4, PictureFolder.Read(other.File("link")).Files.Length);
    }

    [Theory]
    [InlineData("{0} has no folders in it; expected one folder of pictures per class; docs/guide/own-data.md shows the layouts.")]
    [InlineData(
        "{0} has no folders in it, only 2 pictures; expected one folder of pictures per class; docs/guide/own-data.md shows the layouts.",
        "1.png",
        "2.jpg"
    )]
    [InlineData(
        "{0} has one class only, \"a\"; expected one folder of pictures per class; docs/guide/own-data.md shows the layouts, and at least "
            + "two of them.",
        "a/1.png",
        "a/2.png"
    )]
    [InlineData(
        "{0}: every class has one picture only, expected at least two of one class: one to train on and one to test.",
        "a/1.png",
        "b/1.png"
    )]
    [InlineData(
        "{0} has one class only with pictures in it, \"a\"; expected one folder of pictures per class; docs/guide/own-data.md shows the "
            + "layouts, and at least two of them.",
        "a/1.png",
        "a/2.png",
        "b/"
    )]
    [InlineData(
        "{0}: the class \"b\" has no picture that can be read, only files as b/1.tif; save them as PNG or JPEG, or remove the folder. "
            + "(Files not looked at, because their names do not end in .png, .jpg, .jpeg, .jfif, .bmp, .webp, .gif: 1 (1 .tif).)",
        "a/1.png",
        "a/2.png",
        "b/1.tif",
        "c/1.png"
    )]
    [InlineData(
        "{0} has folders whose names differ only in upper and lower case or in how letters are encoded: A, a; rename one, or put their "
            + "pictures into one and remove the others.",
        "A/1.png",
        "a/1.png"
    )]
    [InlineData(
        "{0} has folders whose names differ only in upper and lower case or in how letters are encoded: train/cat, test/Cat; rename one, "
            + "or put their pictures into one and remove the others.",
        "train/cat/1.png",
        "train/dog/1.png",
        "test/Cat/1.png",
        "test/dog/1.png"
    )]
    [InlineData(
        "{0}: no class of train/ is in test/: the first has a, b, the other 0, 1; expected the same folders in both.",
        "train/a/1.png",
        "train/b/1.png",
        "test/0/1.png",
        "test/1/1.png"
    )]
    public void A_folder_laid_out_otherwise_is_one_sentence(string sentence, params string[] files)
    {
        Make(files);
        Assert.Equal(string.Format(sentence, _folder.Path), Assert.Throws<InputException>(Read).Message);
    }

    public void Dispose() => _folder.Dispose();

    private PictureFolder Read() => PictureFolder.Read(_folder.Path);

    private void Make(params string[] files) => PictureFiles.Touch(_folder, files);

    private void Link(string name, string target) => File.CreateSymbolicLink(_folder.File(name), target);
}
