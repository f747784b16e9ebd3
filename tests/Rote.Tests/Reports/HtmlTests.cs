using Rote.Reports;

namespace Rote.Tests.Reports;

public sealed class HtmlTests
{
    [Fact]
    public void Literals_stay_and_holes_are_escaped()
    {
        var name = "<b>&\"'</b>";
        Assert.Equal("<i>&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;</i> 3", Html.Of($"<i>{name}</i> {3}").ToString());
    }

    [Fact]
    public void Markup_in_a_hole_is_not_escaped_twice() =>
        Assert.Equal("<p><i>a &lt; b</i></p>", Html.Of($"<p>{Html.Of($"<i>{"a < b"}</i>")}</p>").ToString());

    [Fact]
    public void No_text_can_open_a_tag_end_an_attribute_or_hide_a_control_character() =>
        Gen.String.Sample(text => Html.Text(text).ToString().All(c => c is not ('<' or '>' or '"' or '\'') && !char.IsControl(c)));

    [Fact]
    public void A_default_value_is_empty() => Assert.Equal("", default(Html).ToString());

    [Theory]
    [InlineData("a\u001b[31mb", "a\uFFFD[31mb")]
    [InlineData("a\r\n\tb", "a   b")]
    [InlineData("a\uFFFFb\uFFFE", "a\uFFFDb\uFFFD")] // no characters of XML: a chart could not be written
    [InlineData("é×\U0001F600", "é×\U0001F600")]
    public void Text_of_data_is_cleaned(string text, string clean) => Assert.Equal(clean, PlainText.Clean(text));

    // Not in the theory above: an attribute cannot hold half a pair.
    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("\uFFFDx", PlainText.Clean("\ud800x"));

    [Fact]
    public void Wrapped_lines_hold_the_same_words_and_are_short_enough() =>
        Gen.Select(Gen.String[Gen.Char["ab "], 0, 60], Gen.Int[1, 20])
            .Sample(
                (text, width) =>
                {
                    var lines = PlainText.Wrap(text, width).ToArray();
                    return string.Join(' ', lines) == string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                        && lines.All(line => line.Length <= width || !line.Contains(' ', StringComparison.Ordinal));
                }
            );
}
