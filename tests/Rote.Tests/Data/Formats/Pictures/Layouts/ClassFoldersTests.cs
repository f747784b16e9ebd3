using Rote.Data.Formats.Pictures;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Pictures.Layouts;

public sealed class ClassFoldersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("Training", "Testing")]
    [InlineData("TRAIN", "TEST")]
    [InlineData("seg_train", "seg_test")]
    [InlineData("seg_train/seg_train", "seg_test/seg_test")]
    [InlineData("training_set", "test_set")]
    [InlineData("training_set/training_set", "test_set/test_set")]
    [InlineData("TrainingSet", "ValidationSet")]
    [InlineData("train_images", "val_images")]
    [InlineData("train2017", "val2017")]
    [InlineData("data/dataset/train", "data/dataset/eval")]
    [InlineData("trainset", "testset")]
    [InlineData("trainset", "devset")]
    [InlineData("1_train", "2_test")]
    [InlineData("train_aug", "test")]
    [InlineData("2019_train", "2020_valid")]
    [InlineData("tr", "te")]
    public void Splits_are_known_by_their_usual_names(string train, string test)
    {
        Make($"{train}/a/1.png", $"{train}/a/2.png", $"{train}/b/1.png", $"{test}/a/1.png", $"{test}/b/1.png");
        var found = Read();
        Assert.Equal(["a", "b"], found.ClassNames);
        Assert.True(found.IsSplit);
        Assert.Equal(3, found.Files.Count(f => f.Split == Rote.Data.Split.Train));
        Assert.Equal(2, found.Files.Count(f => f.Split == Rote.Data.Split.Test));
    }

    [Fact]
    public void A_prediction_folder_beside_two_parts_is_no_class()
    {
        Make(
            "seg_train/seg_train/a/1.png",
            "seg_train/seg_train/b/1.png",
            "seg_test/seg_test/a/1.png",
            "seg_test/seg_test/b/1.png",
            "seg_pred/seg_pred/1.png"
        );
        var found = Read();
        Assert.Equal(["a", "b"], found.ClassNames);
        Assert.Equal(["Not read, because there are seg_train/ and seg_test/: seg_pred/."], found.Notes.Select(n => n.ToString()));
    }

    [Fact]
    public void Classes_that_hold_parts_are_split_by_them()
    {
        Make("cat/train/1.png", "cat/test/1.png", "dog/train/1.png", "dog/train/2.png", "dog/test/1.png");
        var found = Read();
        Assert.Equal(["cat", "dog"], found.ClassNames);
        Assert.Equal(["cat/test/1.png", "dog/test/1.png"], found.Files.Where(f => f.Split == Rote.Data.Split.Test).Select(f => f.Path));
        Assert.Equal([0, 0, 1, 1, 1], found.Files.Select(f => f.Class));
    }

    [Fact]
    public void What_systems_leave_behind_is_no_class()
    {
        Make("a/1.png", "a/2.png", "b/1.png", "b/2.png");
        Make(
            "__MACOSX/a/._1.png",
            "@eaDir/a/1.png",
            ".git/x.png",
            ".ipynb_checkpoints/1.png",
            "$RECYCLE.BIN/x.png",
            "System Volume Information/x.png",
            "a/Thumbs.db",
            "a/thumbs.db",
            "desktop.ini",
            "b/._1.png",
            ".DS_Store",
            "a/.ipynb_checkpoints/1-checkpoint.png",
            "__pycache__/x.png"
        );
        var found = Read();
        Assert.Equal(["a", "b"], found.ClassNames);
        Assert.Equal(4, found.Files.Length);
        Assert.Empty(found.Notes.Select(n => n.ToString()));
    }

    // An audit that is begun from within the data keeps its networks in a folder there; the second time that was a class without pictures.
    [Fact]
    public void What_an_audit_and_a_run_left_in_the_data_is_no_class()
    {
        Make("a/1.png", "a/2.png", "b/1.png", "b/2.png");
        Make("audits/c240ab11cc5b-pets/audit.json", "audits/c240ab11cc5b-pets/probabilities.npy", "audits/.claims/c240ab11cc5b");
        Make("runs/9e2ab09044de-pets/experiment.json", "runs/9e2ab09044de-pets/manifest.json", "runs/9e2ab09044de-pets/page.png");
        Make("results/source.json", "results/summary.json", "results/suspects.csv", "results/picture.png");
        var found = Read();
        Assert.Equal(["a", "b"], found.ClassNames);
        Assert.Equal(4, found.Files.Length);
        Assert.Empty(found.Notes.Select(n => n.ToString()));
        Make("other/c240ab11cc5b-pets/audit.json", "other/1.png", "other/2.png");
        Assert.Equal(["a", "b", "other"], Read().ClassNames);
    }

    [Fact]
    public void An_empty_folder_is_left_out_and_shifts_no_class()
    {
        Make("train/a/1.png", "train/b/", "train/c/1.png", "test/a/1.png", "test/b/1.png", "test/c/1.png", "test/d/1.png", "test/d/2.png");
        var found = Read();
        Assert.Equal(["a", "c"], found.ClassNames);
        Assert.Equal(
            ["train/a/1.png 0", "train/c/1.png 1", "test/a/1.png 0", "test/c/1.png 1"],
            found.Files.OrderBy(f => f.Split).Select(f => $"{f.Path} {f.Class}")
        );
        Assert.Equal(
            ["Left out, because there is no picture of their class to train on: 1 picture of b, 2 pictures of d."],
            found.Notes.Select(n => n.ToString())
        );
    }

    [Fact]
    public void A_class_without_test_pictures_and_an_empty_one_are_said()
    {
        Make("train/a/1.png", "train/b/1.png", "train/c/", "test/a/1.png");
        Assert.Equal(
            ["Left out, because no picture is in its folder: c.", "No picture to test the class b."],
            Read().Notes.Select(n => n.ToString())
        );
    }

    [Fact]
    public void Test_pictures_without_labels_are_left_out_and_a_fifth_becomes_the_test_set()
    {
        Make("train/a/1.png", "train/a/2.png", "train/b/1.png", "train/b/2.png", "test/1.png", "test/2.png");
        var found = Read();
        Assert.False(found.IsSplit);
        Assert.Equal(4, found.Files.Length);
        Assert.Equal(
            [
                "test/ has no folders of classes: its 2 pictures without labels are left out, and a fifth of each class becomes "
                    + "the test set.",
            ],
            found.Notes.Select(n => n.ToString())
        );
    }

    [Fact]
    public void Where_the_test_pictures_have_no_labels_those_to_validate_are_tested()
    {
        Make("train/a/1.png", "train/b/1.png", "test/images/1.png", "val/a/1.png", "val/b/1.png");
        var found = Read();
        Assert.Equal(["val/a/1.png", "val/b/1.png"], found.Files.Where(f => f.Split == Rote.Data.Split.Test).Select(f => f.Path));
        Assert.Equal(["Not read, because train/ is trained on and val/ tested: test/."], found.Notes.Select(n => n.ToString()));
    }

    [Fact]
    public void Folders_around_are_gone_through_and_said()
    {
        Make("dataset/dataset/a/1.png", "dataset/dataset/a/2.png", "dataset/dataset/b/1.png", "dataset/dataset/b/2.png");
        var found = Read();
        Assert.Equal(["a", "b"], found.ClassNames);
        Assert.Equal(["Read from dataset/dataset/: what is around it holds nothing else."], found.Notes.Select(n => n.ToString()));
    }

    [Fact]
    public void Masks_beside_their_pictures_are_no_examples()
    {
        Make(
            "benign/benign (1).png",
            "benign/benign (1)_mask.png",
            "benign/benign (1)_mask_1.png",
            "benign/2.png",
            "normal/1.png",
            "normal/1-mask.png",
            "normal/gas_mask.png"
        );
        var found = Read();
        Assert.Equal(["benign/2.png", "benign/benign (1).png", "normal/1.png", "normal/gas_mask.png"], found.Files.Select(f => f.Path));
        Assert.Equal(
            ["Left out as masks, because their names are those of pictures beside them with an ending such as _mask: 3."],
            found.Notes.Select(n => n.ToString())
        );
    }

    [Fact]
    public void Letters_in_two_encodings_are_one_class()
    {
        Make("train/caf\u00E9/1.png", "train/b/1.png", "test/cafe\u0301/1.png", "test/b/1.png");
        Assert.Equal(["b", "caf\u00E9"], Read().ClassNames);
    }

    /// <summary>Where the program runs without ICU, .NET's Normalize() does nothing: both were classes, without a word.</summary>
    [Theory]
    [InlineData("caf\u00E9", "cafe\u0301")]
    [InlineData("tea", "tea\u00a0")]
    [InlineData("tea", "tea\u200b")]
    [InlineData("hot dog", "hot\u00a0dog")]
    public void Folders_that_nobody_can_tell_apart_are_twins_and_in_two_parts_one_class(string one, string other)
    {
        Make($"train/{one}/1.png", "train/b/1.png", $"test/{other}/1.png", "test/b/1.png");
        Assert.Equal([.. new[] { "b", one }.Order(StringComparer.Ordinal)], Read().ClassNames);
        Assert.Equal(4, Read().Files.Length);
        Make($"train/{other}/2.png");
        Assert.Contains("in how letters are encoded", Assert.Throws<InputException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outer_folders_that_all_hold_the_same_names_are_said()
    {
        Make("p1/cat/1.png", "p1/cat/2.png", "p1/dog/1.png", "p2/cat/1.png", "p2/dog/1.png", "p2/dog/2.png");
        var found = Read();
        Assert.Equal(["p1", "p2"], found.ClassNames);
        Assert.Contains(
            "The classes are read from the outer folders (p1, p2), and each of them holds folders of the same names (cat, dog).",
            Assert.Single(found.Notes).ToString(),
            StringComparison.Ordinal
        );
        Directory.Move(_folder.File("p2"), _folder.File("test")); // as the note says
        Directory.Move(_folder.File("p1"), _folder.File("train"));
        Assert.Equal(["cat", "dog"], Read().ClassNames);
    }

    public void Dispose() => _folder.Dispose();

    private PictureFolder Read() => PictureFolder.Read(_folder.Path);

    private void Make(params string[] files) => PictureFiles.Touch(_folder, files);
}
