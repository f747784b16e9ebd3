using Rote.Data.Labels;

namespace Rote.Tests.Data.Labels;

/// <summary>Labels that may be one class in several spellings are named; others are let be.</summary>
public sealed class LabelSpellingsTests
{
    [Theory]
    [InlineData("Labels differ only in upper and lower case and are classes of their own: Yes, yes.", "no", "yes", "Yes")]
    [InlineData(
        "Labels that are one number are one class: 007, 7. If they are codes, write all of them with as many digits.",
        "7",
        "007",
        "8"
    )]
    [InlineData("are classes of their own: 007, 7. If so, write them alike.", "7", "007", "x")]
    [InlineData("are classes of their own: 1, 1.0. If so, write them alike.", "1.0", "1", "x")]
    [InlineData("are classes of their own: 0, false; 1, true. If so, write them alike.", "1", "true", "false", "0")]
    [InlineData("are classes of their own: Y, yes. If so, write them alike.", "yes", "no", "Y")]
    [InlineData("are classes of their own: non spam, non-spam. If so, write them alike.", "non spam", "spam", "non-spam")]
    [InlineData("are classes of their own: a_b, a-b. If so, write them alike.", "a_b", "a-b", "c", "d")]
    public void Labels_in_several_spellings_are_named(string end, params string[] labels) =>
        Assert.EndsWith(
            end.Contains("a_b", StringComparison.Ordinal) ? end.Replace("a_b, a-b", "a-b, a_b", StringComparison.Ordinal) : end,
            Assert.Single(LabelSpellings.In(labels))
        );

    [Theory]
    [InlineData("a", "b")]
    [InlineData("yes", "no")]
    [InlineData("0", "1")]
    [InlineData("1", "1.0", "2")] // what floats are written as
    [InlineData("007", "008")]
    [InlineData("C", "C++", "C#")]
    [InlineData("t", "f", "n", "a")] // letters
    [InlineData("-1", "1", "a")]
    [InlineData("2019-1", "2019 1")] // no letters
    [InlineData("y", "n", "maybe")]
    [InlineData]
    public void Others_are_let_be(params string[] labels) => Assert.Empty(LabelSpellings.In(labels));
}
