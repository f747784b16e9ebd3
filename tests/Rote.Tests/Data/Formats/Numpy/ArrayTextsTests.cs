using System.Buffers.Binary;
using System.Text;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Numpy;

/// <summary>Labels that are texts, in arrays.</summary>
[NoTensorLeaks]
public sealed class ArrayTextsTests : IDisposable
{
    private static readonly string[] Four = ["dog", "cat", "dog", "cat"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("<U3", false)]
    [InlineData(">U3", false)]
    [InlineData("<U7", true)]
    [InlineData("|S3", false)]
    [InlineData("|S9", true)]
    public void Names_of_classes_are_labels_in_any_form_of_text(string descr, bool isColumn)
    {
        var y = NpyFiles.Array(descr, Elements(descr, Four), isColumn ? [4, 1] : [4]);
        using var data = Load(("x.npy", Vectors), ("y.npy", y));
        Assert.Equal(["cat", "dog"], data.Data.Train.ClassNames);
        Assert.Equal(["d.npz[0] dog", "d.npz[1] cat", "d.npz[2] dog", "d.npz[3] cat"], Labelled(data));
    }

    [Fact]
    public void Whole_numbers_written_as_text_are_in_the_order_of_numbers()
    {
        using var data = Load(("x.npy", Vectors), ("y.npy", NpyFiles.Array("<U2", Elements("<U2", ["10", "9", "10", "9"]), 4)));
        Assert.Equal(["9", "10"], data.Data.Train.ClassNames);
    }

    [Fact]
    public void Test_labels_may_be_text_beside_training_labels_that_are()
    {
        var y = NpyFiles.Array("<U3", Elements("<U3", Four), 4);
        using var data = Load(("x_train.npy", Vectors), ("y_train.npy", y), ("x_test.npy", Vectors), ("y_test.npy", y));
        Assert.Equal([1, 0, 1, 0], data.Data.Test.Labels.data<long>().ToArray());
        var stranger = NpyFiles.Array("<U3", Elements("<U3", ["dog", "owl", "dog", "cat"]), 4);
        Assert.EndsWith(
            "y_test: the label of row 1 is \"owl\", which the training examples lack; expected classes that can be learned.",
            Refused(("x_train.npy", Vectors), ("y_train.npy", y), ("x_test.npy", Vectors), ("y_test.npy", stranger)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("<U3", "", "the label of row 1 is missing; leave out examples without a class.")]
    [InlineData("<U3", "nan", "the label of row 1 is missing (\"nan\"); leave out examples without a class.")]
    public void A_missing_text_is_no_class(string descr, string text, string expected) =>
        Assert.EndsWith(
            expected,
            Refused(("x.npy", Vectors), ("y.npy", NpyFiles.Array(descr, Elements(descr, ["dog", text, "dog", "cat"]), 4))),
            StringComparison.Ordinal
        );

    [Fact]
    public void Texts_that_are_damaged_too_long_or_in_the_place_of_examples_are_refused()
    {
        var noCharacter = Elements("<U3", Four);
        BinaryPrimitives.WriteUInt32LittleEndian(noCharacter.AsSpan(12), 0x110000);
        Assert.EndsWith(
            "the label of row 1 is no text; the array is damaged.",
            Refused(("x.npy", Vectors), ("y.npy", NpyFiles.Array("<U3", noCharacter, 4))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "np.char.decode",
            Refused(("x.npy", Vectors), ("y.npy", NpyFiles.Array("|S1", [0xe9, 97, 97, 97], 4))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "300 characters, expected at most 200",
            Refused(("x.npy", Vectors), ("y.npy", NpyFiles.Array("|S300", [.. Enumerable.Repeat((byte)97, 1200)], 4))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "holds text, expected pictures or vectors",
            Refused(("x.npy", NpyFiles.Array("|S1", [97, 98, 97, 98], 4, 1)), ("y.npy", NpyFiles.Labels(0, 1, 0, 1))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "expected one label an example",
            Refused(("x.npy", Vectors), ("y.npy", NpyFiles.Array("|S1", [97, 98, 97, 98, 97, 98, 97, 98], 4, 2))),
            StringComparison.Ordinal
        );
        Assert.Contains("\"<U0\"", Refused(("x.npy", Vectors), ("y.npy", NpyFiles.Array("<U0", [], 4))), StringComparison.Ordinal);
        Assert.Contains(
            "\"<U99999999\"",
            Refused(("x.npy", Vectors), ("y.npy", NpyFiles.Array("<U99999999", [], 4))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_of_text_labels_beside_an_array_is_read()
    {
        File.WriteAllBytes(_folder.File("e.npy"), Vectors);
        File.WriteAllBytes(_folder.File("names.npy"), NpyFiles.Array("<U3", Elements("<U3", Four), 4));
        using var data = DatasetLoader.Load(
            _folder.File("e.npy"),
            new DataFolder("/nowhere"),
            new UserDataOptions { Labels = _folder.File("names.npy") }
        );
        Assert.Equal(["e.npy[0] dog", "e.npy[1] cat", "e.npy[2] dog", "e.npy[3] cat"], Labelled(data));
    }

    private static byte[] Vectors => NpyFiles.Floats([1, 2, 3, 4], 4, 1);

    private static IEnumerable<string> Labelled(NamedData data) =>
        new[] { data.Data.Train, data.Data.Test }
            .SelectMany(part =>
                part.ExampleNames!.Zip(part.Labels.data<long>().ToArray(), (name, label) => $"{name} {part.ClassNames[(int)label]}")
            )
            .Order(StringComparer.Ordinal);

    private static byte[] Elements(string descr, string[] texts)
    {
        var length = int.Parse(descr[2..], System.Globalization.CultureInfo.InvariantCulture);
        Encoding encoding = descr[1] == 'S' ? Encoding.UTF8 : new UTF32Encoding(descr[0] == '>', false);
        var bytes = descr[1] == 'S' ? length : 4 * length;
        return [.. texts.SelectMany(text => encoding.GetBytes(text).Concat(new byte[bytes]).Take(bytes))];
    }

    private NamedData Load(params (string Name, byte[] Content)[] arrays)
    {
        File.WriteAllBytes(_folder.File("d.npz"), NpyFiles.Npz(true, arrays));
        return DatasetLoader.Load(_folder.File("d.npz"), new DataFolder("/nowhere"));
    }

    private string Refused(params (string Name, byte[] Content)[] arrays) => Assert.Throws<InputException>(() => Load(arrays)).Message;
}
