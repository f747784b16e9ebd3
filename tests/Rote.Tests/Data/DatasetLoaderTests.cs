using Rote.Data;
using Rote.Data.Formats;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Data;

[NoTensorLeaks]
public sealed class DatasetLoaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_catalog_name_wins_over_a_folder_of_that_name_and_a_separator_makes_it_a_path()
    {
        using var place = new WorkingFolder(_folder);
        Directory.CreateDirectory(_folder.File("shapes"));
        Assert.True(DatasetLoader.IsCatalogName("shapes"));
        Assert.False(DatasetLoader.IsCatalogName("./shapes"));
    }

    [Fact]
    public void What_lies_on_disk_is_a_path()
    {
        using var place = new WorkingFolder(_folder);
        Directory.CreateDirectory(_folder.File("cats"));
        Assert.False(DatasetLoader.IsCatalogName("cats"));
    }

    [Fact]
    public void A_word_that_is_neither_is_told_with_both_readings()
    {
        using var place = new WorkingFolder(_folder);
        Assert.Equal(
            $"There is no data set \"shape\", and no file or folder of that name in {_folder.Path}; did you mean shapes? (The others are "
                + $"cifar10, mnist, fashion-mnist, modular-addition.)",
            Assert.Throws<InputException>(() => DatasetLoader.IsCatalogName("shape")).Message
        );
        Assert.Equal(
            $"There is no data set \"photographs\", and no file or folder of that name in {_folder.Path}; choose one of cifar10, mnist, "
                + $"fashion-mnist, shapes, modular-addition.",
            Assert.Throws<InputException>(() => DatasetLoader.IsCatalogName("photographs")).Message
        );
    }

    [Theory]
    [InlineData("none/")]
    [InlineData("none.npz")]
    [InlineData("none.NPY")]
    public void A_path_that_leads_nowhere_is_told_as_one(string path) =>
        Assert.Equal(
            $"There is nothing at {Path.GetFullPath(path)}; expected {DatasetReaders.Kinds}.",
            Assert.Throws<InputException>(() => DatasetLoader.IsCatalogName(path)).Message
        );

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        PictureFiles.Write(_folder, "cats.unknown", [1]);
        Assert.Equal(
            $"{_folder.File("cats.unknown")} is not data that can be read; expected {DatasetReaders.Kinds}.",
            Assert.Throws<InputException>(() => Load("cats.unknown")).Message
        );
    }

    [Theory]
    [InlineData("/data/My Pictures (2)/", "My-Pictures--2")]
    [InlineData("/data/x_train.npz", "x_train")]
    [InlineData("/data/...", "data")]
    [InlineData("/data/Äpfel", "pfel")]
    [InlineData("/data/12345678901234567890123456789012345678901234567890", "1234567890123456789012345678901234567890")]
    public void The_short_name_is_fit_for_a_file_name(string path, string expected) =>
        Assert.Equal(expected, DatasetLoader.ShortName(path));

    [Fact]
    public void A_catalog_set_has_no_checksum_in_its_spec_so_its_identities_stay()
    {
        using var data = DatasetLoader.Load("shapes", new DataFolder("/nowhere"));
        Assert.Equal(new DataSpec { Name = "shapes" }, data.Spec);
        Assert.Equal(("train[0]", "test[0]"), (data.Data.Train.ExampleNames[0], data.Data.Test.ExampleNames[0]));
    }

    [Fact]
    public void Options_for_pictures_are_refused_elsewhere()
    {
        PictureFiles.Write(_folder, "a.npz", NpyFiles.Npz(false, ("x.npy", NpyFiles.Bytes(new byte[8], 2, 2, 2))));
        Assert.All(
            ["shapes", _folder.File("a.npz")],
            name =>
                Assert.Equal(
                    $"image size, fit, skipping of bad pictures and following of links are for folders of pictures, and {name} is none: "
                        + $"its images keep their size, and all of them are read.",
                    Assert
                        .Throws<InputException>(() =>
                            DatasetLoader.Load(name, new DataFolder("/nowhere"), new UserDataOptions { ImageSize = 8 })
                        )
                        .Message
                )
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void An_image_size_out_of_range_is_refused(int size) =>
        Assert.Equal(
            $"The image size is {size}, expected 1 to 1024.",
            Assert.Throws<InputException>(() => new UserDataOptions { ImageSize = size }).Message
        );

    [Fact]
    public void Folders_files_and_folders_of_arrays_are_told_apart()
    {
        for (var i = 0; i < 2; i++)
        {
            PictureFiles.Write(_folder, $"pictures/a/{i}.png", PictureFiles.Plain(4, 4, SKColors.Red));
            PictureFiles.Write(_folder, $"pictures/b/{i}.png", PictureFiles.Plain(4, 4, SKColors.Blue));
        }

        var (x, y) = (NpyFiles.Bytes(new byte[4 * 9], 4, 3, 3), NpyFiles.Labels(0, 0, 1, 1));
        PictureFiles.Write(_folder, "pictures/embeddings.npy", x);
        PictureFiles.Write(_folder, "arrays/images.npy", x);
        PictureFiles.Write(_folder, "arrays/labels.npy", y);
        PictureFiles.Write(_folder, "a.npz", NpyFiles.Npz(true, ("x.npy", x), ("y.npy", y)));
        string[] paths = ["pictures", "arrays", "arrays/images.npy", "a.npz"];
        Assert.Equal(
            [4, 3, 3, 3],
            paths.Select(path =>
            {
                using var data = Load(path);
                return data.Data.Train.Height;
            })
        );
    }

    [Fact]
    public void A_folder_with_arrays_alone_is_told_which_names_are_read()
    {
        PictureFiles.Write(_folder, "arrays/pixels.npy", NpyFiles.Labels(1));
        Assert.StartsWith(
            $"{_folder.File("arrays")} holds one array, pixels, expected images and labels;",
            Assert.Throws<InputException>(() => Load("arrays")).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _folder.Dispose();

    private NamedData Load(string name) => DatasetLoader.Load(_folder.File(name), new DataFolder("/nowhere"));

    /// <summary>Makes a folder the current one; tests run one after the other.</summary>
    private sealed class WorkingFolder : IDisposable
    {
        private readonly string _before = Environment.CurrentDirectory;

        public WorkingFolder(TempFolder folder) => Environment.CurrentDirectory = folder.Path;

        public void Dispose() => Environment.CurrentDirectory = _before;
    }
}
