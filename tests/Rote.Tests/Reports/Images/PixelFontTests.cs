using Rote.Reports.Images;

namespace Rote.Tests.Reports.Images;

public sealed class PixelFontTests
{
    private const string All = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:-_/()%+×=?!'#";

    [Fact]
    public void Every_glyph_is_its_own()
    {
        var glyphs = All.Select(c => Picture(c.ToString())).ToList();
        Assert.All(glyphs, g => Assert.Contains('#', g));
        Assert.Equal(All.Length, glyphs.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Text_goes_to_the_right_by_six_columns_a_letter()
    {
        Assert.Equal(11, PixelFont.Width("ab"));
        Assert.Equal(0, PixelFont.Width(""));
        Assert.Equal(Picture("b"), string.Join('\n', Picture("ab").Split('\n').Select(row => row[6..])));
    }

    [Fact]
    public void A_character_without_a_glyph_is_a_question_mark() => Assert.Equal(Picture("?"), Picture("ß"));

    [Fact]
    public void A_space_is_empty() => Assert.DoesNotContain('#', Picture(" "));

    private static string Picture(string text)
    {
        var rows = Enumerable.Range(0, PixelFont.Rows).Select(_ => new string('.', text.Length * 6).ToCharArray()).ToArray();
        PixelFont.Draw(text, (x, y) => rows[y][x] = '#');
        return string.Join('\n', rows.Select(r => new string(r)));
    }
}
