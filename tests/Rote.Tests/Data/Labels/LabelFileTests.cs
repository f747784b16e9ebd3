using System.Text;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Labels;

/// <summary>Labels in a file beside arrays or tables.</summary>
[NoTensorLeaks]
public sealed class LabelFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public LabelFileTests() => PictureFiles.Write(_folder, "e.npy", NpyFiles.Floats([0, 1, 2, 3, 4, 5, 6, 7], 4, 2));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cat\ndog\ncat\ndog\n", null)]
    [InlineData("label\ncat\ndog\ncat\ndog", null)]
    [InlineData("id,label\n1,cat\n2,dog\n3,cat\n4,dog\n", "label")]
    public void Texts_have_one_label_a_line_or_a_column_of_them(string text, string? column)
    {
        using var data = Load(text);
        Assert.Equal(["cat", "dog"], data.Data.Train.ClassNames);
        Assert.Equal(column, data.Spec.LabelColumn);
        foreach (var part in new[] { data.Data.Train, data.Data.Test })
        {
            Assert.All(
                Enumerable.Range(0, part.Count),
                i =>
                {
                    var row = (int)part.Pixels.data<float>()[2 * i] / 2;
                    Assert.Equal(($"e.npy[{row}]", row % 2), (part.ExampleNames![i], (int)part.Labels.data<long>()[i]));
                }
            );
        }
    }

    [Fact]
    public void Numbers_are_classes_in_their_order_from_an_array_and_from_text()
    {
        PictureFiles.Write(_folder, "y.npy", NpyFiles.Labels(10, 9, 10, 9));
        using var array = Load("y.npy", null);
        using var text = Load("10\n9\n10\n9\n");
        PictureFiles.Write(_folder, "y.npz", NpyFiles.Npz(true, ("arr_0.npy", NpyFiles.Labels(10, 9, 10, 9))));
        using var packed = Load("y.npz", null);
        Assert.All([array, text, packed], data => Assert.Equal(["9", "10"], data.Data.Train.ClassNames));
        Assert.Equal(array.Data.Train.Labels.data<long>().ToArray(), text.Data.Train.Labels.data<long>().ToArray());
        Assert.NotEqual(array.Spec.Sha256, text.Spec.Sha256);
    }

    [Fact]
    public void Pictures_and_tables_take_labels_from_beside_too()
    {
        PictureFiles.Write(_folder, "e.npy", NpyFiles.Bytes(new byte[16], 4, 2, 2));
        using var pictures = Load("a\nb\na\nb\n");
        Assert.Equal([2, 2, 2, 1], pictures.Data.Train.Pixels.shape);
        PictureFiles.Write(_folder, "t.csv", "a,b\n1,2\n3,4\n5,6\n7,8\n"u8.ToArray());
        using var table = DatasetLoader.Load(
            _folder.File("t.csv"),
            new DataFolder("/nowhere"),
            new UserDataOptions { Labels = _folder.File("y.csv") }
        );
        Assert.Equal(["a", "b"], table.Data.Train.FeatureNames!);
    }

    /// <summary>As the refusal of numbers in another order says: sorted, or without them. Other numbers are no rows.</summary>
    [Theory]
    [InlineData("id,label\n0,b\n1,a\n2,a\n3,b\n")]
    [InlineData("id,label\n1,b\n2,a\n3,a\n4,b\n")]
    [InlineData("label\nb\na\na\nb\n")]
    [InlineData("id,label\n70,b\n10,a\n40,a\n20,b\n")]
    [InlineData("id,label\nq,b\n0,a\n2,a\n1,b\n")]
    public void Labels_are_given_row_by_row(string text)
    {
        using var data = Load(text);
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(["b", "a", "a", "b"], all.Rows.InOrder().Select(i => all.ClassNames[(int)all.Labels.data<long>()[i]]));
    }

    [Theory]
    [InlineData("a\nb\na\n", "e.npy has 4 examples and FOLDER/y.csv has 3 labels, expected as many of each.")]
    [InlineData("a\na\na\na\n", "y.csv: every label is a, expected at least two classes.")]
    [InlineData("1.5\n2\n1.5\n2\n", "y.csv has the label 1.5, a number that is not whole; expected classes, as names or")]
    [InlineData("id,label\n2,a\n0,b\n1,a\n3,b\n", "y.csv: id numbers the rows in another order than they have (row 0 has 2), and labels")]
    [InlineData("id,label\n1,a\n2,\n3,b\n4,a\n", "y.csv: the label in row 1 (line 3) is missing.")]
    [InlineData("a\nNA\nb\na\n", "y.csv: the label in row 1 (line 2) is missing (\"NA\").")]
    [InlineData("", "y.csv is empty")]
    public void Labels_that_do_not_fit_are_one_sentence(string text, string sentence) =>
        Assert.Contains(
            sentence.Replace("FOLDER", _folder.Path, StringComparison.Ordinal),
            Assert.Throws<InputException>(() => Load(text)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Files_that_hold_no_labels_are_one_sentence()
    {
        Assert.Equal($"There is no file {_folder.File("none.csv")}, which is named as the file of labels.", Refused("e.npy", "none.csv"));
        PictureFiles.Write(_folder, "y.npz", NpyFiles.Npz(true, ("a.npy", NpyFiles.Labels(1)), ("b.npy", NpyFiles.Labels(1))));
        Assert.EndsWith(
            "expected one array of whole numbers or text (.npy, .npz), or a text with one label a line or columns with names.",
            Refused("e.npy", "y.npz"),
            StringComparison.Ordinal
        );
        PictureFiles.Write(_folder, "y.npy", NpyFiles.Floats([0, 0.5f, 0, 0.5f], 4));
        Assert.Contains("y.npy", Refused("e.npy", "y.npy"), StringComparison.Ordinal);
        PictureFiles.Write(_folder, "two.npz", NpyFiles.Npz(true, ("a.npy", NpyFiles.Labels(1)), ("b.npy", NpyFiles.Labels(1))));
        PictureFiles.Write(_folder, "y.csv", "a\nb\n"u8.ToArray());
        Assert.EndsWith(
            "holds 2 arrays, expected one, whose labels are given with the file of labels.",
            Refused("two.npz", "y.csv"),
            StringComparison.Ordinal
        );
        PictureFiles.Write(_folder, "pictures/a/1.png", [1]);
        Assert.Contains("y.csv names 0 of the 1 pictures in", Refused("pictures", "y.csv"), StringComparison.Ordinal);
    }

    private NamedData Load(string text) => Load("y.csv", Encoding.UTF8.GetBytes(text));

    private NamedData Load(string labels, byte[]? content)
    {
        if (content is not null)
        {
            PictureFiles.Write(_folder, labels, content);
        }

        return DatasetLoader.Load(_folder.File("e.npy"), new DataFolder("/nowhere"), new UserDataOptions { Labels = _folder.File(labels) });
    }

    private string Refused(string data, string labels) =>
        Assert
            .Throws<InputException>(() =>
                DatasetLoader.Load(_folder.File(data), new DataFolder("/nowhere"), new UserDataOptions { Labels = _folder.File(labels) })
            )
            .Message;
}
