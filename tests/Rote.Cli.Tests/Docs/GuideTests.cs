using System.Text.RegularExpressions;
using Rote.Tests.Support;

namespace Rote.Tests.Docs;

/// <summary>The pages of docs: every one is found from the index, and a guide can be read aloud.</summary>
public sealed partial class GuideTests
{
    /// <summary>Words in a sentence of a guide page. A longer one has two thoughts.</summary>
    private const int MostWords = 40;

    private static string Docs => Path.Combine(Repository.Root, "docs");

    [Fact]
    public void Every_page_is_linked_from_the_index_or_stands_in_a_folder_that_is()
    {
        var index = File.ReadAllText(Path.Combine(Docs, "README.md"));
        var missing = Directory
            .GetFiles(Docs, "*.md", SearchOption.AllDirectories)
            .Select(page => Path.GetRelativePath(Docs, page).Replace('\\', '/'))
            .Where(page => page != "README.md")
            .Where(page =>
                !index.Contains($"({page})", StringComparison.Ordinal)
                && !index.Contains($"({Path.GetDirectoryName(page)})", StringComparison.Ordinal)
            );
        Assert.Empty(missing);
    }

    [Fact]
    public void No_sentence_of_a_guide_is_longer_than_can_be_read_aloud()
    {
        var pages = Directory.GetFiles(Path.Combine(Docs, "guide"), "*.md");
        Assert.True(pages.Length > 15);
        Assert.Empty(pages.SelectMany(page => TooLong(File.ReadAllText(page)).Select(s => $"{Path.GetFileName(page)}: {s}")));
    }

    [Fact]
    public void A_long_sentence_is_found_in_prose_lists_and_cells_and_code_does_not_count()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", MostWords));
        Assert.Empty(TooLong($"First. Then {words[5..]}.\n\n```\n{words} {words}\n```\n"));
        Assert.Single(TooLong($"One {words}."));
        Assert.Single(TooLong($"- short\n- one {words}\n- short"));
        Assert.Single(TooLong($"| a | one {words} |"));
    }

    private static IEnumerable<string> TooLong(string page)
    {
        var prose = Code().Replace(page, "\n\n");
        return Block()
            .Split(prose)
            .SelectMany(block => block.StartsWith('|') ? block.Split('|') : [block])
            .Select(block => InlineCode().Replace(Target().Replace(block, "]"), "Code"))
            .SelectMany(block => SentenceEnd().Split(block))
            .Where(sentence => sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > MostWords)
            .Select(sentence => sentence.Trim());
    }

    [GeneratedRegex("```.*?```", RegexOptions.Singleline, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\n\s*\n|\n(?=[-*>] |\d+\. |#|\|)", RegexOptions.None, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\([^)]*\)", RegexOptions.None, 1000)]
    private static partial Regex Target();

    [GeneratedRegex("`[^`]*`", RegexOptions.None, 1000)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=[A-Z*`\[(])", RegexOptions.None, 1000)]
    private static partial Regex SentenceEnd();
}
