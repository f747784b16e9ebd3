using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Tables;

/// <summary>Columns that were made from the label, or that tell it by the order of the file, are never used without a word.</summary>
[NoTensorLeaks]
public sealed class LabelLeaksTests : IDisposable
{
    private static readonly string[] Kinds = ["ant", "bee", "cat"];

    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "code alone tells the label of 100 % of the rows")]
    [InlineData(10, "code alone tells the label of 90.0 % of the rows")]
    public void A_finer_class_and_the_answers_of_another_network_are_named(int wrongEvery, string said)
    {
        using var data = Load(i =>
        {
            var told = wrongEvery > 0 && i % wrongEvery == 0 ? (i + 1) % 3 : i % 3;
            return $"{i * 7 % 5},{(wrongEvery > 0 ? $"class {told}" : $"breed {told}-{i / 3 % 4}")},{Kinds[i % 3]}";
        });
        Assert.Contains(said, _told.Notes, StringComparison.Ordinal);
        Assert.Equal("a", data.Data.Train.FeatureNames![0]);
        Assert.True(data.Data.Train.Width > 1); // it is used: only the owner knows
    }

    [Fact]
    public void Labels_of_another_person_in_the_same_words_are_left_out()
    {
        using var data = Load(i => $"{i * 7 % 5},{Kinds[(i % 5 == 0 ? i + 1 : i) % 3]},{Kinds[i % 3]}");
        Assert.Equal(["a"], data.Data.Train.FeatureNames!);
        Assert.Contains("code (holds the names of the classes, mostly that of the row's own)", _told.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes", "no")]
    [InlineData("0", "1")]
    public void Answers_that_agree_with_the_label_no_more_than_a_feature_does_are_features(string first, string second)
    {
        using var data = Load(i => $"{i * 7 % 5},{(i % 3 == 0 ? first : second)},{(i % 2 == 0 ? first : second)}");
        Assert.Equal(2, data.Data.Train.FeatureNames!.Count(n => n.StartsWith('a') || n is "code" or "code=yes"));
        Assert.DoesNotContain("alone tells", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_may_tell_the_label()
    {
        using var data = Load(i => $"{i * 7 % 5},{(i % 3) + 0.5},{Kinds[i % 3 == 2 ? 1 : i % 3]}");
        Assert.DoesNotContain("alone tells", _told.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public void Numbers_that_grow_or_shrink_with_rows_in_groups_are_named(int sign, bool isGrouped)
    {
        using var data = Load(i => $"{i * 7 % 5},{5000 + (sign * i * i)},{Kinds[isGrouped ? i / 20 : i % 3]}");
        Assert.Equal(
            isGrouped,
            _told.Notes.Contains(
                "code only grows or only shrinks from row to row, and the rows lie in groups of one label",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(["a", "code"], data.Data.Train.FeatureNames!);
    }

    [Fact]
    public void So_are_times()
    {
        using var data = Load(i => $"{i * 7 % 5},{new DateTime(2024, 1, 1).AddMinutes(i):yyyy-MM-ddTHH:mm:ss},{Kinds[i / 20]}");
        Assert.Contains("code only grows or only shrinks", _told.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0:F1} %", "10.0 %")]
    [InlineData("{0:F1}%", "10.0%")]
    [InlineData("${0:F2}", "$10.00")]
    [InlineData("{0:F2} €", "10.00 €")]
    [InlineData("{0:F1} kg", "10.0 kg")]
    [InlineData("{0:F0}.000,50", "10.000,50")]
    [InlineData("{0:F0}\u00a0000", "10\u00a0000")]
    public void Numbers_with_something_around_them_are_not_left_out_as_names(string form, string first)
    {
        var error = Assert.Throws<InputException>(() =>
            Load(i =>
                $"{i * 7 % 5},\"{string.Format(System.Globalization.CultureInfo.InvariantCulture, form, (i * 1.1) + 10)}\",{Kinds[i % 3]}"
            )
        );
        Assert.Contains($"code (\"{first}\" in row 0 (line 2))", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PC 1{0}")]
    [InlineData("{0}-17A")]
    [InlineData("1{0} Main Street")]
    public void Codes_with_digits_are_names(string form)
    {
        using var data = Load(i =>
            $"{i * 7 % 5},{string.Format(System.Globalization.CultureInfo.InvariantCulture, form, i + 100)},{Kinds[i % 3]}"
        );
        Assert.Equal(["a"], data.Data.Train.FeatureNames!);
    }

    private NamedData Load(Func<int, FormattableString> row)
    {
        File.WriteAllText(
            _folder.File("t.csv"),
            "a,code,kind\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{FormattableString.Invariant(row(i))}\n"))
        );
        return DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"), null, _told);
    }
}
