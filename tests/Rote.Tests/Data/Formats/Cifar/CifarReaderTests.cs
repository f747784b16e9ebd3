using Rote.Data;
using Rote.Data.Formats.Cifar;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Cifar;

/// <summary>CIFAR's binary files by path.</summary>
[NoTensorLeaks]
public sealed class CifarReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("cifar-10-batches-bin/")]
    public void The_batches_of_CIFAR_10_are_read_with_their_names_of_classes(string below)
    {
        PictureFiles.Write(_folder, $"{below}data_batch_1.bin", [.. Record(1, 5), .. Record(0, 6)]);
        PictureFiles.Write(_folder, $"{below}data_batch_2.bin", [.. Record(1, 7)]);
        PictureFiles.Write(_folder, $"{below}test_batch.bin", [.. Record(0, 8)]);
        PictureFiles.Write(_folder, $"{below}batches.meta.txt", "ship\ncat\n\n"u8.ToArray());
        using var data = DatasetLoader.Load(_folder.Path, new DataFolder("/nowhere"));
        Assert.Equal(
            (SplitOrigin.Given, 3, 1, 32, 3),
            (data.Data.Origin, data.Data.Train.Count, data.Data.Test.Count, data.Data.Train.Height, data.Data.Train.Channels)
        );
        Assert.Equal(["cat", "ship"], data.Data.Train.ClassNames);
        Assert.Equal([0, 1, 0], data.Data.Train.Labels.data<long>().ToArray());
        Assert.Equal(["data_batch_1.bin[0]", "data_batch_1.bin[1]", "data_batch_2.bin[0]"], data.Data.Train.Rows.Names);
        Assert.Equal(["test_batch.bin[0]"], data.Data.Test.Rows.Names);
        Assert.Equal([5, 6, 7], Enumerable.Range(0, 3).Select(i => (int)data.Data.Train.Pixels.data<byte>()[i * CifarBinary.ImageBytes]));
    }

    [Fact]
    public void Of_CIFAR_100_the_fine_labels_are_taken()
    {
        PictureFiles.Write(_folder, "train.bin", [3, .. Record(1, 5), 4, .. Record(0, 6)]);
        PictureFiles.Write(_folder, "test.bin", [4, .. Record(0, 8)]);
        using var data = DatasetLoader.Load(_folder.Path, new DataFolder("/nowhere"));
        Assert.Equal(["0", "1"], data.Data.Train.ClassNames);
        Assert.Equal((2, 1), (data.Data.Train.Count, data.Data.Test.Count));
        Assert.Equal([1, 0], data.Data.Train.Labels.data<long>().ToArray());
    }

    [Theory]
    [InlineData("cifar-10-batches-py/data_batch_1")]
    [InlineData("data_batch_1")]
    public void The_Python_version_is_refused_as_pickles(string file)
    {
        PictureFiles.Write(_folder, file, [0x80, 2]);
        var message = Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.Path, new DataFolder("/nowhere"))).Message;
        Assert.Contains("is CIFAR's Python version, whose files are pickles", message, StringComparison.Ordinal);
        Assert.Contains("; take the binary version, or ", message, StringComparison.Ordinal);

        File.Delete(_folder.File(file));
        PictureFiles.Write(_folder, $"{file}.bin", [.. Record(1, 5), .. Record(0, 6)]);
        PictureFiles.Write(_folder, Path.Combine(Path.GetDirectoryName(file)!, "test_batch.bin"), [.. Record(0, 8)]);
        using var data = DatasetLoader.Load(_folder.Path, new DataFolder("/nowhere"));
        Assert.Equal((2, 1), (data.Data.Train.Count, data.Data.Test.Count));
    }

    [Fact]
    public void A_batch_that_is_cut_is_one_sentence()
    {
        PictureFiles.Write(_folder, "data_batch_1.bin", Record(1, 5)[..^1]);
        Assert.Contains(
            "not a whole number",
            Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.Path, new DataFolder("/nowhere"))).Message,
            StringComparison.Ordinal
        );
    }

    private static byte[] Record(byte label, byte value) => [label, .. Enumerable.Repeat(value, CifarBinary.ImageBytes)];
}
