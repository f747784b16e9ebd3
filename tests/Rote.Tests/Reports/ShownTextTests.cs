using Rote.Data;
using Rote.Reports;

namespace Rote.Tests.Reports;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("  a \t\n b  ", 10, "a b")]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("a😀😀😀", 4, "a😀…")]
    [InlineData("a😀😀😀", 5, "a😀…")]
    [InlineData("ae\u0301e\u0301e\u0301", 5, "ae\u0301…")]
    [InlineData("👨‍👩‍👧👨‍👩‍👧", 12, "👨‍👩‍👧…")]
    [InlineData("ab", 1, "…")]
    [InlineData("a\u0007b", 3, "a\uFFFDb")]
    public void A_line_has_its_length_and_whole_text_elements(string text, int most, string line)
    {
        Assert.Equal(line, ShownText.Line(text, most));
        Assert.True(line.Length <= most);
    }

    [Fact]
    public void No_half_of_an_emoji_is_on_a_page_wherever_a_long_text_is_cut()
    {
        for (var before = 0; before < 3; before++)
        {
            var page = ShownText.Of(new string('x', before) + string.Concat(Enumerable.Repeat("😀", 1500))).ToString();
            Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(page)));
            Assert.Equal(2, page.Count(c => c == '…'));
        }
    }

    [Fact]
    public void Of_a_path_the_end_is_shown_and_of_a_name_the_beginning()
    {
        var row = new RowIdentity("folder/" + string.Concat(Enumerable.Repeat("😀", 40)) + ".png", null);
        Assert.Equal("…" + string.Concat(Enumerable.Repeat("😀", 27)) + ".png", ShownText.Name(null, row));
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 29)) + "…", ShownText.Name(string.Concat(Enumerable.Repeat("😀", 40)), row));
        Assert.Equal("a/b.png", ShownText.Name(null, new RowIdentity("a/b.png", null)));
    }
}
