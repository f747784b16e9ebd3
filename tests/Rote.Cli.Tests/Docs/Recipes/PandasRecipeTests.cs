using System.Globalization;
using System.Text.Json;
using Rote.Audits.Review;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Docs.Recipes;

/// <summary>The blocks of the pages that use pandas, word for word, on audits that are made here; what they give is what C# reads from the
/// same files.</summary>
[NoTensorLeaks]
public sealed class PandasRecipeTests : IDisposable
{
    private const string ByClass = """examples.groupby("label")["aum"].mean()""";
    private const string Joined = """customers = pd.read_csv("customers.csv").join(""";
    private const string Photos = """photos = photos.merge(pd.read_csv("examples.csv")""";
    private const string Handed = """clean.to_csv("clean.csv", index=False)""";
    private const string Fixed = """fixed = fixed[fixed.decision != "drop"]""";
    private const string Cleanlab = "issues = cleanlab.filter.find_label_issues(labels[known], p[known])";

    /// <summary>Runs a block as one types it at a prompt: values of expressions are kept in the list <c>shown</c>.</summary>
    private const string Prompt = """
        import ast, os, sys, types
        os.chdir(sys.argv[1])
        names, shown = {}, []
        before, block, after = (open(name, encoding="utf-8").read() for name in ("before.py", "block.py", "after.py"))
        exec(before, names)
        for statement in ast.parse(block).body:
            if isinstance(statement, ast.Expr):
                shown.append(eval(compile(ast.Expression(statement.value), "block", "eval"), names))
            else:
                exec(compile(ast.Module([statement], []), "block", "exec"), names)
        names["shown"] = shown
        exec(after, names)
        """;

    private const string Usual = "import numpy as np\nimport pandas as pd\n";

    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_block_with_pandas_is_run_by_a_test_below()
    {
        string[] known = [ByClass, Joined, Photos, Handed, Fixed, Cleanlab];
        var blocks = Blocks().ToArray();
        Assert.All(blocks, block => Assert.Single(known, part => block.Code.Contains(part, StringComparison.Ordinal)));
        Assert.Equal(known.Length, blocks.Length);
    }

    [Fact]
    public void Measures_by_class_and_rows_beside_their_examples()
    {
        _folder.Table("customers.csv");
        Directory.Move(_folder.Audit("customers.csv"), _folder.File("audits/0123456789ab-customers"));
        var output = Run(
            ByClass,
            "",
            """
            for name, mean in shown[0].items():
                print(name, repr(float(mean)))
            for row in mine.itertuples():
                print(row.Index, row.label, row.label_rote, row.verdict)
            """
        );

        var examples = RecipeFolder.Read(_folder.File("audits/0123456789ab-customers/examples.csv"));
        var means = examples.GroupBy(row => row["label"]).OrderBy(rows => rows.Key, StringComparer.Ordinal).ToArray();
        Assert.Equal(means.Select(rows => rows.Key), output.Take(3).Select(line => line[..1]));
        Assert.All(
            means.Zip(output),
            pair => Assert.Equal(pair.First.Average(row => Number(row["aum"])), Number(pair.Second[2..]), tolerance: 1e-9)
        );
        var table = RecipeFolder.Read(_folder.File("customers.csv"));
        Assert.Equal(
            examples.Select(row => $"{row["row"]} {table[int.Parse(row["row"])]["label"]} {row["label"]} {row["verdict"]}"),
            output.Skip(3)
        );
        Assert.Equal(RecipeFolder.Rows, examples.Count);
    }

    [Fact]
    public void A_table_beside_its_audit_and_without_wrong_labels()
    {
        _folder.Table("customers.csv");
        var audit = _folder.Audit("customers.csv");
        Take(audit, "examples.csv");
        File.WriteAllLines(_folder.File("keep.txt"), File.ReadLines(Path.Combine(audit, "keep.txt")).Where((_, i) => i % 7 != 3));
        var output = Run(
            Joined,
            Usual,
            """
            for row in customers.itertuples():
                print(row.Index, row.length, row.label, row.label_audit, row.verdict)
            for row in clean.itertuples():
                print(row.Index, row.label)
            """
        );

        var (table, examples) = (RecipeFolder.Read(_folder.File("customers.csv")), RecipeFolder.Read(_folder.File("examples.csv")));
        Assert.Equal(
            examples.Select((row, i) => $"{i} {Shortest(table[i]["length"])} {table[i]["label"]} {row["label"]} {row["verdict"]}"),
            output.Take(RecipeFolder.Rows)
        );
        var kept = File.ReadAllLines(_folder.File("keep.txt"));
        Assert.InRange(kept.Length, 2, RecipeFolder.Rows - 2);
        Assert.Equal(kept.Select(row => $"{row} {table[int.Parse(row)]["label"]}"), output.Skip(RecipeFolder.Rows));
    }

    [Fact]
    public void Pictures_beside_their_audit_by_their_paths()
    {
        foreach (var i in Enumerable.Range(0, 40))
        {
            var path = _folder.File($"photos/{"ab"[i % 2]}/{i}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, PictureFiles.Plain(8, 8, new SKColor((byte)(i % 2 * 200), (byte)(5 * i), 9)));
        }

        Take(_folder.Audit("photos"), "examples.csv");
        var output = Run(
            Photos,
            Usual + """photos = pd.DataFrame({"path": [f"{'ab'[i % 2]}/{i}.png" for i in reversed(range(40))], "camera": range(40)})""",
            """
            for row in photos.itertuples():
                print(row.path, row.camera, row.label, row.verdict)
            """
        );

        var verdicts = RecipeFolder.Read(_folder.File("examples.csv")).ToDictionary(row => row["file"], row => row["verdict"]);
        Assert.Equal(
            Enumerable
                .Range(0, 40)
                .Select(i => 39 - i)
                .Select(i => $"{"ab"[i % 2]}/{i}.png {39 - i} {"ab"[i % 2]} {verdicts[$"{"ab"[i % 2]}/{i}.png"]}"),
            output
        );
    }

    [Fact]
    public void A_clean_table_is_handed_back()
    {
        Review("practice.csv");
        var output = Run(Handed, "", "print('the end')");

        Assert.Equal("the end", output[^1]); // the block itself prints the first rows
        var (table, clean) = (RecipeFolder.Read(_folder.File("practice.csv")), RecipeFolder.Read(_folder.File("clean.csv")));
        Assert.Equal(
            Corrected(table).Select(row => $"{Shortest(row.Row["length"])} {Shortest(row.Row["width"])} {row.Label}"),
            clean.Select(row => $"{row["length"]} {row["width"]} {row["corrected"]}")
        );
    }

    [Fact]
    public void Corrected_labels_stand_beside_the_given_ones()
    {
        Review("customers.csv");
        var output = Run(
            Fixed,
            Usual,
            """
            for row in fixed.itertuples():
                print(row.length, row.label, row.label_fixed)
            """
        );
        Assert.Equal(
            Corrected(RecipeFolder.Read(_folder.File("customers.csv")))
                .Select(row => $"{Shortest(row.Row["length"])} {row.Row["label"]} {row.Label}"),
            output
        );
    }

    /// <summary>cleanlab itself where Python has it; else something of that name that looks at what it is given.</summary>
    [Theory]
    [InlineData("bca")]
    [InlineData("987")]
    public void Out_of_fold_probabilities_go_with_the_codes_of_the_labels(string classes)
    {
        _folder.Table("customers.csv", classes: classes);
        var audit = _folder.Audit("customers.csv");
        Take(audit, "examples.csv");
        Take(audit, "probabilities.npy");
        var output = Run(
            Cleanlab,
            """
            import sys, types
            try:
                import cleanlab
            except ImportError:
                import numpy
                sys.modules["cleanlab"] = types.SimpleNamespace(filter=types.SimpleNamespace(
                    find_label_issues=lambda labels, pred_probs: numpy.argmax(pred_probs, 1) != labels))
            """,
            """
            assert abs(p[known].sum(1) - 1).max() < 1e-5 and issues.dtype == bool and len(issues) == known.sum()
            for code, row in zip(labels, p):
                print(code, repr(float(row[code])))
            """
        );

        // selfConfidence is the probability of the label: it has to be that of the column with the label's code.
        var examples = RecipeFolder.Read(_folder.File("examples.csv"));
        var sorted = classes.Order().ToArray();
        Assert.Equal(examples.Select(row => Array.IndexOf(sorted, row["label"][0])), output.Select(line => line[0] - '0'));
        Assert.All(
            examples.Zip(output, (row, line) => (Expected: Number(row["selfConfidence"]), Actual: Number(line[2..]))),
            pair => Assert.Equal(pair.Expected, pair.Actual, tolerance: 1e-5)
        );
        Assert.Contains(examples, row => row["selfConfidence"] != "NaN");
    }

    private static IEnumerable<PageBlock> Blocks() =>
        PageBlock
            .Of("python")
            .Concat(PageBlock.Of("py"))
            .Where(block =>
                block.Code.Contains("pandas", StringComparison.Ordinal) || block.Code.Contains("pd.", StringComparison.Ordinal)
            );

    /// <summary>Runs the block that has a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="before">What its reader has typed already.</param>
    /// <param name="after">What shows its results.</param>
    /// <returns>The lines that were printed.</returns>
    private string[] Run(string part, string before, string after)
    {
        var python = PythonLines.With("pandas", "numpy");
        var block = Blocks().Single(block => block.Code.Contains(part, StringComparison.Ordinal));
        foreach (var (name, text) in new[] { ("prompt", Prompt), ("before", before), ("block", block.Code), ("after", after) })
        {
            File.WriteAllText(_folder.File($"{name}.py"), text);
        }

        var (code, output, error) = Programs.Start(python, _folder.File("prompt.py"), _folder.Path)!.Value;
        Assert.True(code == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private void Take(string audit, string file) => File.Copy(Path.Combine(audit, file), _folder.File(file));

    /// <summary>An audit of a table, on which one label is changed and one example dropped, with the corrected labels in
    /// corrected.csv.</summary>
    private void Review(string table)
    {
        _folder.Table(table);
        _folder.Audit(table, "--output", _folder.File("found"));
        using var summary = JsonDocument.Parse(File.ReadAllText(_folder.File("found/summary.json")));
        var made = RecipeFolder.Read(_folder.File(table));
        File.WriteAllLines(
            _folder.File("found/decisions.jsonl"),
            new[] { (Row: 4, Decision: ReviewChoice.Change), (Row: 14, Decision: ReviewChoice.Drop) }.Select(decided =>
                new ReviewDecision
                {
                    Audit = summary.RootElement.GetProperty("audit").GetString()![..12],
                    File = table,
                    Row = decided.Row,
                    Label = made[decided.Row]["label"],
                    Decision = decided.Decision,
                    NewLabel = decided.Decision == ReviewChoice.Change ? "b" : null,
                    Reviewer = "ann",
                    Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
                }.ToLine()
            )
        );
        _folder.Run("review", _folder.File("found"), "--export", "csv", "--output", _folder.File("corrected.csv"));
    }

    /// <summary>The rows of a table after <see cref="Review"/>.</summary>
    private static IEnumerable<(IReadOnlyDictionary<string, string> Row, string Label)> Corrected(
        IReadOnlyList<IReadOnlyDictionary<string, string>> table
    ) => table.Index().Where(row => row.Index != 14).Select(row => (row.Item, row.Index == 4 ? "b" : row.Item["label"]));

    /// <summary>A number as pandas writes it.</summary>
    private static string Shortest(string number) =>
        Number(number) is var value && double.IsInteger(value)
            ? value.ToString("0.0", CultureInfo.InvariantCulture)
            : value.ToString(CultureInfo.InvariantCulture);

    private static double Number(string text) => text == "nan" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
