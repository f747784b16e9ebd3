using System.Text;
using Rote.Data;
using Rote.Data.Texts;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Tables;

/// <summary>A column of texts and one of labels, from bytes on disk to examples.</summary>
[NoTensorLeaks]
public sealed class TextTablesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    private static string Text(int i) => $"Where is my card number {i}?";

    private static string Table(Func<int, string> text, int rows = 12) =>
        "text,category\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{text(i)},{(i % 2 == 0 ? "lost" : "found")}\n"));

    [Fact]
    public void The_only_column_of_free_text_is_found_and_said_so()
    {
        using var data = Load("t.csv", Table(Text));
        Assert.Equal(["found", "lost"], data.Data.Train.ClassNames);
        Assert.Equal("category", data.Spec.LabelColumn);
        Assert.Contains(
            "t.csv: each example is the text in the column text, the only one of free text.",
            _told.Notes,
            StringComparison.Ordinal
        );
        Assert.All(data.Data.Train.Texts!.Zip(data.Data.Train.Rows), pair => Assert.Equal(Text((int)pair.Second.Row!), pair.First));
        Assert.Equal(HashedWords.Size, data.Data.Train.Width);
        Assert.Equal(DataColumnKind.Text, data.Data.Train.Columns!.Single().Kind);
    }

    [Fact]
    public void The_text_may_be_the_last_column_and_ids_beside_it_are_left_out()
    {
        var rows = Enumerable.Range(0, 12).Select(i => $"{i},{(i % 2 == 0 ? "good" : "bad")},I think that it was {i}\n");
        using var data = Load("t.csv", "id,sentiment,review\n" + string.Concat(rows));
        Assert.Equal("sentiment", data.Spec.LabelColumn);
        Assert.StartsWith("I think", data.Data.Train.Texts![0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_column_is_read_alone_whatever_stands_beside_it()
    {
        var rows = Enumerable.Range(0, 12).Select(i => $"{i * 7 % 5},word{i},{(i % 2 == 0 ? "a" : "b")}\n");
        using var data = Load("t.csv", "n,t,label\n" + string.Concat(rows), new UserDataOptions { Text = "t" });
        Assert.StartsWith("word", data.Data.Train.Texts![0], StringComparison.Ordinal);
        Assert.Contains("each example is the text in the column t; not read: n.", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_column_of_texts_is_other_data()
    {
        var table = "a,b,label\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"x{i},y{i},{i % 2}\n"));
        using var a = Load("t.csv", table, new UserDataOptions { Text = "a" });
        using var b = Load("t.csv", table, new UserDataOptions { Text = "b" });
        Assert.NotEqual(a.Spec.Sha256, b.Spec.Sha256);
    }

    [Fact]
    public void Quotes_line_breaks_and_other_scripts_arrive_as_they_are()
    {
        string[] texts =
        [
            "say \"hi\",\nand go",
            "猫は好きですか はい",
            "Где моя карта сегодня",
            "a\u0000b \u001b[31m red text",
            "  ",
            "ﬁne words — ok 🙂",
        ];
        var rows = texts
            .Concat(texts)
            .Select((t, i) => $"\"{t.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{(i % 2 == 0 ? "a" : "b")}\n");
        using var data = Load("t.csv", "text,label\n" + string.Concat(rows), new UserDataOptions { Text = "text" });
        var found = data.Data.Train.Texts!.Concat(data.Data.Test.Texts!).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(texts.Select(t => t.Trim()).Order(StringComparer.Ordinal), found);
        Assert.Contains("(2 of 12 are empty)", _told.Notes, StringComparison.Ordinal);
        using var standardized = VectorFeatures.Of(data.Data.Train).Standardize(data.Data.Test);
        Assert.All(standardized.Pixels.data<float>().ToArray(), v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void A_text_of_10_MB_is_one_sentence_and_one_of_a_million_characters_is_read()
    {
        var longest = string.Concat(Enumerable.Repeat("word ", 200_000));
        using (var data = Load("t.csv", Table(i => i == 3 ? longest : Text(i)), new UserDataOptions { Text = "text" }))
        {
            Assert.Contains(longest.TrimEnd(), data.Data.Train.Texts!.Concat(data.Data.Test.Texts!));
        }

        Refused("begins a field of more than 1,048,576 characters", Table(i => i == 3 ? new string('x', 10_000_000) : Text(i)), "text");
    }

    [Theory]
    [InlineData("the column text holds numbers, expected texts", "7")]
    [InlineData("every text is empty in the column text", "")]
    [InlineData("all texts are equal in the column text", "one and the same")]
    public void Texts_that_tell_nothing_are_one_sentence(string sentence, string text) =>
        Refused(sentence, Table(i => text == "7" ? $"{i}" : text), "text");

    [Fact]
    public void Columns_that_leave_a_doubt_are_one_sentence()
    {
        var two = "title,body,label\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"the title of {i},the body of {i},{i % 2}\n"));
        Refused(
            "has 2 columns of texts, title, body, and nothing else that can be a feature; say with the column of texts which one is read.",
            two,
            null
        );
        Refused("has no column \"body2\" that can be a feature (the column of texts); the others are title, body.", two, "body2");
        Refused(
            "has every label only once, expected one of them at least twice",
            "text,label\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"what is the number {i},c{i}\n")),
            "text"
        );
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_one_sentence()
    {
        PictureFiles.Write(_folder, "t.csv", [.. "text,label\na b c,x\n"u8, 0xFF, 0xFE, 0xFD, .. ",y\n"u8]);
        var error = Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere")));
        Assert.Contains("is not UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t.tsv")]
    [InlineData("t.jsonl")]
    [InlineData("t.parquet")]
    public void Every_format_of_tables_gives_the_same_texts(string file)
    {
        string?[] texts = [.. Enumerable.Range(0, 12).Select(i => i == 5 ? null : Text(i))];
        string[] labels = [.. texts.Select((_, i) => i % 2 == 0 ? "a" : "b")];
        byte[] bytes = Path.GetExtension(file) switch
        {
            ".tsv" => Encoding.UTF8.GetBytes("text\tlabel\n" + string.Concat(texts.Zip(labels, (t, l) => $"{t}\t{l}\n"))),
            ".jsonl" => Encoding.UTF8.GetBytes(
                string.Concat(texts.Zip(labels, (t, l) => $"{{\"text\":{(t is null ? "null" : $"\"{t}\"")},\"label\":\"{l}\"}}\n"))
            ),
            _ => ParquetFiles.Write(
                [ParquetFiles.Texts("text", texts[..7], texts[7..]), ParquetFiles.Texts("label", labels[..7], labels[7..])],
                parts: 2
            ),
        };
        File.WriteAllBytes(_folder.File(file), bytes);
        using var data = DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"), null, _told);
        var found = data.Data.Train.Rows.Concat(data.Data.Test.Rows).Zip(data.Data.Train.Texts!.Concat(data.Data.Test.Texts!));
        Assert.All(found, pair => Assert.Equal(texts[(int)pair.First.Row!] ?? "", pair.Second));
        Assert.Equal(["a", "b"], data.Data.Train.ClassNames);
    }

    private void Refused(string sentence, string table, string? text)
    {
        var error = Assert.Throws<InputException>(() => Load("t.csv", table, new UserDataOptions { Text = text }));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    private NamedData Load(string file, string text, UserDataOptions? options = null)
    {
        File.WriteAllText(_folder.File(file), text);
        return DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"), options, _told);
    }
}
