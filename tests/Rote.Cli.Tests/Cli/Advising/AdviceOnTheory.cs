namespace Rote.Tests.Cli.Advising;

/// <summary>Advice of <c>rote theory</c>.</summary>
internal static class AdviceOnTheory
{
    private const string Wide = "theory minimum-norm @wide.csv";

    public static TypedAdvice[] All { get; } =
    [
        new("theory kernel @few.csv", "; set --gamma, or", "theory kernel @few.csv --gamma 1", "exp(−1 ‖x − x′‖²)")
        {
            Given = folder => Few(folder, 18),
        },
        new("theory kernel @few.csv", ", or at least 20 examples.", "theory kernel @few.csv", "(chosen)")
        {
            Given = folder => Few(folder, 18),
            Then = folder => Few(folder, 40),
        },
        new(
            "theory kernel @line.csv",
            "many examples are nearly equal; set --gamma.",
            "theory kernel @line.csv --gamma 1000000 --ridge none",
            "    0.0 % "
        )
        {
            Given = Line,
        },
        new(
            "theory kernel @t.csv --gamma 1 --features gabor",
            "; leave them out.",
            "theory kernel @t.csv --gamma 1 --ridge 0.1",
            "on 320 training"
        ),
        new(Wide, "expected fewer examples than numbers: set --examples to 1 to 5.", $"{Wide} --examples 5 --json", "\"examples\": 5,")
        {
            Given = WideRows,
        },
        new(Wide, "expected fewer examples than numbers: set --examples to 1 to ", $"{Wide} --examples 1 --json", "\"examples\": 1,")
        {
            Given = WideRows,
        },
        new(
            "theory minimum-norm @same.csv",
            "; use fewer or others.",
            "theory minimum-norm @same.csv --examples 2 --json",
            "\"examples\": 2,"
        )
        {
            Given = folder => Same(folder, 1),
        },
        new("theory minimum-norm @same.csv", " or others.", "theory minimum-norm @same.csv --json", "\"examples\": 3,")
        {
            Given = folder => Same(folder, 1),
            Then = folder => Same(folder, 5),
        },
        new(
            "theory theorem1 @twice.csv",
            ", and no function gives both; remove one of them.",
            "theory theorem1 @twice.csv",
            "for the labels of twice"
        )
        {
            Given = folder => Twice(folder, isTwice: true),
            Then = folder => Twice(folder, isTwice: false),
        },
        new("theory theorem1 --generated 2000000000000x4", "expected", "theory theorem1 --generated 1000x4 --classes 3", "2,004 weights"),
        new("theory theorem1", "needs either DATA or --generated", "theory theorem1 @t.csv", "for the labels of t"),
        new(
            "theory theorem1 @t.csv --generated 10x4",
            "needs either DATA or --generated",
            "theory theorem1 --generated 10x4",
            "24 weights"
        ),
    ];

    private static void Few(AdviceFolder folder, int rows) =>
        folder.Table("few.csv", "a,b,label", rows, i => $"{i * 37 % 101}.5,{i * 53 % 89}.5,c{i % 2}");

    /// <summary>Rows so near each other on a line that no kernel that is tried can be factored.</summary>
    private static void Line(AdviceFolder folder) => folder.Table("line.csv", "a,b,label", 400, i => $"{i},{i},c{i / 3 % 2}");

    private static void WideRows(AdviceFolder folder) => folder.Table("wide.csv", "a,b,c,d,e,f,label", 10, i => $"{Six(i)},c{i % 2}");

    private static string Six(int row) => string.Join(',', Enumerable.Range(1, 6).Select(column => Mixed(row, column)));

    private static int Mixed(int row, int column) => ((row + 3) * (column + 5) * (row + (7 * column)) * 31) % 101;

    /// <summary>Three rows to train on and one to test; the third is the first, unless it is told apart.</summary>
    private static void Same(AdviceFolder folder, int third)
    {
        foreach (var (part, rows) in new[] { ("train", new[] { 1, 2, third }), ("test", [7]) })
        {
            folder.Table($"same.csv/{part}.csv", "a,b,c,d,e,f,label", rows.Length, i => $"{Six(rows[i])},c{i % 2}");
        }
    }

    private static void Twice(AdviceFolder folder, bool isTwice)
    {
        folder.Table(
            "twice.csv/train.csv",
            "a,b,label",
            30 + (isTwice ? 1 : 0),
            i => $"{i % 30 * 3},{i % 30 * 7 % 11},c{(i % 2) ^ (i / 30)}"
        );
        folder.Table("twice.csv/test.csv", "a,b,label", 4, i => $"{i},{i * 5},c{i % 2}");
    }
}
