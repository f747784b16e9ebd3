using System.Text.RegularExpressions;
using Rote.Tests.Support;

namespace Rote.Tests;

/// <summary>The folders of the library are stages in an order; a stage uses those above it, never those below
/// (docs/explanation/architecture.md).</summary>
public sealed partial class StageOrderTests
{
    /// <summary>The files of the root (Flow.cs) are a stage too: they use all that one experiment needs, and what runs many experiments
    /// uses them.</summary>
    private const string Root = "";

    /// <summary>From the first stage to the last.</summary>
    private static readonly string[] Order =
    [
        "Foundation",
        "Tensors",
        "Data",
        "Corruptions",
        "Theory",
        "Networks",
        "Training",
        "Measurement",
        "Recipes",
        "Memorization",
        "Experiments",
        "Storage",
        "Evaluation",
        "Features",
        "Complexity",
        Root,
        "Workers",
        "Studies",
        "Audits",
        "Reports",
        "Shortcuts",
    ];

    [Fact]
    public void A_stage_uses_earlier_stages_only()
    {
        var source = Path.Combine(Repository.Root, "src", "Rote");
        var wrong = Directory
            .GetFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(source, path), Stage: StageOf(Path.GetRelativePath(source, path))))
            .SelectMany(file => Uses(Path.Combine(source, file.Path)).Select(used => (file.Path, file.Stage, Used: used)))
            .Where(use => Array.IndexOf(Order, use.Used) > Array.IndexOf(Order, use.Stage))
            .Select(use => $"{use.Path} uses {use.Used}")
            .ToArray();
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_is_a_stage()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "src", "Rote")).Select(Path.GetFileName);
        Assert.Empty(folders.Except(Order));
    }

    private static string StageOf(string file) => file.Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : Root;

    // Both the using directive and a qualified name: "Rote.Runs" in whatever place but a comment or the file's own namespace.
    private static IEnumerable<string> Uses(string path) =>
        File.ReadLines(path)
            .Select(line => line.Trim())
            .Where(line => !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("namespace ", StringComparison.Ordinal))
            .SelectMany(line => StageName().Matches(line).Select(match => match.Groups["stage"].Value))
            .Distinct();

    [GeneratedRegex(@"\bRote\.(?<stage>[A-Z][A-Za-z]+)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StageName();
}
