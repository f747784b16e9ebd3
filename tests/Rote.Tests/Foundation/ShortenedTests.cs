using System.Globalization;
using System.Text.RegularExpressions;
using Rote.Tests.Support;

namespace Rote.Tests.Foundation;

public sealed partial class ShortenedTests
{
    private const string Family = "👨‍👩‍👧"; // three people joined by two joiners: 8 characters
    private const string Accented = "e\u0301\u0323"; // a letter and two marks

    /// <summary>Texts whose elements have several characters, with the elements.</summary>
    public static TheoryData<string> Texts =>
        [
            "abcdefghij",
            "😀😀😀😀😀",
            $"a{Family}b{Family}c",
            $"{Accented}{Accented}{Accented}x",
            "🇩🇪🇫🇷🇮🇹",
            "👍🏽👍🏽",
            "한국어 नमस्ते สวัสดี",
            "a\r\nb\r\nc",
        ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_is_kept_is_whole_text_elements_and_as_many_as_fit(string text)
    {
        int[] borders = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
        var longest = borders.Zip(borders.Skip(1)).Max(pair => pair.Second - pair.First);
        for (var most = longest; most < text.Length; most++)
        {
            var kept = Shortened.LengthOfBeginning(text, most);
            Assert.Equal(borders.Last(border => border <= most), kept);
            Assert.Equal($"{text[..kept]}…", Shortened.Beginning(text, most));
            var ending = Shortened.LengthOfEnding(text, most);
            Assert.Equal(text.Length - borders.First(border => border >= text.Length - most), ending);
            Assert.Equal($"…{text[^ending..]}", Shortened.Ending(text, most));
        }

        Assert.Equal((text, text), (Shortened.Beginning(text, text.Length), Shortened.Ending(text, text.Length)));
    }

    [Theory]
    [InlineData(1, "…", "…\u0301")]
    [InlineData(2, "😀…", "…\u0301\u0301")]
    [InlineData(3, "😀\u0301…", "…\u0301\u0301\u0301")]
    public void An_element_longer_than_the_limit_is_cut_between_its_code_points(int most, string beginning, string ending)
    {
        var text = "😀" + new string('\u0301', 100);
        Assert.Equal((beginning, ending), (Shortened.Beginning(text, most), Shortened.Ending(text, most)));
        Assert.Equal("…", Shortened.Ending("a😀", 1));
    }

    [Fact]
    public void Of_nothing_nothing_is_cut_and_a_limit_of_nothing_is_a_mistake()
    {
        Assert.Equal(("", ""), (Shortened.Beginning("", 1), Shortened.Ending("", 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shortened.Beginning("abc", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shortened.Ending("abc", 0));
    }

    /// <summary>A slice with an ellipsis behind it is a cut of its own; digits of a hash, and a value's stored form, have no pairs to
    /// halve.</summary>
    [Fact]
    public void Nothing_else_cuts_texts()
    {
        string[] known = ["encoder.Identity[..8]}…", "sha[..12]}…", "value.AsSpan(0, kept)}…"];
        var cuts = Directory
            .GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => File.ReadLines(path).Select(line => (Line: line, Path: path)))
            .Where(at => OwnCut().IsMatch(at.Line) && !known.Any(cut => at.Line.Contains(cut, StringComparison.Ordinal)))
            .Select(at => $"{Path.GetRelativePath(Repository.Root, at.Path)}: {at.Line.Trim()}");
        Assert.Empty(cuts);
    }

    [GeneratedRegex(
        @"\[(\.\.|\^)[^\]]*\](\} ?…| \+ ""…)|AsSpan\([^)]*\)\} ?…|…\{[a-z]+\[\^|> [0-9A-Za-z]+ \? ""…""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OwnCut();
}
