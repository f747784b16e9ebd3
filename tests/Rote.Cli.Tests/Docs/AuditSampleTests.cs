using System.Runtime.CompilerServices;
using Rote.Audits;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Docs;

/// <summary>The sample of docs/guide/audit.md, compiled and run: the lines between the markers are those of the page.</summary>
[NoTensorLeaks]
public sealed class AuditSampleTests : IDisposable
{
    private const string Begin = "// sample";
    private const string End = "// end";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_sample_runs()
    {
        var rows = Vectors.Rows(100, 2, seed: 1).Select(r => $"{r.Features[0]},{r.Features[1]},{r.Class}\n");
        var (path, folder) = (_folder.File("table.csv"), _folder.File("audits"));
        File.WriteAllText(path, "size,weight,label\n" + string.Concat(rows));
        var budget = new AuditBudget { Members = 2 };

        // sample
        using var data = DatasetLoader.Load(path, DataFolder.Default());
        using var examples = AuditData.Of(data.Data);
        var plan = AuditPlan.For(data.Spec, examples.Examples);
        var result = Audit.Run(plan, examples, budget, folder);
        foreach (var suspect in result.Suspects.Take(10))
            Console.WriteLine($"{examples.Examples.Rows[suspect.Id]}: {suspect.WrongProbability:P0} wrong");
        // end
        Assert.Equal((100, 2), (result.Examples.Count, result.Members));
    }

    [Fact]
    public void The_page_has_these_lines()
    {
        var own = Lines();
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "audit.md"));
        Assert.Contains(string.Join('\n', own), page, StringComparison.Ordinal);
    }

    private static string[] Lines([CallerFilePath] string path = "") =>
        [
            .. File.ReadLines(path)
                .SkipWhile(line => line.Trim() != Begin)
                .Skip(1)
                .TakeWhile(line => line.Trim() != End)
                .Select(line => line[8..]), // as far as the method's body is indented
        ];
}
