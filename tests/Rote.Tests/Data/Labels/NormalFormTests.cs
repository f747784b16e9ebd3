using Rote.Data;
using Rote.Data.Labels;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Labels;

/// <summary>One name is one class, however its letters are put together.</summary>
[NoTensorLeaks]
public sealed class NormalFormTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Known answers: Unicode Standard Annex 15, figures 3 to 6, and NormalizationTest.txt.
    [Theory]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("A\u030a", "\u00c5")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("s\u0307\u0323", "\u1e69")]
    [InlineData("\ufb01", "\ufb01")]
    [InlineData("plain", "plain")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    public void Texts_are_brought_to_normal_form_C(string text, string expected) => Assert.Equal(expected, NormalForm.Of(text));

    [Fact]
    public void Half_of_a_character_is_left_as_it_is() => Assert.Equal("\ud800x", NormalForm.Of("\ud800x"));

    [Fact]
    public void A_letter_with_an_accent_is_one_class_in_a_table_and_in_the_labels_beside_it()
    {
        File.WriteAllText(
            _folder.File("t.csv"),
            "a,label\n1,caf\u00e9\n2,cafe\u0301\n3,th\u00e9\n4,the\u0301\n5,\u00a0th\u00e9\u200b\n6,caf\u00e9\n"
        );
        using var data = DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"));
        Assert.Equal(["caf\u00e9", "th\u00e9"], data.Data.Train.ClassNames);
        File.WriteAllText(_folder.File("x.csv"), "a,b\n1,2\n2,3\n3,5\n4,1\n");
        File.WriteAllText(_folder.File("y.txt"), "caf\u00e9\ncafe\u0301\nthe\u0301\nth\u00e9\n");
        using var beside = DatasetLoader.Load(
            _folder.File("x.csv"),
            new DataFolder("/nowhere"),
            new UserDataOptions { Labels = _folder.File("y.txt") }
        );
        Assert.Equal(["caf\u00e9", "th\u00e9"], beside.Data.Train.ClassNames);
    }

    [Fact]
    public void Names_of_classes_in_the_metadata_of_a_Parquet_file_are_too()
    {
        var file = ParquetFiles.Write(
            [ParquetFiles.Plain<float>("a", [1f, 2, 3, 4]), ParquetFiles.Plain<long>("label", [0L, 1, 0, 1])],
            huggingFace: ParquetFiles.ClassLabel("label", "the\u0301", "cafe\u0301")
        );
        File.WriteAllBytes(_folder.File("t.parquet"), file);
        using var data = DatasetLoader.Load(_folder.File("t.parquet"), new DataFolder("/nowhere"));
        Assert.Equal(["th\u00e9", "caf\u00e9"], data.Data.Train.ClassNames);
    }
}
