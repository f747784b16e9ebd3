using Rote.Benchmarks.Evidence;
using Rote.Tests.Support;

namespace Rote.Tests.Docs;

/// <summary>Numbers in pages that come from evidence are those of the evidence.</summary>
public sealed class EvidencePagesTests : IDisposable
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_marked_number_is_that_of_the_evidence()
    {
        var pages = EvidencePages.All(Docs);
        Assert.True(pages.Sum(page => File.ReadAllText(page).Split("<!-- evidence: ").Length - 1) > 40);
        foreach (var page in pages)
        {
            var text = File.ReadAllText(page);
            Assert.Equal(EvidencePages.Fill(text, Path.GetFileName(page), Path.Combine(Docs, "evidence")), text);
        }
    }

    [Fact]
    public void A_wrong_number_is_put_right_and_the_words_beside_it_stay()
    {
        WriteLedger(0.25);
        Assert.Equal(
            "It is <!-- evidence: claim l a/b -->25.0 % ± 1.0<!-- end -->, they say.",
            Fill("It is <!-- evidence: claim l a/b -->99 %<!-- end -->, they say.")
        );
        Assert.Equal(
            "<!-- evidence: claims l -->\n| claim | words | here | criterion | |\n|---|---|---|---|---|\n"
                + "| `a/b` | my words | 25.0 % ± 1.0 | at least 20 % | ✓ |\n<!-- end -->\n",
            Fill(
                "<!-- evidence: claims l -->\n| claim | words | here | criterion | |\n|---|---|---|---|---|\n"
                    + "| `a/b` | my words | | | |\n<!-- end -->\n"
            )
        );
        Assert.Equal("no mark", Fill("no mark"));
    }

    [Theory]
    [InlineData("Now <!-- evidence: claim l a/b -->1 %", "has 1 evidence marks and 0 ends")]
    [InlineData("Now <!-- evidence: claim l a/b -->1 <!-- evidence: claim l a/b -->2<!-- end --><!-- end -->", "each mark is followed")]
    [InlineData("It is\n<!-- evidence: claim l a/b -->1 %<!-- end -->", "at the start of a line")]
    [InlineData("Now <!-- evidence: claim l x -->1 %<!-- end -->", "no claim 'x'")]
    [InlineData("Now <!-- evidence: claim missing x -->1 %<!-- end -->", "cannot be read")]
    [InlineData("Now <!-- evidence: nonsense -->1 %<!-- end -->", "no such query")]
    [InlineData("Now <!-- evidence: claims l -->\nno table\n<!-- end -->", "no line of a table")]
    [InlineData("Now <!-- evidence: claims l -->\n| a | b | c | d | e |\n|---|---|---|---|---|\n<!-- end -->", "every claim")]
    [InlineData("Now <!-- evidence: at l dial x -->1<!-- end -->", "is no frontier")]
    public void A_mark_that_cannot_be_filled_in_is_said(string page, string expected)
    {
        WriteLedger(0.25);
        var error = Assert.Throws<InputException>(() => Fill(page));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("page.md", error.Message, StringComparison.Ordinal);
    }

    // Values by hand: two runs of the dial at a half and two of another tool, whose best epoch near a half is the second.
    [Fact]
    public void A_frontier_is_read_in_both_layouts()
    {
        File.WriteAllText(_folder.File("f1.json"), Frontier("control", "audit"));
        File.WriteAllText(_folder.File("f2.json"), Frontier("steering", "heldOut"));
        foreach (var file in new[] { "f1", "f2" })
        {
            var frontier = FrontierEvidence.Read(_folder.Path, file);
            Assert.Equal("62.0 % ± 2.0", frontier.AtInWords("dial", 0.5));
            Assert.Equal("52.0 % ± 2.0", frontier.AtInWords("gce", 0.5));
            Assert.Equal("10.0 ± 2.8", frontier.LeadInWords(0.5));
            Assert.Equal("1 of 2", FrontierNumbers.Holds([frontier]));
            Assert.Equal("0.010", FrontierNumbers.Off([frontier]));
            Assert.Equal("60.0 % ± 1.5", FrontierEvidence.Read(_folder.Path, file + "@1").AtInWords("dial", 0.5));
        }
    }

    private string Fill(string page) => EvidencePages.Fill(page, "page.md", _folder.Path);

    private void WriteLedger(double value) =>
        File.WriteAllText(
            _folder.File("l.json"),
            $$"""
            {"claims":[{"id":"a/b","source":"","statement":"","paper":"","unit":"share","criterion":
            {"kind":"at-least","bound":0.2,"why":""},"measured":{"value":{{value}},"standardError":0.01,"samples":5},
            "verdict":"reproduced","command":""}]}
            """
        );

    private static string Frontier(string steering, string heldOut)
    {
        return $$"""{"runs":[{{Dial(1, 0.49, 0.6, 0.4)}},{{Dial(2, 0.51, 0.64, 0.52)}},{{Gce(1, 0.5)}},{{Gce(2, 0.54)}}]}""";

        string Degrees(double m, double low) =>
            $$""" "{{steering}}":{"memorization":{{m}},"low":0,"high":1},"{{heldOut}}":{"memorization":0.5,"low":{{low}},"high":0.6},""";
        string Dial(int seed, double m, double accuracy, double low) =>
            $$"""{"tool":"dial","seed":{{seed}},"asked":0.5,{{Degrees(m, low)}}"testAccuracy":{"value":{{accuracy}},"samples":1000} }""";
        string Gce(int seed, double accuracy) =>
            $$"""
                {"tool":"gce","seed":{{seed}},{{Degrees(1, 0)}}"testAccuracy":{"value":0.1,"samples":1000},"path":[
                {"epoch":1,"memorization":0.47,"heldOut":0.2,"accuracy":0.9},
                {"epoch":2,"memorization":0.52,"heldOut":0.3,"accuracy":{{accuracy}}},
                {"epoch":3,"memorization":0.9,"heldOut":0.9,"accuracy":0.99}]}
                """;
    }
}
