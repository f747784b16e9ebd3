using Rote.Tests.Support;

namespace Rote.Tests.Cli.Advising;

/// <summary>Advice of <c>rote audit</c>, <c>rote review</c> and <c>rote apply</c>.</summary>
internal static class AdviceOnAudits
{
    private const string Fast = " --members 2 --epochs 1 --output @out";
    private const string Predictions = "audit --predictions @p.npy --labels @y.txt --output @out";
    private const string Dynamics = "audit --dynamics @log.csv --output @out";
    private const string Ready = "of the 120";
    private const string Header = "file,row,givenLabel,decision,newLabel\n";

    public static TypedAdvice[] All { get; } =
    [
        new("audit @t.csv --budget 0.001s --output @out", "; give a larger --budget,", $"audit @t.csv --budget 10m{Fast}", "report.html"),
        new(
            $"audit @t.csv --workers 64 --threads 64{Fast}",
            "; give fewer --workers or --threads.",
            $"audit @t.csv --workers 1 --threads 1{Fast}",
            "report.html"
        ),
        new(
            $"audit @t.csv --embeddings @p.npy --labels @y.txt{Fast}",
            "or of --embeddings, not of both; leave one out.",
            $"audit @t.csv{Fast}",
            "report.html"
        ),
        new(
            $"audit --embeddings @many{Fast}",
            "expected vectors of numbers; give it as DATA.",
            $"audit @many --embed none{Fast}",
            "report.html"
        )
        {
            Given = folder => folder.Pictures("many", "cat", 48, 9),
        },
        new(
            $"audit @t.csv --names @names.csv{Fast}",
            "; say which one holds the names, as @names.csv:id.",
            $"audit @t.csv --names @names.csv:id{Fast}",
            "report.html"
        )
        {
            Given = folder => folder.Table("names.csv", "id,age", 400, i => $"n{i},{i}"),
        },
        new("audit @one.csv --output @out", "expected at least two classes", $"audit @one.csv --label-column b{Fast}", "report.html")
        {
            Given = folder => folder.Table("one.csv", "a,b,label", 60, i => $"{i * 37 % 101}.5,k{i % 2},c"),
        },
        new(
            "audit --predictions @other.npy --labels @y.txt --output @out",
            "; these are logarithms of them, give their exponentials.",
            Predictions,
            Ready
        )
        {
            Given = folder => Array(folder, Math.Log),
        },
        new(
            "audit --predictions @other.npy --labels @y.txt --output @out",
            "; these look like logits, give their softmax.",
            Predictions,
            Ready
        )
        {
            Given = folder => Array(folder, p => Math.Log(p) + 3),
        },
        new(
            "audit --predictions @other.npy --labels @y.txt --output @out",
            "; give softmax probabilities of all classes.",
            Predictions,
            Ready
        )
        {
            Given = folder => Array(folder, p => p / 2),
        },
        new(
            "audit --predictions @one.npy --labels @two.txt --output @out",
            "; for two classes give 1 − p beside p.",
            "audit --predictions @both.npy --labels @two.txt --output @out",
            Ready
        )
        {
            Given = OneColumn,
        },
        new(
            "audit --predictions @p.npy --output @out",
            "; give the data as DATA, or",
            "audit @y.csv --predictions @p.npy --output @out",
            Ready
        )
        {
            Given = folder => folder.Table("y.csv", "a,label", 120, i => $"{i},{new OwnModels().Labels[i]}"),
        },
        new("audit --predictions @p.npy --output @out", ", or a file with one label a line as --labels.", Predictions, Ready),
        new($"{Predictions} --label-column x --ignore y", "have no meaning without DATA; leave them out.", Predictions, Ready),
        new($"{Predictions} --measure el2n", "has no meaning without --dynamics here; leave it out.", Predictions, Ready),
        new($"{Predictions} --members 3", "which train nothing; leave it out.", Predictions, Ready),
        new($"{Predictions} --fail-over 2%", "; leave it out, or audit the data itself.", Predictions, Ready),
        new($"{Predictions} --sarif @x --junit @x", "; give two files.", $"{Predictions} --sarif @x --junit @y", "report.html"),
        new($"{Predictions} --sarif @", "which is a folder; expected a file.", $"{Predictions} --sarif @x", "report.html"),
        new($"{Predictions} --fail-over much", "as 2% or 0.02.", $"audit @t.csv --fail-over 90%{Fast}", "report.html"),
        new($"{Predictions} --decisions @d.csv", " holds no decision; review first, or", Predictions, Ready)
        {
            Given = folder => folder.Write("d.csv", Header),
        },
        new(
            $"{Predictions} --decisions @d.csv",
            " does not say to which; fill in its newLabel.",
            $"{Predictions} --decisions @d.csv",
            Ready
        )
        {
            Given = folder => folder.Write("d.csv", $"{Header}p.npy,0,1,change,\n"),
            Then = folder => folder.Write("d.csv", $"{Header}p.npy,0,1,change,0\n"),
        },
        new($"{Predictions} --decisions @d.csv", "; leave one out.", $"{Predictions} --decisions @d.csv", Ready)
        {
            Given = folder => folder.Write("d.csv", $"{Header}p.npy,0,1,change,0\np.npy,0,1,keep,\n"),
            Then = folder => folder.Write("d.csv", $"{Header}p.npy,0,1,keep,\n"),
        },
        new(
            $"{Predictions} --dynamics @log.csv --decisions @d.csv",
            "; give the log of a training on the changed ones, or leave it out.",
            $"{Predictions} --decisions @d.csv",
            Ready
        )
        {
            Given = folder => folder.Write("d.csv", $"{Header}p.npy,0,1,change,0\n"),
        },
        new(Dynamics, "; if the log was cut there, remove the rows of that epoch.", Dynamics, Ready)
        {
            Given = folder => Log(folder, 20),
            Then = folder => Log(folder, 120),
        },
        new("review @audit --output @x", "has no meaning without --export; leave it out.", "review @audit --export csv", "examples")
        {
            Given = Reviewed,
        },
        new("review @audit --export links", "; choose another form of export.", "review @audit --export csv --output @x.csv", "x.csv")
        {
            Given = Reviewed,
        },
        new("apply @audit", "; export the labels instead.", "review @audit --export csv --output @x.csv", "x.csv") { Given = Reviewed },
        new("review @audit --export csv", "; audit again.", "review @audit --export csv --output @x.csv", "x.csv")
        {
            Given = folder =>
            {
                Reviewed(folder);
                folder.Write("audit/examples.csv", "file,row\n");
            },
            Then = folder =>
            {
                Directory.Delete(folder.File("audit"), recursive: true);
                Reviewed(folder);
            },
        },
        new(
            "review @audits --export csv",
            "it names none; give the folder of an audit's results.",
            "review @audits/0123-t --export csv --output @x.csv",
            "x.csv"
        )
        {
            Given = folder =>
            {
                ReviewSamples.Write(folder.File("audits/0123-t"), 9, suspects: 3);
                folder.Write("audits/summary.json", "{}");
            },
        },
        new(
            "review '@my data.csv' --audits @kept --export csv",
            "make one with 'rote audit '@my data.csv' --audits @kept', or",
            "review '@my data.csv' --audits @kept --export csv --output @x.csv",
            "x.csv"
        )
        {
            Given = folder => folder.Table("my data.csv", "a,b,label", 60, i => $"{i * 37 % 101}.5,{i * 53 % 89}.5,c{i % 2}"),
            Then = folder => folder.Do("audit '@my data.csv' --audits @kept --members 2 --epochs 1"),
        },
        new(
            "review @t.csv --audits @kept --export csv",
            ", or give the folder of its results.",
            "review @audit --export csv --output @x.csv",
            "x.csv"
        )
        {
            Given = Reviewed,
        },
        new(
            "review 0123 --audits @kept --export csv",
            "; type more of it.",
            "review 01234 --audits @kept --export csv --output @x.csv",
            "x.csv"
        )
        {
            Given = folder =>
            {
                ReviewSamples.Write(folder.File("kept/01234-t"), 9, suspects: 3);
                ReviewSamples.Write(folder.File("kept/01235-t"), 9, suspects: 3);
            },
        },
        new(
            "review nothing --audits @kept --export csv",
            "is no folder of an audit's results",
            "review @audit --export csv --output @x.csv",
            "x.csv"
        )
        {
            Given = Reviewed,
        },
        new(
            "review @audit --decisions '' --export csv",
            "; give another one.",
            "review @audit --decisions @d.jsonl --export csv --output @x.csv",
            "x.csv"
        )
        {
            Given = Reviewed,
        },
        new($"{Predictions} --sarif @t.csv/x", "; choose another file.", $"{Predictions} --sarif @x", "report.html")
        {
            Code = Rote.Cli.ExitCode.MachineLacks,
        },
        new("review @audit --export csv", ". Move it away, or", "review @audit --export csv --output @x.csv", "x.csv")
        {
            Given = NoDecisions,
            Then = folder => File.Delete(folder.File("audit/decisions.jsonl")),
        },
        new(
            "review @audit --export csv",
            ", or keep decisions in another file.",
            "review @audit --decisions @d.jsonl --export csv --output @x.csv",
            "x.csv"
        )
        {
            Given = NoDecisions,
        },
        new(
            "review @audit --decisions @audit/decisions.jsonl --export csv",
            "; keep those on this one in another file.",
            "review @audit --decisions @d.jsonl --export csv --output @x.csv",
            "x.csv"
        )
        {
            Given = folder =>
            {
                Reviewed(folder);
                var kept = folder.File("audit/decisions.jsonl");
                File.WriteAllText(kept, File.ReadAllText(kept).Replace("0123456789ab", "ba9876543210", StringComparison.Ordinal));
            },
        },
        new(
            "review @audit --export csv",
            ". Remove it and say so yourself, or",
            "review @audit --data @t.csv --export csv --output @x.csv",
            "x.csv"
        )
        {
            Given = folder =>
            {
                Reviewed(folder);
                folder.Write("audit/source.json", "{");
            },
            Then = folder => File.Delete(folder.File("audit/source.json")),
        },
    ];

    /// <summary>A file in the place of the decisions that holds none.</summary>
    private static void NoDecisions(AdviceFolder folder)
    {
        Reviewed(folder);
        folder.Write("audit/decisions.jsonl", "{}\n[]\n");
    }

    private static void Reviewed(AdviceFolder folder)
    {
        var audit = ReviewSamples.Write(folder.File("audit"), 9, suspects: 3);
        ReviewSamples.Session(audit).Decide(1, Rote.Audits.Review.ReviewChoice.Change, "cow");
    }

    /// <summary>The probabilities, each through a function.</summary>
    private static void Array(AdviceFolder folder, Func<double, double> change) =>
        Write(folder, "other.npy", [.. new OwnModels().Probabilities().Select(row => row.Select(change).ToArray())]);

    /// <summary>The probability of one of two classes, and both.</summary>
    private static void OneColumn(AdviceFolder folder)
    {
        double[][] all = [.. new OwnModels().Probabilities().Select(row => new[] { row[0], 1 - row[0] })];
        Write(folder, "one.npy", [.. all.Select(row => new[] { row[0] })]);
        Write(folder, "both.npy", all);
        folder.Write("two.txt", string.Concat(new OwnModels().Labels.Select(label => $"{Math.Min(label, 1)}\n")));
    }

    private static void Write(AdviceFolder folder, string name, double[][] rows) =>
        File.WriteAllBytes(
            folder.File(name),
            NpyFiles.Array(
                "<f8",
                NpyFiles.Raw([.. rows.SelectMany(row => row)], 8, System.Buffers.Binary.BinaryPrimitives.WriteDoubleLittleEndian),
                rows.Length,
                rows[0].Length
            )
        );

    /// <summary>The log without its last lines.</summary>
    private static void Log(AdviceFolder folder, int less)
    {
        var lines = new OwnModels().Csv().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        folder.Write("log.csv", string.Join('\n', lines[..^less]) + "\n");
    }
}
