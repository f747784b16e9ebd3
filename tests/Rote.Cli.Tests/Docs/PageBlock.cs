using System.Text.RegularExpressions;
using Rote.Tests.Docs.Commands;
using Rote.Tests.Support;

namespace Rote.Tests.Docs;

/// <summary>A fenced block of a page, word for word.</summary>
/// <param name="Page">The page's path in the repository.</param>
/// <param name="Code">What stands between the fences.</param>
internal sealed partial record PageBlock(string Page, string Code)
{
    /// <summary>All blocks of a language, page by page.</summary>
    /// <param name="language">The word behind the fence.</param>
    public static IEnumerable<PageBlock> Of(string language) =>
        PageLine.AllPages.SelectMany(page =>
            Block()
                .Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
                .Where(match => match.Groups["language"].Value == language)
                .Select(match => new PageBlock(page, match.Groups["code"].Value))
        );

    [GeneratedRegex(
        @"^```(?<language>\w*)\n(?<code>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Block();
}
