using System.Text.RegularExpressions;
using Rote.Tests.Support;

namespace Rote.Tests.Docs;

/// <summary>A search for a word of the field leads to the file that does it: docs/reference/glossary.md names the file, and the file has
/// the word.</summary>
public sealed partial class GlossaryTests
{
    /// <summary>What someone who knows PyTorch and the papers searches for.</summary>
    private static readonly string[] Needed =
    [
        "EMA",
        "AUM",
        "EL2N",
        "out-of-bag",
        "kNN",
        "argmax",
        "early stopping",
        "canary",
        "mixup",
        "GCE",
        "ELR",
        "SELC",
        "SOP",
    ];

    private static IReadOnlyList<(string Word, string[] Files)> Rows =>
        [
            .. File.ReadLines(Path.Combine(Repository.Root, "docs", "reference", "glossary.md"))
                .Select(line => line.Split('|'))
                .Where(cells => cells.Length == 5 && cells[3].Contains(".cs", StringComparison.Ordinal))
                .Select(cells => (cells[1].Trim(), FileName().Matches(cells[3]).Select(match => match.Groups["name"].Value).ToArray())),
        ];

    [Fact]
    public void Every_word_stands_in_the_file_that_does_it()
    {
        var missing = Rows.SelectMany(row => row.Files.Select(file => (row.Word, File: file)))
            .Where(entry =>
                !File.ReadAllText(Path.Combine(Repository.Root, "src", "Rote", entry.File))
                    .Contains(entry.Word, StringComparison.OrdinalIgnoreCase)
            )
            .Select(entry => $"{entry.File} does not have the word {entry.Word}");
        Assert.Empty(missing);
    }

    [Fact]
    public void The_words_of_the_field_are_in_alphabetical_order_and_complete()
    {
        var words = Rows.Select(row => row.Word).ToArray();
        Assert.Empty(Needed.Except(words));
        Assert.Equal(words.Order(StringComparer.OrdinalIgnoreCase), words);
    }

    [GeneratedRegex(@"`(?<name>[^`]+\.cs)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileName();
}
