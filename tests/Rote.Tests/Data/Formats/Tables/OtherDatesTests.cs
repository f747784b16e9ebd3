using System.Globalization;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Tables;

/// <summary>Dates in a form that is not read are called dates, and are neither texts nor labels.</summary>
[NoTensorLeaks]
public sealed class OtherDatesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("MM/dd/yyyy")]
    [InlineData("dd/MM/yyyy")]
    [InlineData("dd-MM-yyyy")]
    [InlineData("d/M/yy")]
    [InlineData("MM/dd/yyyy HH:mm")]
    [InlineData("MM/dd/yyyy hh:mm:ss tt")]
    [InlineData("dddd, dd MMMM yyyy")]
    [InlineData("yyyy.MM.dd")]
    [InlineData("dd-MMM-yy")]
    [InlineData("ddd, dd MMM yyyy HH:mm:ss 'GMT'")]
    public void A_column_of_such_dates_is_left_out_as_dates(string form)
    {
        using var data = Load(i =>
            new DateTime(2024, 1, 1, 8, 0, 0, DateTimeKind.Utc).AddHours(37 * i).ToString(form, CultureInfo.InvariantCulture)
        );
        Assert.Equal(["a"], data.Data.Train.FeatureNames);
        Assert.Contains("when is left out: it holds dates or times in a form that is not read, and 2024-01-31 is;", _told.Notes);
    }

    [Theory]
    [InlineData("v1.{0}.{0}-beta")]
    [InlineData("chapter {0} of the book")]
    public void Other_texts_are_no_dates(string form)
    {
        using var data = Load(i => string.Format(CultureInfo.InvariantCulture, form, i));
        Assert.DoesNotContain("dates", _told.Notes, StringComparison.Ordinal);
    }

    /// <summary>The line of pandas makes dates that are read.</summary>
    [Fact]
    public void As_pandas_writes_them_they_are_read()
    {
        using var plain = Load(i => $"{1 + (i % 12):00}/{13 + (i % 15)}/2024");
        var python = PythonLines.With("pandas");
        var advice = _told.Notes.Split("pandas writes it so: ")[1].Split(", with dayfirst")[0];
        var path = ForeignFormatsPath("t.csv");
        PythonLines.Run(
            python,
            $"import pandas as pd; t = pd.read_csv({path}); column = 'when'; t[column] = {advice}; t.to_csv({path}, index=False)"
        );
        using var read = DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"));
        Assert.Equal("when (days since 1970)", read.Data.Train.FeatureNames![1]);
    }

    private string ForeignFormatsPath(string file) => Rote.Data.Formats.ForeignFormats.Quoted(_folder.File(file));

    private NamedData Load(Func<int, string> when)
    {
        var lines = Enumerable.Range(0, 60).Select(i => $"{i * 7 % 5},\"{when(i)}\",{"xy"[i % 2]}");
        File.WriteAllLines(_folder.File("t.csv"), lines.Prepend("a,when,label"));
        return DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"), null, _told);
    }
}
