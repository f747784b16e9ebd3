using Rote.Data;
using Rote.Data.Formats.Csv;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Csv;

/// <summary>Tables as Excel writes them in most of Europe are read as their twins with decimal points.</summary>
[NoTensorLeaks]
public sealed class DecimalCommaTests : IDisposable
{
    private static readonly string[] Kinds = ["ant", "bee", "cat"];

    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0,5", 0.5)]
    [InlineData("-3,25", -3.25)]
    [InlineData("+,5", 0.5)]
    [InlineData("1.234,56", 1234.56)]
    [InlineData("1.234.567,8", 1234567.8)]
    [InlineData("1,5E-3", 0.0015)]
    public void Numbers_are_read(string text, double value)
    {
        Assert.True(DecimalComma.TryRead(text, out var read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("1,234,567")]
    [InlineData("12.34,5")]
    [InlineData("1,")]
    [InlineData("15")]
    [InlineData("a,5")]
    [InlineData(",")]
    public void Others_are_none(string text) => Assert.False(DecimalComma.TryRead(text, out _));

    [Theory]
    [InlineData(";", true)]
    [InlineData("\t", true)]
    [InlineData(";", false)]
    public void A_table_is_its_twin(string separator, bool hasHeader)
    {
        using var twin = Load(Table(",", hasHeader, v => FormattableString.Invariant($"{v}")));
        using var data = Load(Table(separator, hasHeader, v => FormattableString.Invariant($"{v}").Replace('.', ',')));
        Assert.Contains("numbers have a decimal comma.", _told.Notes, StringComparison.Ordinal);
        Assert.Equal(twin.Data.Train.FeatureNames!, data.Data.Train.FeatureNames!);
        Assert.Equal(twin.Data.Train.ExampleNames, data.Data.Train.ExampleNames);
        Assert.Equal(twin.Data.Train.Pixels.bytes.ToArray(), data.Data.Train.Pixels.bytes.ToArray());
    }

    /// <summary>"31,700" may be 31700, and beside a decimal point it is.</summary>
    [Theory]
    [InlineData("31,7{0:D2}", "1")]
    [InlineData("3,{0:D2}", "1.5")]
    public void Where_it_is_not_certain_nothing_is_guessed(string form, string other)
    {
        var text =
            "a;b;kind\n"
            + string.Concat(
                Enumerable
                    .Range(0, 30)
                    .Select(i => $"{string.Format(System.Globalization.CultureInfo.InvariantCulture, form, i)};{other};{Kinds[i % 3]}\n")
            );
        Assert.Contains("not all numbers: a (", Assert.Throws<InputException>(() => Load(text)).Message, StringComparison.Ordinal);
    }

    private static string Table(string separator, bool hasHeader, Func<double, string> write) =>
        (hasHeader ? $"a{separator}b{separator}kind\n" : "")
        + string.Concat(
            Enumerable.Range(0, 30).Select(i => $"{write((i * 7 % 5) + 0.25)}{separator}{write(i * 1000.5)}{separator}{Kinds[i % 3]}\n")
        );

    private NamedData Load(string text)
    {
        File.WriteAllText(_folder.File("t.csv"), text);
        return DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"), null, _told);
    }
}
