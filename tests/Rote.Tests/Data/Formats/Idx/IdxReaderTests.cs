using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Idx;

/// <summary>IDX files by path.</summary>
[NoTensorLeaks]
public sealed class IdxReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "-", "")]
    [InlineData("", ".", "")]
    [InlineData("MNIST/raw/", "-", ".gz")]
    public void A_folder_of_four_files_is_read_with_its_own_test_examples(string below, string separator, string packing)
    {
        Part($"{below}train-images{separator}idx3-ubyte{packing}", $"{below}train-labels{separator}idx1-ubyte{packing}", 7, 3, 7, 3);
        Part($"{below}t10k-images{separator}idx3-ubyte{packing}", $"{below}t10k-labels{separator}idx1-ubyte{packing}", 3, 7);
        using var data = Load("");
        Assert.Equal(
            (SplitOrigin.Given, 4, 2, 2, 3, 1),
            (
                data.Data.Origin,
                data.Data.Train.Count,
                data.Data.Test.Count,
                data.Data.Train.Height,
                data.Data.Train.Width,
                data.Data.Train.Channels
            )
        );
        Assert.Equal(["3", "7"], data.Data.Train.ClassNames);
        Assert.Equal([1, 0, 1, 0], data.Data.Train.Labels.data<long>().ToArray());
        Assert.Equal([0, 1], data.Data.Test.Labels.data<long>().ToArray());
        Assert.Equal([.. Enumerable.Range(0, 24).Select(i => (byte)i)], data.Data.Train.Pixels.data<byte>().ToArray());
        Assert.Equal($"train-images{separator}idx3-ubyte{packing}[3]", data.Data.Train.Rows[3].Name);
        Assert.Equal($"t10k-images{separator}idx3-ubyte{packing}[1]", data.Data.Test.Rows[1].Name);
    }

    [Theory]
    [InlineData("emnist-letters-train-images-idx3-ubyte")]
    [InlineData("emnist-letters-train-labels-idx1-ubyte.gz")]
    public void One_file_is_read_with_the_one_that_belongs_to_it(string path)
    {
        Part("emnist-letters-train-images-idx3-ubyte", "emnist-letters-train-labels-idx1-ubyte.gz", 0, 1, 0, 1);
        Part("emnist-digits-train-images-idx3-ubyte", "emnist-digits-train-labels-idx1-ubyte", 4, 5, 6, 4);
        using var data = Load(path);
        Assert.Equal((SplitOrigin.SetAside, "0", "1"), (data.Data.Origin, data.Data.Train.ClassNames[0], data.Data.Train.ClassNames[1]));
        Assert.Contains("2 IDX files of images for one part", Refused(""), StringComparison.Ordinal);
        Assert.EndsWith("); give the path of one.", Refused(""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_file_beside_the_same_unpacked_one_is_passed_over()
    {
        Part("train-images-idx3-ubyte", "train-labels-idx1-ubyte", 0, 1, 0, 1);
        Part("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", 0, 1, 0, 1);
        using var data = Load("");
        Assert.Equal(4, data.Data.Train.Count + data.Data.Test.Count);
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_one_sentence()
    {
        File.WriteAllBytes(_folder.File("train-images-idx3-ubyte"), Images(2));
        Assert.Contains("has no file of labels beside it, expected train-labels-idx1-ubyte.", Refused(""), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File("train-labels-idx1-ubyte"), Labels([0, 1, 0]));
        Assert.Contains("has 3 labels and", Refused(""), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File("train-labels-idx1-ubyte"), [0, 0, 8]);
        Assert.Contains("is cut", Refused(""), StringComparison.Ordinal);
    }

    private static byte[] Images(int count) =>
        [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(0, 6 * count).Select(i => (byte)i)];

    private static byte[] Labels(byte[] labels) => [0, 0, 8, 1, 0, 0, 0, (byte)labels.Length, .. labels];

    private void Part(string images, string labels, params byte[] values)
    {
        PictureFiles.Write(
            _folder,
            images,
            images.EndsWith(".gz", StringComparison.Ordinal) ? Packed.Gzip(Images(values.Length)) : Images(values.Length)
        );
        PictureFiles.Write(
            _folder,
            labels,
            labels.EndsWith(".gz", StringComparison.Ordinal) ? Packed.Gzip(Labels(values)) : Labels(values)
        );
    }

    private NamedData Load(string path) => DatasetLoader.Load(_folder.File(path), new DataFolder("/nowhere"));

    private string Refused(string path) => Assert.Throws<InputException>(() => Load(path)).Message;
}
