using System.Globalization;
using System.Text;
using Rote.Measurement;
using Rote.Storage.Tables;

namespace Rote.Tests.Storage.Tables;

public sealed class CsvTableTests
{
    private static readonly Gen<string> Hostile = Gen.OneOf(
        Gen.String[Gen.Char[",\"\n\r =+-@;'\t\\|a"], 0, 12],
        Gen.String,
        Gen.Const("=HYPERLINK(\"http://example.org\",\"cat\")"),
        Gen.Const("\uFEFFbom")
    );

    [Fact]
    public void Texts_that_need_quotes_get_them_and_no_others() =>
        Assert.Equal(
            "name,loss,right\n\"a,b\",0.1,true\n\"say \"\"hi\"\"\",1E-300,false\n\"two\nlines\",-0,true\n=1+1,123456789.125,false\n",
            Write(
                new Column("name", new[] { "a,b", "say \"hi\"", "two\nlines", "=1+1" }),
                new Column("loss", new[] { 0.1, 1e-300, -0.0, 123456789.125 }),
                new Column("right", new[] { true, false, true, false })
            )
        );

    /// <summary>pandas, Excel and Rote's own reader end a row at a carriage return that is not quoted.</summary>
    [Fact]
    public void A_lone_carriage_return_is_quoted() =>
        Assert.Equal("text,label\n\"first\rsecond\",a\n", Write(new("text", new[] { "first\rsecond" }), new("label", new[] { "a" })));

    // RFC 4180, read by the small parser below and not by the library that wrote it.
    [Fact]
    public void Whatever_is_written_is_read_back() =>
        Gen.Select(Hostile.Array[1, 20], Hostile.Array[20], Gen.Double.Array[20], Gen.Float.Array[20], Gen.Long.Array[20])
            .Sample(
                (names, others, doubles, floats, numbers) =>
                {
                    var count = names.Length;
                    var rows = Parse(
                        Write(
                            new Column("name", names),
                            new Column("other, \"column\"", others[..count]),
                            new Column("double", doubles[..count]),
                            new Column("float", floats[..count]),
                            new Column("number", numbers[..count])
                        )
                    );
                    Assert.Equal(["name", "other, \"column\"", "double", "float", "number"], rows[0]);
                    Assert.Equal(count, rows.Count - 1);
                    for (var i = 0; i < count; i++)
                    {
                        Assert.Equal(Valid(names[i]), rows[i + 1][0]);
                        Assert.Equal(Valid(others[i]), rows[i + 1][1]);
                        Assert.Equal(
                            BitConverter.DoubleToInt64Bits(Same(doubles[i])),
                            BitConverter.DoubleToInt64Bits(Same(double.Parse(rows[i + 1][2], CultureInfo.InvariantCulture)))
                        );
                        Assert.Equal(
                            float.IsNaN(floats[i]) ? float.NaN : floats[i],
                            float.Parse(rows[i + 1][3], CultureInfo.InvariantCulture)
                        );
                        Assert.Equal($"{numbers[i]}", rows[i + 1][4]);
                    }
                }
            );

    [Theory]
    [InlineData("=1", true)]
    [InlineData("@SUM", true)]
    [InlineData("-cats", true)]
    [InlineData("cats-", false)]
    [InlineData("", false)]
    public void A_text_that_a_spreadsheet_would_calculate_is_recognized(string text, bool expected) =>
        Assert.Equal(expected, CsvTable.LooksLikeFormula(text));

    private static string Write(params Column[] columns)
    {
        using var stream = new MemoryStream();
        CsvTable.Write(stream, columns);
        Assert.True(stream.CanWrite);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(stream.ToArray());
    }

    private static double Same(double value) => double.IsNaN(value) ? double.NaN : value;

    /// <summary>Half of a surrogate pair has no UTF-8.</summary>
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static List<List<string>> Parse(string text)
    {
        List<List<string>> rows =
        [
            [],
        ];
        for (var at = 0; at < text.Length; )
        {
            var field = new StringBuilder();
            if (text[at] == '"')
            {
                for (at++; text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"'); at++)
                {
                    field.Append(text[at]);
                    at += text[at] == '"' ? 1 : 0;
                }

                at++;
            }
            else
            {
                for (; text[at] is not (',' or '\n'); at++)
                {
                    Assert.NotEqual('"', text[at]);
                    field.Append(text[at]);
                }
            }

            rows[^1].Add(field.ToString());
            Assert.True(text[at] is ',' or '\n');
            if (text[at++] == '\n')
            {
                rows.Add([]);
            }
        }

        Assert.Empty(rows[^1]);
        return rows[..^1];
    }
}
