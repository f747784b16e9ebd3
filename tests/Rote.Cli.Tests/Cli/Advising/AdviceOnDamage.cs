using Rote.Tests.Support;

namespace Rote.Tests.Cli.Advising;

/// <summary>Advice on audits whose files are damaged, and on data that cannot be audited as it is.</summary>
internal static class AdviceOnDamage
{
    private const string Audit = "audit @t.csv --members 2 --epochs 1 --audits @kept --output @audit";
    private const string Review = "review @audit --export csv --output @x.csv";
    private const string Classes = "audit @many.csv --label-column big --members 2 --epochs 1 --output @out";
    private const string TooMany = ": expected at most 7,000; give labels that are classes, or";
    private const string Predictions = "audit --predictions @p.npy --labels @y.txt --output @out";

    public static TypedAdvice[] All { get; } =
    [
        Again("source.json", "{", ", or audit again."),
        Again("summary.json", "{", "; audit again."),
        Again("examples.csv", "file,row,label,score\nt.csv,0,c0\n", "; the file is cut. Audit again."),
        new(Review, " bytes. Move it away.", Review, "x.csv")
        {
            Given = folder =>
            {
                ReviewSamples.Write(folder.File("audit"), 9, suspects: 3);
                folder.Write("audit/decisions.jsonl", new string('x', 3 << 20));
            },
            Then = folder => File.Move(folder.File("audit/decisions.jsonl"), folder.File("away")),
        },
        new(Classes, TooMany, Classes.Replace("big", "kind", StringComparison.Ordinal), "report.html") { Given = Many },
        new(Classes, " or merge rare ones.", Classes, "report.html")
        {
            Given = Many,
            Then = folder => folder.Table("many.csv", "a,big", 400, i => $"{i * 37 % 101}.5,c{i % 20}"),
        },
        new(
            "audit --predictions @two.npz --labels @y.txt --output @out",
            ", expected one; save the probabilities alone.",
            Predictions,
            "of the 120"
        )
        {
            Given = folder =>
                File.WriteAllBytes(
                    folder.File("two.npz"),
                    NpyFiles.Npz(false, ("p.npy", new OwnModels().Npy()), ("q.npy", new OwnModels().Npy()))
                ),
        },
    ];

    /// <summary>A file of an audit's results is damaged, and the audit is made again with the command that made it.</summary>
    private static TypedAdvice Again(string name, string content, string message) =>
        new(Review, message, Review, "x.csv")
        {
            Given = folder =>
            {
                folder.Do(Audit);
                folder.Write($"audit/{name}", content);
            },
            Then = folder => folder.Do(Audit),
        };

    /// <summary>More classes than an audit takes, and a column of two.</summary>
    private static void Many(AdviceFolder folder) =>
        folder.Table("many.csv", "a,big,kind", 20_002, i => $"{i * 37 % 101}.5,c{i / 2},k{i % 2}");
}
