using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Tables;

/// <summary>Which columns of a table are features, which one is the label, and how its first line and its labels are read.</summary>
[NoTensorLeaks]
public sealed class ColumnSieveTests : IDisposable
{
    private static readonly string[] Kinds = ["ant", "bee", "cat"];

    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Id", 1)]
    [InlineData("index", 0)]
    [InlineData("Unnamed: 0", 0)]
    [InlineData("", 0)]
    public void Row_numbers_are_left_out_and_said_so(string name, int first)
    {
        using var data = Load(Table($"{name},a,b,kind", i => $"{i + first},{i * 7 % 5},{i * 3 % 4},{Kinds[i % 3]}"));
        Assert.Equal(["a", "b"], data.Data.Train.FeatureNames!);
        Assert.Contains(
            $"left out as no features: {(name.Length == 0 ? "Unnamed: 0" : name)} (numbers the rows).",
            _told.Notes,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Numbers_of_another_name_or_in_another_order_are_features()
    {
        using var data = Load(Table("step,id,kind", i => $"{i},{i * 7 % 30},{Kinds[i % 3]}"));
        Assert.Equal(["step", "id"], data.Data.Train.FeatureNames!);
    }

    [Theory]
    [InlineData("a,target,label", "target (is named like a label)")]
    [InlineData("a,code,label", "code (determines the label one to one)")]
    public void The_label_in_other_words_is_left_out(string header, string said)
    {
        using var data = Load(Table(header, i => $"{i * 7 % 5},{i % 3},{Kinds[i % 3]}"));
        Assert.Equal(["a"], data.Data.Train.FeatureNames!);
        Assert.Contains(said, _told.Notes, StringComparison.Ordinal);
    }

    /// <summary>Else corrected labels in a file of their own would be learned from the labels that they correct.</summary>
    [Fact]
    public void The_labels_of_a_table_are_no_feature_beside_labels_of_a_file()
    {
        var table = Table("a,b,Label", i => $"{i * 7 % 5},{i % 4},{Kinds[(i + (i % 10 == 0 ? 1 : 0)) % 3]}");
        File.WriteAllLines(_folder.File("corrected.txt"), Enumerable.Range(0, 30).Select(i => Kinds[i % 3]));
        using var data = Load(table, new UserDataOptions { Labels = _folder.File("corrected.txt") });
        Assert.Equal(["a", "b"], data.Data.Train.FeatureNames!);
        Assert.Contains("left out as no features: Label (is named like a label).", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_0_and_1_that_spell_the_label_are_left_out_and_a_lone_one_is_a_feature()
    {
        using (
            var data = Load(Table("a,is_ant,is_bee,is_cat,label", i => $"{i * 7 % 5},{Bit(i, 0)},{Bit(i, 1)},{Bit(i, 2)},{Kinds[i % 3]}"))
        )
        {
            Assert.Equal(["a"], data.Data.Train.FeatureNames!);
        }

        using var lone = Load(Table("a,is_ant,label", i => $"{i * 7 % 5},{Bit(i, 0)},{Kinds[i % 3]}"));
        Assert.Equal(["a", "is_ant"], lone.Data.Train.FeatureNames!);

        static int Bit(int row, int kind) => row % 3 == kind ? 1 : 0;
    }

    [Fact]
    public void The_only_column_is_used_even_if_it_is_the_label_in_other_words()
    {
        using var data = Load(Table("code,label", i => $"{i % 3},{Kinds[i % 3]}"));
        Assert.Equal(["code"], data.Data.Train.FeatureNames!);
        Assert.Contains("code (determines the label one to one); used all the same", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_are_ignored_are_not_read_and_make_other_data()
    {
        var table = Table("a,b,text,label", i => $"{i * 7 % 5},{i % 4},t{i},{Kinds[i % 3]}");
        using var one = Load(table, new UserDataOptions { Ignore = ["text"] });
        using var two = Load(table, new UserDataOptions { Ignore = ["text", "b"] });
        Assert.Equal(["a", "b"], one.Data.Train.FeatureNames!);
        Assert.Equal(["a"], two.Data.Train.FeatureNames!);
        Assert.NotEqual(one.Spec.Sha256, two.Spec.Sha256);
    }

    [Fact]
    public void A_column_to_ignore_that_is_not_there_or_holds_the_labels_is_one_sentence()
    {
        var table = Table("alpha,b,label", i => $"{i % 5},{i % 4},{Kinds[i % 3]}");
        Assert.EndsWith(
            "t.csv has no column \"alpa\" to leave out (the columns to ignore); did you mean alpha? (it has the columns alpha, b, label).",
            Assert.Throws<InputException>(() => Load(table, new UserDataOptions { Ignore = ["alpa"] })).Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "the column label is named by the label column and by the columns to ignore; name it once.",
            Assert.Throws<InputException>(() => Load(table, new UserDataOptions { LabelColumn = "label", Ignore = ["label"] })).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("x,y,area,kind", "kind")]
    [InlineData("b,y,c,kind", "kind")]
    public void A_number_called_y_is_not_the_label_beside_a_column_of_text(string header, string label)
    {
        using var data = Load(Table(header, i => $"{i % 7},{i % 4},{i * 0.5},{Kinds[i % 3]}"));
        Assert.Equal(label, data.Spec.LabelColumn);
    }

    [Theory]
    [InlineData("sep=;\na;b;kind\n", ";", "")]
    [InlineData("a b kind\n", "  ", "")]
    [InlineData("a,b,kind,\n", ",", ",")]
    [InlineData("a,b,kind\n", ",", ",")]
    public void First_lines_and_separators_that_programs_write_are_read(string header, string separator, string end)
    {
        using var data = Load(
            header + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i * 7 % 5}{separator}{i % 4}{separator}{Kinds[i % 3]}{end}\n"))
        );
        Assert.Equal(["a", "b"], data.Data.Train.FeatureNames!);
        Assert.Equal("kind", data.Spec.LabelColumn);
        Assert.Equal(30, data.Data.Train.Count + data.Data.Test.Count);
    }

    [Theory]
    [InlineData("0,1,2")]
    [InlineData("0,1,2,kind")]
    public void Numbers_of_columns_in_the_first_line_are_names(string header)
    {
        using var data = Load(Table(header, i => $"{i * 7 % 5},{i % 4},{(header.Length > 5 ? $"{i % 6}," : "")}{i % 3}"));
        Assert.Equal(30, data.Data.Train.Count + data.Data.Test.Count);
        Assert.Equal(header[^1] == '2' ? "2" : "kind", data.Spec.LabelColumn);
    }

    [Fact]
    public void Labels_lose_space_of_every_kind_and_twins_by_case_are_named()
    {
        string[] labels = ["caf\u00e9", "\ufeffcaf\u00e9", "\u00a0tea", "tea\u00a0", "Tea", "Tea"];
        using var data = Load(Table("a,kind", i => $"{i * 7 % 5},{labels[i % 6]}"));
        Assert.Equal(["Tea", "caf\u00e9", "tea"], data.Data.Train.ClassNames);
        Assert.Contains(
            "Labels differ only in upper and lower case and are classes of their own: Tea, tea.",
            _told.Notes,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Codes_with_a_zero_before_them_stay_as_they_are_written()
    {
        using var data = Load(Table("a,kind", i => $"{i * 7 % 5},0{(i % 3) + 1}"));
        Assert.Equal(["01", "02", "03"], data.Data.Train.ClassNames);
    }

    [Theory]
    [InlineData("a,setosa,versicolor,virginica", "the columns setosa, versicolor, virginica spell one label")]
    [InlineData("a,b,is_cat,label", "")]
    public void A_label_that_several_columns_of_0_and_1_spell_is_refused_as_what_it_is(string header, string said)
    {
        var table = Table(header, i => $"{i * 7 % 5},{Bit(i, 0)},{Bit(i, 1)},{Bit(i, 2)}");
        if (said.Length > 0)
        {
            Assert.Contains(said, Assert.Throws<InputException>(() => Load(table)).Message, StringComparison.Ordinal);
            using var one = Load(table, new UserDataOptions { Ignore = ["setosa", "versicolor"] }); // as the message says
            Assert.Equal(["a"], one.Data.Train.FeatureNames!);
            return;
        }

        // Two columns beside the label that are no classes: rows without any 1 are there.
        using var data = Load(Table(header, i => $"{i * 7 % 5},{(i % 5 == 0 ? 1 : 0)},{(i % 7 == 0 ? 1 : 0)},{i % 2}"));
        Assert.Equal(["a", "b", "is_cat"], data.Data.Train.FeatureNames!);

        static int Bit(int row, int kind) => row % 3 == kind ? 1 : 0;
    }

    [Fact]
    public void A_column_called_as_labels_are_is_left_out_however_few_rows_there_are()
    {
        using var data = Load("a,fine_label,label\n1,3,x\n2,4,y\n3,3,x\n4,5,y\n");
        Assert.Equal(["a"], data.Data.Train.FeatureNames!);
    }

    private static string Table(string header, Func<int, string> row) =>
        $"{header}\n" + string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{row(i)}\n")));

    private NamedData Load(string text, UserDataOptions? options = null)
    {
        File.WriteAllText(_folder.File("t.csv"), text);
        return DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"), options, _told);
    }
}
