using System.Text.Json;
using Rote.Tests.Support;

namespace Rote.Tests.Interop;

/// <summary>The Python of docs/guide/own-model.md is that of interop/, and what it writes can be audited.</summary>
[NoTensorLeaks]
public sealed class OwnModelPageTests : IDisposable
{
    private const int Wrong = 30; // of 300 labels, the first

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_the_loops_write_is_audited_and_the_wrong_labels_come_first()
    {
        var (code, _, error) = Python.Run(Path.Combine(Repository.Root, "interop", "own_model.py"), _folder.Path);
        Assert.True(code == 0, error);
        string[] predictions = ["--predictions", _folder.File("predictions.npy"), "--labels", _folder.File("labels.txt")];
        foreach (
            var line in new string[][]
            {
                predictions,
                ["--dynamics", _folder.File("train.jsonl")],
                ["--dynamics", _folder.File("keras.jsonl")],
                [.. predictions, "--dynamics", _folder.File("train.jsonl")],
            }
        )
        {
            var (result, output, sentence) = Command.Run(["audit", .. line, "--audits", _folder.File("audits"), "--quiet", "--json"]);
            Assert.True(result == 0, sentence);
            var folder = JsonDocument.Parse(output).RootElement.GetProperty("folder").GetString()!;
            var first = File.ReadLines(Path.Combine(folder, "suspects.csv"))
                .Skip(1)
                .Take(Wrong)
                .Select(text => int.Parse(text.Split(',')[1]));
            Assert.InRange(first.Count(row => row < Wrong), Wrong - 4, Wrong);
        }
    }

    [Fact]
    public void The_page_quotes_the_files_that_are_tested()
    {
        var source = string.Concat(Directory.GetFiles(Path.Combine(Repository.Root, "interop"), "*.py").Select(File.ReadAllText));
        var quotes = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "own-model.md"))
            .Split("```python\n")
            .Skip(1)
            .Select(part => part.Split("```")[0].Trim('\n'))
            .ToArray();
        Assert.True(quotes.Length >= 3);
        Assert.All(quotes, quote => Assert.Contains(quote, source, StringComparison.Ordinal));
        Assert.Contains(quotes, quote => quote.StartsWith("def array", StringComparison.Ordinal) && quote.Split('\n').Length <= 15);
    }
}
