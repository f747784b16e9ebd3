using System.Diagnostics;
using System.Text.RegularExpressions;
using Rote.Audits;
using Rote.Shortcuts;
using Rote.Tests.Docs.Commands;
using Rote.Tests.Support;

namespace Rote.Tests.Docs;

/// <summary>Every block of C# and Python on the pages is compiled code, and the tutorial's program runs.</summary>
public sealed partial class SnippetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>But for white space a block stands in a file of tests or samples, which are built. That of its using directives stands in
    /// the same file.</summary>
    [Fact]
    public void Every_block_of_csharp_is_compiled()
    {
        var sources = new[] { "tests", "samples" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllText)
            .Select(text => (Text: text, Code: Packed(text)))
            .ToArray();
        var blocks = PageBlock.Of("csharp").ToArray();
        Assert.True(blocks.Length >= 10, $"{blocks.Length} blocks");
        Assert.Empty(
            blocks
                .Where(block =>
                {
                    var (code, uses) = (Packed(Using().Replace(block.Code, "")), Using().Matches(block.Code).Select(u => u.Value.Trim()));
                    return !sources.Any(source =>
                        source.Code.Contains(code, StringComparison.Ordinal)
                        && uses.All(use => use == "using Rote;" || source.Text.Contains(use, StringComparison.Ordinal))
                    );
                })
                .Select(block => $"{block.Page}: {block.Code}")
        );
    }

    [Fact]
    public void Every_block_of_python_is_python()
    {
        var blocks = PageBlock.Of("python").Concat(PageBlock.Of("py")).ToArray();
        Assert.True(blocks.Length >= 10, $"{blocks.Length} blocks");
        for (var i = 0; i < blocks.Length; i++)
        {
            File.WriteAllText(_folder.File($"{i:000}.py"), blocks[i].Code);
        }

        File.WriteAllText(
            _folder.File("check"),
            "import ast, sys, textwrap\nfor f in sys.argv[1:]: ast.parse(textwrap.dedent(open(f).read()), f)\n"
        );
        var (code, _, error) = Python.Plain([
            _folder.File("check"),
            .. Directory.GetFiles(_folder.Path, "*.py").Order(StringComparer.Ordinal),
        ]);
        Assert.True(code == 0, error);
    }

    /// <summary>The practice data of the tutorials has every twentieth label wrong, and both tutorials say that the first suspects are
    /// such.</summary>
    [Fact]
    [NoTensorLeaks]
    public void The_tutorials_find_the_wrong_labels_of_their_data()
    {
        var lines = new[] { "tutorial-dotnet.md", "tutorial-data-engineer.md" }
            .Select(page => PageLine.Of($"docs/guide/{page}").Single(line => line.Text.StartsWith("awk", StringComparison.Ordinal)).Text)
            .ToArray();
        Assert.Equal(lines[0], lines[1]);
        using (var shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", lines[0]]) { WorkingDirectory = _folder.Path })!)
        {
            shell.WaitForExit();
            Assert.Equal(0, shell.ExitCode);
        }

        var audit = Shortcut.Audit(
            _folder.File("practice.csv"),
            new AuditOptions
            {
                Budget = new AuditBudget { Members = 8 },
                Audits = _folder.File("audits"),
            }
        );
        var rows = audit.Suspects.Take(10).Select(suspect => int.Parse(RowNumber().Match(suspect.Name).Value)).ToArray();
        Assert.InRange(rows.Count(row => row % 20 == 0), 8, 10);

        var run = Shortcut.Train(
            _folder.File("practice.csv"),
            new TrainOptions
            {
                Network = "mlp-1x16",
                Threads = 1,
                Runs = _folder.File("runs"),
            }
        );
        Assert.InRange(Shortcut.Evaluate(run, _folder.File("practice.csv")).Summary.Accuracy.Value, 0.8, 1);
    }

    private static string Packed(string text) => Space().Replace(text, "");

    [GeneratedRegex(@"^using [\w.]+;\n", RegexOptions.Multiline, 1000)]
    private static partial Regex Using();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();

    [GeneratedRegex(@"(?<=\[)\d+(?=\])", RegexOptions.None, 1000)]
    private static partial Regex RowNumber();
}
