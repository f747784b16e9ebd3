using System.Text;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Json;

/// <summary>Tables of a JSON object a line.</summary>
[NoTensorLeaks]
public sealed class JsonRecordsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Objects_with_the_same_keys_in_any_order_are_rows()
    {
        using var data = Load(
            "\ufeff{\"a\": 0.5, \"flag\": true, \"label\": \"cat\"}\n\n{\"label\": \"dog\", \"a\": -1e2, \"flag\": "
                + "false}\r\n{\"a\":1,\"flag\":true,\"label\":\"c\\u0061t\"}\n{\"a\":2,\"flag\":false,\"label\":\"dog\"}"
        );
        Assert.Equal(["a", "flag"], data.Data.Train.FeatureNames);
        Assert.Equal(["cat", "dog"], data.Data.Train.ClassNames);
        Assert.Equal(["[0] 0.5 1 cat", "[1] -100 0 dog", "[2] 1 1 cat", "[3] 2 0 dog"], Rows(data));
    }

    [Fact]
    public void A_list_of_numbers_is_a_vector_and_what_is_beside_it_is_not_read()
    {
        using var data = Load(
            "{\"id\":7,\"embedding\":[1,2.5],\"label\":0}\n{\"id\":9,\"embedding\":[3,4],\"label\":1}\n"
                + "{\"id\":1,\"embedding\":[5,6],\"label\":0}\n{\"id\":2,\"embedding\":[7,8],\"label\":1}\n"
        );
        Assert.Null(data.Data.Train.FeatureNames);
        Assert.Equal(["[0] 1 2.5 0", "[1] 3 4 1", "[2] 5 6 0", "[3] 7 8 1"], Rows(data));
        Assert.Contains("read embedding and label; not read: id.", _told.Notes, StringComparison.Ordinal);
    }

    /// <summary>As pandas reads them; many programs leave out what has no value.</summary>
    [Fact]
    public void A_key_that_is_not_there_is_a_missing_value()
    {
        using var data = Load(
            "{\"a\":1,\"label\":\"x\"}\n{\"b\":5,\"label\":\"y\"}\n{\"b\":6,\"a\":2,\"label\":\"x\"}\n{\"label\":\"y\",\"a\":3}\n"
        );
        Assert.Equal(["a", "a is missing", "b", "b is missing"], data.Data.Train.FeatureNames);
        Assert.Equal(["[0] 1 0 NaN 1 x", "[1] NaN 1 5 0 y", "[2] 2 0 6 0 x", "[3] 3 0 NaN 1 y"], Rows(data));
    }

    [Fact]
    public void A_key_that_no_line_at_the_start_has_is_refused()
    {
        var lines = Enumerable.Range(0, 1001).Select(i => $"{{\"a\":{i},{(i < 1000 ? "" : "\"b\":1,")}\"label\":{i % 2}}}");
        File.WriteAllLines(_folder.File("d.jsonl"), lines);
        Assert.EndsWith(
            "row 1000 (line 1001) has the key \"b\", which the first 1,000 lines lack; give every line the same keys.",
            Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.File("d.jsonl"), new DataFolder("/nowhere"))).Message
        );
    }

    [Fact]
    public void A_file_in_UTF_16_is_named_as_one()
    {
        File.WriteAllText(_folder.File("d.jsonl"), "{\"a\":1,\"label\":0}\n", Encoding.Unicode);
        Assert.Contains(
            "the file looks like UTF-16; save it as UTF-8, as in Python: t = open(",
            Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.File("d.jsonl"), new DataFolder("/nowhere"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Packed_with_gzip_it_is_the_same()
    {
        File.WriteAllBytes(
            _folder.File("d.jsonl.gz"),
            Packed.Gzip(
                Encoding.UTF8.GetBytes("{\"a\":1,\"label\":0}\n{\"a\":2,\"label\":1}\n{\"a\":3,\"label\":0}\n{\"a\":4,\"label\":1}\n")
            )
        );
        using var data = DatasetLoader.Load(_folder.File("d.jsonl.gz"), new DataFolder("/nowhere"));
        Assert.Equal("d", data.Spec.Name);
        Assert.Equal(["[0] 1 0", "[1] 2 1", "[2] 3 0", "[3] 4 1"], Rows(data, "d.jsonl.gz"));
    }

    // Annotation tools write spans, tags and meta data beside what is learned from.
    [Fact]
    public void Objects_and_lists_of_texts_are_not_read_and_named()
    {
        string[] lines =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(i =>
                {
                    var (tags, spans) = (i > 3 ? "\"a\",\"b\"" : "", i > 30 ? ",\"spans\":[{\"start\":1}]" : "");
                    var meta = "{\"source\":{\"page\":1}}";
                    return $$"""{"id":"r{{i}}","x":{{i % 7}},"tags":[{{tags}}],"label":"{{"ab"[i % 2]}}","meta":{{meta}}{{spans}}}""";
                }),
        ];
        File.WriteAllLines(_folder.File("d.jsonl"), lines);
        const string NotRead = "not read, because they are objects or lists: meta, spans, tags.";
        using var data = Load(new UserDataOptions(), out var told);
        Assert.Contains(told.All, told => told.Text.EndsWith(NotRead, StringComparison.Ordinal));
        Assert.Contains("[3] 3 b", Rows(data));

        using var without = Load(new UserDataOptions { Ignore = ["tags", "meta", "spans"] }, out told);
        Assert.DoesNotContain(told.All, told => told.Text.Contains("not read", StringComparison.Ordinal));
        Assert.Equal(Rows(data), Rows(without));
        Assert.Contains(
            "meta holds objects or lists, expected one label a row; name another column with ",
            Assert.Throws<InputException>(() => Load(new UserDataOptions { LabelColumn = "meta" }, out _)).Message,
            StringComparison.Ordinal
        );
        using var named = Load(new UserDataOptions { LabelColumn = "label" }, out _);
        Assert.Equal(Rows(data), Rows(named));

        NamedData Load(UserDataOptions options, out Recorder told)
        {
            told = new Recorder();
            return DatasetLoader.Load(_folder.File("d.jsonl"), new DataFolder("/nowhere"), options, told);
        }
    }

    [Theory]
    [InlineData("", "is empty, expected a JSON object a line.")]
    [InlineData("[{\"a\":1,\"label\":0}]", "writelines(json.dumps(row)")]
    [InlineData(
        "{\"a\":1,\"label\":0}\n{\"a\":1}",
        "a value that is missing or not finite, the first in row 1 (line 2), column label (\"\"); fill them in, or remove such rows."
    )]
    [InlineData("{\"a\":1,\"label\":0}\n{\"a\":1,\"a\":1,\"label\":0}", "row 1 (line 2) has the key a twice.")]
    [InlineData("{\"a\":1,\"a\":2,\"label\":0}", "has the key a twice.")]
    [InlineData("{\"a\":1,\"label\":{\"b\":1}}", "label holds a list of labels a row (multi-label), expected one label a row;")]
    [InlineData("{\"a\":[\"1\",\"2\"],\"label\":0}", "the list a in line 1 holds something else than numbers.")]
    [InlineData("{\"a\":[1,[2]],\"label\":0}", "the list a in line 1 holds something else than numbers.")]
    [InlineData("{\"a\":[],\"label\":0}", "the list a in line 1 has 0 numbers, expected 1 to 65536.")]
    [InlineData("{\"a\":[1],\"b\":[2],\"label\":0}", "has 2 columns of lists of numbers, a, b; leave one.")]
    [InlineData(
        "{\"a\":[1,2],\"label\":0}\n{\"a\":[1],\"label\":0}",
        "the list a in line 2 has 1 numbers and the first has 2, expected as many in each."
    )]
    [InlineData("{\"a\":[1,2],\"label\":0}\n{\"a\":3,\"label\":0}", "row 1 (line 2) has no a[1], which the first line has")]
    [InlineData(
        "{\"a\":1,\"label\":0}\n{\"a\":[1],\"label\":0}",
        "the list a in line 2 has 1 numbers and the first has 0, expected as many in each."
    )]
    [InlineData("{\"a\":NaN,\"label\":0}", "NaN and Infinity are none of JSON's numbers, write null.")]
    [InlineData("{\"a\":1,\"label\":0", ", expected one a line.")]
    [InlineData("{\"a\":1,\"label\":0},", "line 1 is no JSON object (',' is invalid after a single JSON value), expected one a line.")]
    [InlineData("{\"a\":1,\"label\":[0,1]}", "label holds a list of labels a row (multi-label), expected one label a row;")]
    [InlineData("{\"a\":1,\"label\":0} {}", "line 1 is no JSON object")]
    [InlineData(
        "{\"a\":1,\"label\":null}\n{\"a\":1,\"label\":1}",
        "a value that is missing or not finite, the first in row 0 (line 1), column label (\"\"); fill them in, or remove such rows."
    )]
    [InlineData("{\"a\":\"x\",\"label\":0}\n{\"a\":1,\"label\":1}", "not all numbers: a (\"x\" in row 0 (line 1))")]
    public void What_is_no_such_table_is_one_sentence(string text, string expected)
    {
        File.WriteAllText(_folder.File("d.jsonl"), text);
        Assert.Contains(
            expected,
            Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.File("d.jsonl"), new DataFolder("/nowhere"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Lines_longer_than_the_buffer_are_read_whole()
    {
        var lines = Enumerable
            .Range(0, 4)
            .Select(i => $"{{\"v\":[{string.Join(',', Enumerable.Range(0, 20_000).Select(d => d + i))}],\"label\":{i % 2}}}");
        using var data = Load(string.Join('\n', lines));
        Assert.Equal(20_000, data.Data.Train.Width);
    }

    private NamedData Load(string text)
    {
        File.WriteAllText(_folder.File("d.jsonl"), text);
        return DatasetLoader.Load(_folder.File("d.jsonl"), new DataFolder("/nowhere"), null, _told);
    }

    private static IEnumerable<string> Rows(NamedData data, string file = "d.jsonl") => Packed.Rows(data);
}
