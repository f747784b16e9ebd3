using System.Globalization;
using System.Text;
using Rote.Audits.OwnModel;
using Rote.Audits.Review;
using Rote.Embeddings;
using Rote.Measurement;
using Rote.Storage.Tables;
using Rote.Tests.Support;

namespace Rote.Benchmarks.Fuzz;

/// <summary>Readers of what other programs and people leave: probabilities, training logs, decisions, encoders, audits.</summary>
internal static class FuzzOwnFiles
{
    private const int Count = 12;

    public static IEnumerable<FuzzSubject> All() =>
        [
            Predictions("probabilities, npy", "p.npy", NpyFiles.Floats([.. Probabilities().SelectMany(row => row)], Count, 2)),
            Predictions("probabilities, csv", "p.csv", Table()),
            Predictions("probabilities, parquet", "p.parquet", Parquet()),
            new(
                "training log",
                [("log.csv", Log())],
                folder => OwnModelAudit.Run(new OwnModelInput { Dynamics = Path.Combine(folder, "log.csv") })
            ),
            new(
                "decisions, csv",
                [
                    (
                        "decisions.csv",
                        "file,row,givenLabel,decision,newLabel\nt.csv,0,a,keep,\nt.csv,3,b,change,a\nt.csv,4,a,drop,\n"u8.ToArray()
                    ),
                ],
                folder => DecisionFile.Read(Path.Combine(folder, "decisions.csv"))
            ),
            Audit(),
            new(
                "encoder, onnx",
                [("net.onnx", OnnxFiles.Pictures([0, 3, 0, 0], [.. Enumerable.Range(0, 12).Select(i => i * 0.1f)], 4))],
                folder => OnnxEncoders.Open(Path.Combine(folder, "net.onnx"), threads: 1).Dispose()
            ),
        ];

    private static FuzzSubject Predictions(string name, string file, byte[] content) =>
        new(name, [(file, content), ("labels.txt", Labels())], folder => Judge(folder, file));

    private static OwnModelResult Judge(string folder, string file) =>
        OwnModelAudit.Run(new OwnModelInput { Predictions = Path.Combine(folder, file), Labels = Path.Combine(folder, "labels.txt") });

    private static FuzzSubject Audit()
    {
        var made = Directory.CreateTempSubdirectory("rote-fuzz-");
        File.WriteAllBytes(Path.Combine(made.FullName, "p.csv"), Table());
        File.WriteAllBytes(Path.Combine(made.FullName, "labels.txt"), Labels());
        var output = Path.Combine(made.FullName, "audit");
        var result = Judge(made.FullName, "p.csv");
        OwnModelFiles.Write(result, output);
        Decide(output);
        (string, byte[])[] files =
        [
            .. Directory
                .EnumerateFiles(output)
                .Order(StringComparer.Ordinal)
                .Select(path => (Path.GetFileName(path), File.ReadAllBytes(path))),
        ];
        made.Delete(recursive: true);
        return new(
            "audit's folder",
            files,
            folder =>
            {
                var set = ReviewSet.Open(folder);
                ReviewExport.Write("csv", set, new DecisionLog(set), Path.Combine(folder, "out.csv"));
            }
        );
    }

    private static void Decide(string audit)
    {
        var set = ReviewSet.Open(audit);
        var log = new DecisionLog(set);
        foreach (var example in set.Examples.Take(3))
        {
            log.Add(
                new ReviewDecision
                {
                    Audit = set.Audit,
                    File = example.Identity.File,
                    Row = example.Identity.Row,
                    Label = set.ClassNames[example.Label],
                    Decision = ReviewChoice.Keep,
                    Reviewer = "somebody",
                    Time = DateTimeOffset.UnixEpoch,
                }
            );
        }
    }

    private static float[][] Probabilities() =>
        [.. Enumerable.Range(0, Count).Select(i => (float)((i % 2 == 0 ? 0.9 : 0.15) - (i * 0.01))).Select(p => new[] { p, 1 - p })];

    private static byte[] Labels() =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Count).Select(i => $"{(i == 5 ? 0 : i % 2)}\n")));

    private static byte[] Table() =>
        Encoding.UTF8.GetBytes(
            "0,1\n" + string.Concat(Probabilities().Select(row => string.Create(CultureInfo.InvariantCulture, $"{row[0]},{row[1]}\n")))
        );

    private static byte[] Parquet()
    {
        using var stream = new MemoryStream();
        ParquetTable.Write(
            stream,
            [
                new Column("0", Probabilities().Select(row => row[0]).ToArray()),
                new Column("1", Probabilities().Select(row => row[1]).ToArray()),
            ],
            new Dictionary<string, string>()
        );
        return stream.ToArray();
    }

    private static byte[] Log() =>
        Encoding.UTF8.GetBytes(
            "id,epoch,label,logit_0,logit_1\n"
                + string.Concat(
                    from epoch in Enumerable.Range(0, 3)
                    from i in Enumerable.Range(0, Count)
                    select string.Create(CultureInfo.InvariantCulture, $"{i},{epoch},{i % 2},{0.5 - (i * 0.1)},{epoch * 0.3}\n")
                )
        );
}
