using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Tables;

/// <summary>Which column is the label if nobody says so, in tables as they are published.</summary>
[NoTensorLeaks]
public sealed class LabelChoiceTests : IDisposable
{
    private static readonly string[] Kinds = ["ant", "bee", "cat"];

    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("PassengerId,Survived,a,Embarked", "Survived")]
    [InlineData("id,diagnosis,a,b", "diagnosis")]
    [InlineData("a,Outcome,b,c", "Outcome")]
    [InlineData("a,species,b,year", "species")]
    [InlineData("a,labels,b,c", "labels")]
    [InlineData("a,class_name,b,c", "class_name")]
    [InlineData("a,fine_label,b,c", "fine_label")]
    [InlineData("a,kind,b,weight", "b")]
    [InlineData("a,b,kind,sample_weight", "kind")]
    [InlineData("weight,b,c,kind", "kind")]
    public void A_usual_name_is_the_label_wherever_it_stands_and_a_weight_is_none(string header, string label)
    {
        using var data = Load(Table(header, i => $"{i * 7 % 30},{Kinds[i % 3]},{i * 3 % 4},{i * 5 % 7 % 3}"));
        Assert.Equal(label, data.Spec.LabelColumn);
    }

    [Theory]
    [InlineData("a,kind,split", "train", "test")]
    [InlineData("a,kind,Set", "Training", "Validation")]
    [InlineData("a,kind,Usage", "Training", "PublicTest")]
    [InlineData("a,kind,fold", "0", "1")]
    [InlineData("a,kind,is_train", "True", "False")]
    public void A_column_that_names_parts_is_neither_label_nor_feature(string header, string first, string second)
    {
        using var data = Load(Table(header, i => $"{i * 7 % 5},{Kinds[i % 3]},{(i % 7 < 5 ? first : second)}"));
        Assert.Equal("kind", data.Spec.LabelColumn);
        Assert.Equal(["a"], data.Data.Train.FeatureNames!);
        Assert.Contains($"{header.Split(',')[2]} (says which part of the data a row belongs to)", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_that_is_no_part_is_a_feature()
    {
        using var data = Load(Table("a,set,kind", i => $"{i * 7 % 5},{"uvw"[i % 4 % 3]},{Kinds[i % 3]}"));
        Assert.Equal(["a", "set=u", "set=v", "set=w"], data.Data.Train.FeatureNames!);
    }

    [Fact]
    public void The_last_column_yields_if_it_is_empty_or_a_measure_beside_one_of_text()
    {
        using var empty = Load(Table("a,kind,Unnamed: 32", i => $"{i * 7 % 5},{Kinds[i % 3]},"));
        Assert.Equal(("kind", 1), (empty.Spec.LabelColumn, empty.Data.Train.Width));
        using var measure = Load(Table("kind,a,b", i => $"{Kinds[i % 3]},{i * 7 % 5},{(i == 0 ? 2 : i * 0.37)}"));
        Assert.Equal(("kind", 2), (measure.Spec.LabelColumn, measure.Data.Train.Width));
    }

    /// <summary>A label with more digits than float64 keeps was called a number that is not whole.</summary>
    [Fact]
    public void Long_identities_are_classes_as_they_are_written()
    {
        using var data = Load(Table("a,user_label", i => $"{i * 7 % 5},10000000000000000{i % 3}"));
        Assert.Equal(["100000000000000000", "100000000000000001", "100000000000000002"], data.Data.Train.ClassNames);
    }

    /// <summary>UCI's mushrooms: no header, letters only. The first row was taken for names, and refused because two were equal.</summary>
    [Fact]
    public void A_first_row_of_texts_that_come_again_in_their_columns_is_an_example()
    {
        using var data = Load(string.Concat(Enumerable.Range(0, 30).Select(i => $"{"xyx"[i % 3]},{"xb"[i / 2 % 2]},{"pe"[i / 3 % 2]}\n")));
        Assert.Equal(30, data.Data.Train.Count + data.Data.Test.Count);
        Assert.Equal(["column 1=x", "column 1=y", "column 2=b", "column 2=x"], data.Data.Train.FeatureNames!);
    }

    private static string Table(string header, Func<int, string> row) =>
        $"{header}\n" + string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{row(i)}\n")));

    private NamedData Load(string text)
    {
        File.WriteAllText(_folder.File("t.csv"), text);
        return DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"), null, _told);
    }
}
