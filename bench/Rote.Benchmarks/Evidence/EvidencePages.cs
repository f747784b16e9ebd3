using System.Text.RegularExpressions;

namespace Rote.Benchmarks.Evidence;

/// <summary>Numbers in pages that come from evidence.</summary>
/// <remarks>A page marks a table or a number with where it comes from, <c>&lt;!-- evidence: QUERY --&gt; … &lt;!-- end --&gt;</c>.
/// <see cref="Write"/> writes what stands between, and a test compares it byte for byte. Words of a table are the page's own, its numbers
/// are the file's. <see cref="EvidenceQueries"/> lists the queries.</remarks>
internal static partial class EvidencePages
{
    /// <summary>All pages that may have marks: those of docs, and README.</summary>
    /// <param name="docs">The folder docs.</param>
    public static IReadOnlyList<string> All(string docs) =>
        [
            .. Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal),
            Path.Combine(Path.GetDirectoryName(Path.GetFullPath(docs))!, "README.md"),
        ];

    /// <summary>Fills in every page whose numbers are not those of the evidence.</summary>
    /// <param name="docs">The folder docs.</param>
    /// <returns>The pages that have changed.</returns>
    public static IReadOnlyList<string> Write(string docs)
    {
        var changed = new List<string>();
        foreach (var page in All(docs))
        {
            var before = File.ReadAllText(page);
            var after = Fill(before, Path.GetFileName(page), Path.Combine(docs, "evidence"));
            if (after != before)
            {
                AtomicFile.WriteText(page, after);
                changed.Add(page);
            }
        }

        return changed;
    }

    /// <summary>A page with the numbers of the evidence.</summary>
    /// <param name="page">The page's text.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="evidence">The folder of the evidence.</param>
    /// <returns>The page; what has no mark is as it was.</returns>
    /// <exception cref="InputException">A mark is not closed, its query is not known, or its file does not have what it asks
    /// for.</exception>
    public static string Fill(string page, string name, string evidence)
    {
        var (begins, ends) = (Begin().Count(page), End().Count(page));
        if (begins != ends || begins != Marked().Count(page))
        {
            throw new InputException($"{name} has {begins} evidence marks and {ends} ends; each mark is followed by its own <!-- end -->.");
        }

        if (AtLineStart().IsMatch(page))
        {
            throw new InputException($"{name} has an evidence mark of a number at the start of a line, where Markdown ends a paragraph.");
        }

        return Marked()
            .Replace(
                page,
                match =>
                {
                    var (query, old) = (match.Groups["query"].Value, match.Groups["old"].Value);
                    var isTable = old.StartsWith('\n');
                    try
                    {
                        var text = EvidenceQueries.Answer(query, old.Trim('\n'), evidence);
                        return $"<!-- evidence: {query} -->{(isTable ? $"\n{text}\n" : text)}<!-- end -->";
                    }
                    catch (InputException error)
                    {
                        throw new InputException($"{name}, evidence mark '{query}': {error.Message}", error);
                    }
                }
            );
    }

    [GeneratedRegex("<!-- evidence: (?<query>[^<>]+?) -->(?<old>((?!<!-- evidence: ).)*?)<!-- end -->", Options, 10_000)]
    private static partial Regex Marked();

    [GeneratedRegex("^ {0,3}<!-- evidence: [^\n]*-->[^\n]", RegexOptions.Multiline, 10_000)]
    private static partial Regex AtLineStart();

    [GeneratedRegex("<!-- evidence:", RegexOptions.None, 10_000)]
    private static partial Regex Begin();

    [GeneratedRegex("<!-- end -->", RegexOptions.None, 10_000)]
    private static partial Regex End();

    private const RegexOptions Options = RegexOptions.Singleline | RegexOptions.ExplicitCapture;
}
