using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Tables;

/// <summary>Tables as people have them: categories, dates, gaps and names beside numbers.</summary>
[NoTensorLeaks]
public sealed class MixedTablesTests : IDisposable
{
    private static readonly string[] Cities = ["Oslo", "Rome", "Paris"];

    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_column_of_few_texts_is_a_category_with_a_feature_a_value()
    {
        using var data = Load(Table("city,a,label", i => $"{Cities[i % 3]},{i * 7 % 5},{i / 3 % 2}"));
        Assert.Equal(["city=Oslo", "city=Paris", "city=Rome", "a"], data.Data.Train.FeatureNames!);
        Assert.Contains("t.csv: city is a category of 3 values (Oslo, Paris, Rome).", _told.Notes, StringComparison.Ordinal);
        Assert.Contains("t.csv: a is a number.", _told.Notes, StringComparison.Ordinal);
        foreach (var (row, values) in Rows(data.Data.Train))
        {
            double[] expected = [row % 3 == 0 ? 1 : 0, row % 3 == 2 ? 1 : 0, row % 3 == 1 ? 1 : 0, row * 7 % 5];
            Assert.Equal(expected, values);
        }
    }

    [Fact]
    public void A_gap_is_a_feature_of_its_own_and_counts_as_the_mean_of_the_rows_trained_on()
    {
        using var data = Load(Table("a,b,label", i => $"{(i % 4 == 0 ? "" : $"{i}")},{(i % 5 == 0 ? "NA" : Cities[i % 3])},{i / 3 % 2}"));
        Assert.Equal(["a", "a is missing", "b=Oslo", "b=Paris", "b=Rome", "b is missing"], data.Data.Train.FeatureNames!);
        var features = VectorFeatures.Of(data.Data.Train);
        var present = Rows(data.Data.Train).Where(r => r.Row % 4 != 0).Select(r => (double)r.Row).ToArray();
        Assert.Equal(present.Average(), features.Means[0], 9);
        Assert.Equal(Math.Sqrt(present.Average(v => (v - present.Average()) * (v - present.Average()))), features.Deviations[0], 9);
        using var standardized = features.Standardize(data.Data.Train);
        Assert.All(
            Rows(data.Data.Train).Zip(Rows(standardized)),
            pair =>
            {
                Assert.Equal(pair.First.Row % 4 == 0 ? 1 : 0, pair.First.Values[1]);
                Assert.Equal(pair.First.Row % 4 == 0, double.IsNaN(pair.First.Values[0]));
                Assert.Equal(pair.First.Row % 4 == 0, pair.Second.Values[0] == 0);
                Assert.Equal(pair.First.Row % 5 == 0 ? 1 : 0, pair.First.Values[5]);
            }
        );
        Assert.Contains("a is a number; 15 of 60 are missing", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_are_days_and_points_on_the_circles_of_week_and_year()
    {
        using var data = Load(Table("born,label", i => $"{new DateTime(2024, 1, 1).AddDays(i):yyyy-MM-dd},{i / 3 % 2}"));
        Assert.Equal(5, data.Data.Train.Width);
        foreach (var (row, values) in Rows(data.Data.Train))
        {
            var days = 19_723 + row; // date -d 2024-01-01 +%s / 86400
            Assert.Equal(days, values[0]);
            Assert.Equal(Math.Cos(2 * Math.PI * days / 7), values[2], 9);
            Assert.Equal(1, (values[3] * values[3]) + (values[4] * values[4]), 9);
        }
    }

    [Theory]
    [InlineData("31.1.2024")]
    [InlineData("2024/01/31")]
    [InlineData("2024-01-31")]
    [InlineData("31 Jan 2024")]
    [InlineData("January 31, 2024")]
    public void Usual_forms_of_a_date_are_read(string text)
    {
        Assert.True(DateParts.TryRead(text, out var days));
        Assert.Equal(19_753, days);
        Assert.True(DateParts.TryRead("2024-01-31T12:00:00Z", out var noon));
        Assert.Equal(19_753.5, noon);
        Assert.False(DateParts.TryRead("1/2/2024", out _)); // the first of February or the second of January
        Assert.False(DateParts.TryRead("2024-02-30", out _));
        Assert.False(DateParts.TryRead("20240131", out _));
    }

    [Fact]
    public void Names_and_free_text_beside_features_are_left_out_and_said_so()
    {
        using var data = Load(Table("name,note,one,a,label", i => $"n{i},this is what I said {i},same,{i * 7 % 5},{i / 3 % 2}"));
        Assert.Equal(["a"], data.Data.Train.FeatureNames!);
        Assert.Contains("name is left out: it has another value in most rows, as a name has.", _told.Notes, StringComparison.Ordinal);
        Assert.Contains("note is left out: it holds free text", _told.Notes, StringComparison.Ordinal);
        Assert.Contains("one is left out: it has one value only.", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_that_only_grow_under_a_name_of_numbers_identify_the_rows()
    {
        using var data = Load(Table("PassengerId,a,label", i => $"{500 + (i * 3)},{i * 7 % 5},{i / 3 % 2}"));
        Assert.Equal(["a"], data.Data.Train.FeatureNames!);
        Assert.Contains("PassengerId (identifies the rows)", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_are_numbers_unless_they_are_called_categories()
    {
        var table = Table("zip,a,label", i => $"{i * 11 % 4},{i * 7 % 5},{i / 3 % 2}");
        using var numbers = Load(table);
        Assert.Equal(["zip", "a"], numbers.Data.Train.FeatureNames!);
        using var codes = Load(table, new UserDataOptions { Categorical = ["zip"] });
        Assert.Equal(["zip=0", "zip=1", "zip=2", "zip=3", "a"], codes.Data.Train.FeatureNames!);
        Assert.NotEqual(numbers.Spec.Sha256, codes.Spec.Sha256);
    }

    [Fact]
    public void Long_categories_that_begin_alike_are_told_apart()
    {
        var start = new string('x', 300);
        using var data = Load(
            Table("kind,a,label", i => $"{start}{i % 3},{i * 7 % 5},{i / 3 % 2}"),
            new UserDataOptions { Categorical = ["kind"] }
        );
        Assert.Equal(4, data.Data.Train.Width);
        Assert.All(Rows(data.Data.Train), row => Assert.Single(row.Values[..3], value => value == 1));
        Assert.DoesNotContain("trained on lack", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_values_the_most_frequent_have_a_feature()
    {
        var rows = Enumerable.Range(0, 1200).Select(i => $"{(i < 400 ? $"rare{i % 200}" : $"often{i % 90}")},{i * 7 % 5},{i % 2}\n");
        using var data = Load("code,a,label\n" + string.Concat(rows));
        Assert.Equal(DataColumn.MostValues + 1, data.Data.Train.Width);
        Assert.Contains("the most frequent of 290", _told.Notes, StringComparison.Ordinal);
        Assert.Equal(90, data.Data.Train.FeatureNames!.Count(name => name.StartsWith("code=often", StringComparison.Ordinal)));
    }

    [Fact]
    public void Another_file_is_read_with_the_columns_of_the_network()
    {
        using var train = Load(Table("city,a,label", i => $"{Cities[i % 3]},{i * 7 % 5},{i / 3 % 2}"));
        var other =
            "label,a,city\n"
            + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i % 2},{(i == 0 ? "" : "2")},{(i < 3 ? "Lima" : "Rome")}\n"));
        using var found = Load(other, new UserDataOptions { Columns = train.Data.Train.Columns, Only = ["city", "a"] });
        Assert.Equal(train.Data.Train.FeatureNames, found.Data.Train.FeatureNames);
        Assert.Contains(
            "3 rows have values in city that the rows trained on lack (Lima); no feature stands for it.",
            _told.Notes,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "1 row has no value in a, and no row trained on lacked one; it counts as the mean.",
            _told.Notes,
            StringComparison.Ordinal
        );
        foreach (var (row, values) in Rows(found.Data.Train))
        {
            double[] expected = [0, 0, row < 3 ? 0 : 1, row == 0 ? double.NaN : 2];
            Assert.Equal(expected, values);
        }

        var error = Assert.Throws<InputException>(() =>
            Load("a,label\n1,0\n2,1\n3,0\n4,1\n", new UserDataOptions { Columns = train.Data.Train.Columns, Only = ["city", "a"] })
        );
        Assert.Contains("lacks city, which the network was trained on", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "a",
        "i",
        "t.csv has a column whose values are not all numbers: a (\"x1\" in row 1 (line 3)); write numbers with a decimal point"
    )]
    [InlineData("born", "d", "\"soon\" in row 45 (line 47), column born, is no date")]
    public void A_value_that_does_not_fit_its_column_is_one_sentence(string name, string kind, string sentence)
    {
        var train = Table(
            $"{name},c,label",
            i => $"{(kind == "d" ? $"{new DateTime(2024, 1, 1).AddDays(i):yyyy-MM-dd}" : i == 1 ? "x1" : $"{i}")},{i % 4},{i / 3 % 2}"
        );
        if (kind == "d")
        {
            File.WriteAllText(_folder.File("train.csv"), train);
            File.WriteAllText(
                _folder.File("test.csv"),
                Table($"{name},c,label", i => $"{(i == 45 ? "soon" : "2024-01-01")},{i % 4},{i / 3 % 2}")
            );
        }

        var error = Assert.Throws<InputException>(() =>
            kind == "d" ? DatasetLoader.Load(_folder.Path, new DataFolder("/nowhere"), null, _told) : Load(train)
        );
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_but_names_is_one_sentence() =>
        Assert.Contains(
            "has no column that can be a feature: name has another value in most rows, as a name has.",
            Assert.Throws<InputException>(() => Load(Table("name,label", i => $"n{i},{i % 2}"))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Parquet_gives_the_same_features()
    {
        string?[] cities = [.. Enumerable.Range(0, 12).Select(i => i == 7 ? null : Cities[i % 3])];
        double?[] numbers = [.. Enumerable.Range(0, 12).Select(i => i == 4 ? (double?)null : i)];
        DateTime?[] days =
        [
            .. Enumerable.Range(0, 12).Select(i => (DateTime?)new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(i)),
        ];
        long?[] labels = [.. Enumerable.Range(0, 12).Select(i => (long?)(i / 3 % 2))];
        File.WriteAllBytes(
            _folder.File("t.parquet"),
            ParquetFiles.Write(
                [
                    ParquetFiles.Texts("city", cities[..5], cities[5..]),
                    ParquetFiles.Plain<double>("a", numbers[..5], numbers[5..]),
                    ParquetFiles.Plain<DateTime>("day", days[..5], days[5..]),
                    ParquetFiles.Plain<long>("label", labels[..5], labels[5..]),
                ],
                parts: 2
            )
        );
        using var parquet = DatasetLoader.Load(_folder.File("t.parquet"), new DataFolder("/nowhere"), null, _told);
        using var csv = Load(
            "city,a,day,label\n"
                + string.Concat(Enumerable.Range(0, 12).Select(i => $"{cities[i]},{numbers[i]},{days[i]:yyyy-MM-dd},{labels[i]}\n"))
        );
        Assert.Equal(csv.Data.Train.FeatureNames, parquet.Data.Train.FeatureNames);
        Assert.Equal(Vectors.Values(csv.Data.Train.Pixels), Vectors.Values(parquet.Data.Train.Pixels));
        Assert.Equal(csv.Data.Train.Rows.Select(r => r.Row), parquet.Data.Train.Rows.Select(r => r.Row));
    }

    private static string Table(string header, Func<int, string> row) =>
        header + "\n" + string.Concat(Enumerable.Range(0, 60).Select(i => row(i) + "\n"));

    private static (long Row, double[] Values)[] Rows(Dataset data) =>
        [.. Vectors.Values(data.Pixels).Chunk(data.Width).Select((values, i) => (data.Rows[i].Row!.Value, values))];

    private NamedData Load(string text, UserDataOptions? options = null)
    {
        File.WriteAllText(_folder.File("t.csv"), text);
        return DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"), options, _told);
    }
}
