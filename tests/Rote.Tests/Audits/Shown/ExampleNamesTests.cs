using Rote.Audits.Shown;
using Rote.Tests.Support;

namespace Rote.Tests.Audits.Shown;

public sealed class ExampleNamesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("one\ntwo\n")]
    [InlineData("\uFEFFone\r\ntwo")]
    [InlineData("  one \ntwo\t\n")]
    public void A_text_has_a_name_a_line(string text)
    {
        File.WriteAllText(_folder.File("n.txt"), text);
        Assert.Equal(["one", "two"], ExampleNames.Read(_folder.File("n.txt"), null));
    }

    [Fact]
    public void A_blank_line_is_a_row_without_a_name_and_commas_stay()
    {
        File.WriteAllText(_folder.File("n.txt"), "a, \"b\"\n\nc\n");
        Assert.Equal(["a, \"b\"", "", "c"], ExampleNames.Read(_folder.File("n.txt"), null));
    }

    [Fact]
    public void A_table_has_them_in_a_column_by_name_or_number()
    {
        File.WriteAllText(_folder.File("t.csv"), "id,title\n1,\"first, of two\"\n2,second\n");
        Assert.Equal(["first, of two", "second"], ExampleNames.Read(_folder.File("t.csv"), "title"));
        Assert.Equal(["first, of two", "second"], ExampleNames.Read(_folder.File("t.csv"), "2"));
        File.WriteAllText(_folder.File("t.jsonl"), "{\"title\": \"<b>\"}\n{\"title\": \"x\"}\n");
        Assert.Equal(["<b>", "x"], ExampleNames.Read(_folder.File("t.jsonl"), null));
    }

    [Fact]
    public void The_column_stands_behind_a_colon_unless_there_is_such_a_file()
    {
        Assert.Equal(("t.csv", "title"), ShownSettings.FileAndColumn("t.csv:title"));
        Assert.Equal(("t.csv", null), ShownSettings.FileAndColumn("t.csv"));
        Assert.Equal(("t.csv:", null), ShownSettings.FileAndColumn("t.csv:"));
        File.WriteAllText(_folder.File("a:b"), "x\n");
        Assert.Equal((_folder.File("a:b"), null), ShownSettings.FileAndColumn(_folder.File("a:b")));
    }

    [Theory]
    [InlineData("nothing.txt", null, "There is nothing at")]
    [InlineData("", null, "The name of a file is empty")]
    [InlineData("empty.txt", null, "is empty")]
    [InlineData("a.npy", null, "is an array, expected names")]
    [InlineData("bytes.txt", null, "is no text in UTF-8")]
    [InlineData("n.txt", "title", "has no column \"title\"")]
    [InlineData("t.csv", null, "/t.csv:id.")]
    [InlineData("t.csv", "note", "has no column \"note\"; it has the columns id, title")]
    [InlineData("long.txt", null, "line 2 has 1,048,577 characters")]
    public void What_is_no_list_of_names_is_refused_in_a_sentence(string file, string? column, string part)
    {
        File.WriteAllText(_folder.File("empty.txt"), "");
        File.WriteAllText(_folder.File("n.txt"), "x\n");
        File.WriteAllText(_folder.File("t.csv"), "id,title\n1,a\n");
        File.WriteAllText(_folder.File("long.txt"), $"x\n{new string('y', ExampleNames.Longest + 1)}\n");
        _folder.Put("a.npy", NpyFiles.Labels(1, 2));
        _folder.Put("bytes.txt", [0xFF, 0xFE, 0xFD, (byte)'\n']);
        var path = file.Length == 0 ? "" : _folder.File(file);
        var error = Assert.Throws<InputException>(() => ExampleNames.Read(path, column));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
