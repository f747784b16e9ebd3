using System.Text.RegularExpressions;
using Rote.Tests.Support;

namespace Rote.Tests.Docs.Commands;

/// <summary>A line of a page that a reader types into a shell: one of a fenced block without a language.</summary>
/// <param name="Page">The page's path in the repository.</param>
/// <param name="Number">The line's number in it, from 1.</param>
/// <param name="Text">The line without the comment at its end.</param>
internal sealed partial record PageLine(string Page, int Number, string Text)
{
    /// <summary>README, and every page of docs and of the packages.</summary>
    public static IReadOnlyList<string> AllPages { get; } =
    [
        "README.md",
        .. Directory
            .GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "src"), "PACKAGE.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The pages whose commands are run: README and the guide. Those of docs/evidence take hours.</summary>
    public static IReadOnlyList<string> RunPages { get; } =
    [.. AllPages.Where(page => page is "README.md" || page.StartsWith("docs/guide/", StringComparison.Ordinal))];

    /// <summary>Whether the program is called, and nothing else.</summary>
    public bool IsRote => RoteAlone().IsMatch(Text);

    /// <summary>The words after the program's name, as a shell would give them.</summary>
    public string[] Arguments => Split(Text).Skip(1).ToArray();

    /// <summary>All lines of a page.</summary>
    public static IEnumerable<PageLine> Of(string page)
    {
        var isShell = false;
        var isCode = false;
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, page)))
        {
            number++;
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
                isShell = isCode && line.TrimEnd() == "```";
            }
            else if (isShell && Comment().Replace(line, "").Trim() is { Length: > 0 } text)
            {
                yield return new PageLine(page, number, text);
            }
        }
    }

    /// <summary>What stands between back quotes in the prose of a page and begins with the program's name.</summary>
    public static IEnumerable<PageLine> Quoted(string page) =>
        File.ReadLines(Path.Combine(Repository.Root, page))
            .SelectMany((line, i) => Inline().Matches(line).Select(match => new PageLine(page, i + 1, match.Groups["text"].Value)));

    /// <summary>Words of a shell's line: spaces part them, quotes hold them together.</summary>
    public static IEnumerable<string> Split(string text) =>
        Word()
            .Matches(text)
            .Select(match => match.Value.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => $"{Page}:{Number}: {Text}";

    [GeneratedRegex(@"^(\./)?rote [^|;&$]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoteAlone();

    [GeneratedRegex(@"(^|\s)#\s.*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"`(?<text>(\./)?rote [^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();

    [GeneratedRegex("""("[^"]*"|'[^']*'|[^\s"'])+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
