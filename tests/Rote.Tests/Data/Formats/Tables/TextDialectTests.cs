using System.Text;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Tables;

/// <summary>Separated values as other programs write them.</summary>
[NoTensorLeaks]
public sealed class TextDialectTests : IDisposable
{
    private const string Plain = "a,b,label\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n";

    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("spaces.txt", "a b label\n1 2 x\n3 4 y\n5 6 x\n7 8 y\n")]
    [InlineData("aligned.data", "  a  b  label\n  1  2  x\n  3  4  y\n  5  6  x\n  7  8  y\n")]
    [InlineData("savetxt.txt", "# a b label\n1 2 x\n3 4 y\n5 6 x\n7 8 y\n")]
    [InlineData("savetxt.csv", "# a,b,label\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n")]
    [InlineData("tabs.txt", "a\tb\tlabel\n1\t2\tx\n3\t\t4\ty\n5\t6\tx\n7\t8\t\ty\n")]
    [InlineData("commas.data", "a,b,label\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n")]
    public void Tables_with_other_separators_are_read(string file, string text)
    {
        using var data = Load(file, Encoding.UTF8.GetBytes(text));
        Assert.Equal(["a", "b"], data.Data.Train.FeatureNames);
        Assert.Equal(["[0] 1 2 x", "[1] 3 4 y", "[2] 5 6 x", "[3] 7 8 y"], Packed.Rows(data));
    }

    [Fact]
    public void True_and_false_are_1_and_0()
    {
        using var data = Load("t.csv", "a,flag,label\n1,True,x\n2,False,y\n3,false,x\n4,TRUE,y\n"u8.ToArray());
        Assert.Equal(["[0] 1 1 x", "[1] 2 0 y", "[2] 3 0 x", "[3] 4 1 y"], Packed.Rows(data));
    }

    [Fact]
    public void A_packed_file_is_known_by_its_content_and_refused_where_it_is_cut()
    {
        var packed = Packed.Gzip(Encoding.UTF8.GetBytes(Plain));
        foreach (var file in new[] { "t.csv.gz", "t.csv" })
        {
            using var data = Load(file, packed);
            Assert.Equal(["[0] 1 2 x", "[1] 3 4 y", "[2] 5 6 x", "[3] 7 8 y"], Packed.Rows(data));
        }

        for (var length = 3; length < packed.Length; length++)
        {
            Assert.StartsWith(_folder.File("t.csv.gz"), Refused("t.csv.gz", packed[..length]), StringComparison.Ordinal);
        }

        Assert.Contains("is no sound gzip file", Refused("t.csv.gz", [0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8]), StringComparison.Ordinal);
        using var two = Load("two.csv.gz", [.. Packed.Gzip("a,label\n1,x\n2,y\n"u8.ToArray()), .. Packed.Gzip("3,x\n4,y\n"u8.ToArray())]);
        Assert.Equal(4, two.Data.Train.Count + two.Data.Test.Count);
    }

    [Fact]
    public void A_competitions_test_file_has_no_labels_and_is_not_read()
    {
        File.WriteAllText(_folder.File("train.csv"), "PassengerId,a,b,label\n1,1,2,x\n2,3,4,y\n3,5,6,x\n4,7,8,y\n");
        File.WriteAllText(_folder.File("test.csv"), "PassengerId,a,b\n5,1,2\n6,3,4\n");
        File.WriteAllText(_folder.File("sample_submission.csv"), "PassengerId,label\n5,x\n6,x\n");
        using var data = DatasetLoader.Load(_folder.Path, new DataFolder("/nowhere"), null, _told);
        Assert.Equal((SplitOrigin.SetAside, 2), (data.Data.Origin, data.Data.Train.Width));
        Assert.Contains(
            "test.csv has no column of labels and is not read; 20 % of each class set apart to test.",
            _told.Notes,
            StringComparison.Ordinal
        );
        Assert.Contains("PassengerId (numbers the rows)", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_with_zeros_before_them_stay_as_they_are_written_and_match()
    {
        using var data = Load("t.csv", "a,label\n1,01\n2,02\n3,01\n4,02\n"u8.ToArray());
        Assert.Equal(["01", "02"], data.Data.Train.ClassNames);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12_000)]
    public void Of_a_large_table_the_columns_are_known_by_their_first_rows_though_it_is_sorted(int grouped)
    {
        var text = new StringBuilder("id,a,kind,label\n");
        for (var row = 0; row < 36_000; row++)
        {
            var label = row / grouped % 3;
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{row},{row % 7},{10 * label},c{label}\n");
        }

        using var data = Load("t.csv", Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Equal(["a"], data.Data.Train.FeatureNames);
        Assert.Contains("id (numbers the rows); kind (determines the label one to one).", _told.Notes, StringComparison.Ordinal);
    }

    private NamedData Load(string file, byte[] content)
    {
        File.WriteAllBytes(_folder.File(file), content);
        return DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"), null, _told);
    }

    private string Refused(string file, byte[] content) => Assert.Throws<InputException>(() => Load(file, content)).Message;
}
