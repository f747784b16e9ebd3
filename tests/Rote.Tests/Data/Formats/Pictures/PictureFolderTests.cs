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
        Assert.Equal(["B2/x.png", "B2/y.JPG", "a-1/p.jpeg", "a-1/q.png", "a/deep/er.bmp", "a/z.webp", "b/10.png", "b/2.png"], found.Files.Select(f => f.Path));
        Assert.Equal([0, 0, 2, 2, 1, 1, 3, 3], found.Files.Select(f => f.Class));
        Assert.False(found.IsSplit);
        Assert.Empty(found.Notes);
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
        Assert.Equal(["Not read, because there are train/ and test/: val/."], found.Notes);
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
        Make("a/1.png", "a/2.png", "a/notes.txt", "a/film.GIF", "a/film2.gif", "a/README", "a/.hidden.png", ".git/x.png", "b/1.png", "b/2.png", "loose.png", "list.csv");
        var found = Read();
        Assert.Equal(4, found.Files.Length);
        Assert.Equal(
            [
                "Files not looked at, because their names do not end in .png, .jpg, .jpeg, .jfif, .bmp, .webp: 5 (2 .gif, 1 .csv, 1 .txt, 1 without extension).",
                "Pictures not used, because they lie in no class's folder: 1.",
            ],
            found.Notes);
    }

    [Fact]
    public void Links_inside_the_folder_are_followed_and_others_told()
    {
        using var outside = new TempFolder();
        PictureFiles.Write(outside, "secret.png", [1]);
        Make("a/1.png", "a/2.png", "b/1.png", "store/1.png", "store/2.png");
        Link("b/inside.png", "../store/1.png");
        Link("b/outside.png", outside.File("secret.png"));
        Link("b/nowhere.png", "missing.png");
        Link("b/circle.png", "circle.png");
        Directory.CreateSymbolicLink(_folder.File("way"), outside.Path);
        Link("b/around.png", "../way/secret.png");
        Directory.CreateSymbolicLink(_folder.File("b/loop"), "..");
        var found = Read();
        Assert.Equal(["a/1.png", "a/2.png", "b/1.png", "b/inside.png", "store/1.png", "store/2.png"], found.Files.Select(f => f.Path));
        Assert.Equal([$"Symbolic links not followed, because they lead to a folder, out of {_folder.Path}, or nowhere: 6."], found.Notes);
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
    [InlineData("{0} has no folders in it; expected one folder of pictures per class; docs/own-data.md shows the layouts.")]
    [InlineData("{0} has no folders in it, only 2 pictures; expected one folder of pictures per class; docs/own-data.md shows the layouts.", "1.png", "2.jpg")]
    [InlineData("{0} has one class only, \"a\"; expected one folder of pictures per class; docs/own-data.md shows the layouts, and at least two of them.", "a/1.png", "a/2.png")]
    [InlineData("{0}: the class \"b\" has 1 picture, expected at least two: one to train on and one to test.", "a/1.png", "a/2.png", "b/1.png")]
    [InlineData("{0}: the class \"b\" has 0 pictures, expected at least two: one to train on and one to test. (Files not looked at, because their names do not end in .png, .jpg, .jpeg, .jfif, .bmp, .webp: 1 (1 .tif).)", "a/1.png", "a/2.png", "b/1.tif")]
    [InlineData("{0} has folders whose names differ only in upper and lower case: A, a; rename one, or put their pictures together.", "A/1.png", "a/1.png")]
    [InlineData("{0}: the classes of train/ and test/ differ: only train/ has b; only test/ has c; expected the same folders in both.", "train/a/1.png", "train/b/1.png", "test/a/1.png", "test/c/1.png")]
    [InlineData("{0}: the class \"b\" has 2 pictures to train on and 0 to test, expected at least one of each.", "train/a/1.png", "train/b/1.png", "train/b/2.png", "test/a/1.png", "test/b/")]
    public void A_folder_laid_out_otherwise_is_one_sentence(string sentence, params string[] files)
    {
        Make(files);
        Assert.Equal(string.Format(sentence, _folder.Path), Assert.Throws<InputException>(Read).Message);
    }

    public void Dispose() => _folder.Dispose();

    private PictureFolder Read() => PictureFolder.Read(_folder.Path);

    private void Make(params string[] files)
    {
        foreach (var file in files)
        {
            if (file.EndsWith('/'))
            {
                Directory.CreateDirectory(_folder.File(file));
            }
            else
            {
                PictureFiles.Write(_folder, file, [1]);
            }
        }
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(_folder.File(name), target);
}
