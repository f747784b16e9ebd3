using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Rote.Audits.Members;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Data.Download;
using Rote.Data.Formats.Cifar;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Networks;
using Rote.Reports.Runs;
using Rote.Storage;
using Rote.Storage.Tables;
using Rote.Tests.Support;
using Rote.Training;
using SkiaSharp;

namespace Rote.Benchmarks.Fuzz;

/// <summary>Every reader of files that a user may bring or find damaged.</summary>
internal static class FuzzSubjects
{
    private const string Identity = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly string[] Classes = ["no", "yes"];

    public static IReadOnlyList<FuzzSubject> All() =>
        [
            Own(
                "csv",
                "t.csv",
                Encoding.UTF8.GetBytes(
                    "id,height,\"width, cm\",label\n"
                        + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i},{i * 0.5},-{i}e-3,{(i % 2 == 0 ? "cat" : "\"dög\"")}\n"))
                )
            ),
            Own(
                "tsv",
                "t.tsv",
                Encoding.UTF8.GetBytes("x\ty\tclass\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i}\t{i % 3}.25\t{i % 2}\n")))
            ),
            Own("npz", "d.npz", NpyFiles.Npz(isPacked: false, ("x.npy", Images(8)), ("y.npy", Labels(8)))),
            Own(
                "npz packed",
                "d.npz",
                NpyFiles.Npz(
                    isPacked: true,
                    ("x_train.npy", Images(8)),
                    ("y_train.npy", Labels(8)),
                    ("x_test.npy", Images(4)),
                    ("y_test.npy", Labels(4))
                )
            ),
            Labelled("npy and labels", ("v.npy", Vectors(10)), ("l.npy", Labels(10))),
            Labelled("npy and a text of labels", ("v.npy", Vectors(6)), ("l.txt", "a\nb\na\nb\na\nb\n"u8.ToArray())),
            Labelled(
                "npy and a table of labels",
                ("v.npy", Vectors(6)),
                ("l.csv", "name,label\nx,a\ny,b\nz,a\nu,b\nv,a\nw,b\n"u8.ToArray())
            ),
            Folder("folder of npy", ("images.npy", Images(8)), ("labels.npy", Labels(8))),
            Own("parquet", "t.parquet", Parquet(12)),
            Folder("png", [.. Pictures("png", SKEncodedImageFormat.Png)]),
            Folder("jpeg", [.. Pictures("jpg", SKEncodedImageFormat.Jpeg)]),
            Folder(
                "png, split",
                ("train/a/1.png", Picture(1)),
                ("train/b/2.png", Picture(2)),
                ("test/a/3.png", Picture(3)),
                ("test/b/4.png", Picture(4))
            ),
            Idx(),
            new(
                "cifar binary",
                [("batch.bin", [.. Enumerable.Range(0, 2 * 3073).Select(i => (byte)(i % 3073 == 0 ? i / 3073 : i))])],
                Cifar
            ),
            Run(),
            new("safetensors", [("w.safetensors", Weights())], folder => Safetensors.Read(Path.Combine(folder, "w.safetensors")).Dispose()),
            Member(),
            Tar(),
            .. FuzzTables.All(),
            .. FuzzOwnFiles.All(),
        ];

    private static FuzzSubject Own(string name, string file, byte[] content) =>
        new(name, [(file, content)], folder => Load(Path.Combine(folder, file), new UserDataOptions()));

    private static FuzzSubject Labelled(string name, (string Path, byte[] Content) vectors, (string Path, byte[] Content) labels) =>
        new(
            name,
            [vectors, labels],
            folder => Load(Path.Combine(folder, vectors.Path), new UserDataOptions { Labels = Path.Combine(folder, labels.Path) })
        );

    private static FuzzSubject Folder(string name, params (string Path, byte[] Content)[] files) =>
        new(name, files, folder => Load(folder, new UserDataOptions()));

    /// <summary>Reads and lets go.</summary>
    public static void Load(string path, UserDataOptions options) => DatasetLoader.Load(path, new DataFolder("nowhere"), options).Dispose();

    private static byte[] Images(int count) =>
        NpyFiles.Bytes([.. Enumerable.Range(0, count * 4 * 4).Select(i => (byte)(i * 37))], count, 4, 4);

    private static byte[] Labels(int count) => NpyFiles.Labels([.. Enumerable.Range(0, count).Select(i => (long)(i % 2))]);

    private static byte[] Vectors(int count) => NpyFiles.Floats([.. Enumerable.Range(0, count * 3).Select(i => i * 0.37f)], count, 3);

    /// <summary>A small picture.</summary>
    public static byte[] Picture(uint seed) => PictureFiles.Noise(6, 5, seed);

    private static IEnumerable<(string Path, byte[] Content)> Pictures(string ending, SKEncodedImageFormat format) =>
        from name in Classes
        from i in Enumerable.Range(1, 3)
        select ($"{name}/{i}.{ending}", PictureFiles.Plain(9, 8, new SKColor((byte)(i * 60), 90, 10), format));

    private static byte[] Parquet(int count)
    {
        using var stream = new MemoryStream();
        ParquetTable.Write(
            stream,
            [
                new Column("height", Enumerable.Range(0, count).Select(i => i * 0.5).ToArray()),
                new Column("width", Enumerable.Range(0, count).Select(i => (float)i).ToArray()),
                new Column("label", Enumerable.Range(0, count).Select(i => Classes[i % 2]).ToArray()),
            ],
            new Dictionary<string, string> { ["a"] = "b" }
        );
        return stream.ToArray();
    }

    private static FuzzSubject Idx()
    {
        byte[] images = [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 3, .. Enumerable.Range(0, 36).Select(i => (byte)i)];
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 0, 1];
        return new(
            "idx",
            [("i", images), ("l", labels)],
            folder =>
                IdxSet
                    .Combine(
                        ("i", File.ReadAllBytes(Path.Combine(folder, "i"))),
                        ("l", File.ReadAllBytes(Path.Combine(folder, "l"))),
                        Classes,
                        Split.Train,
                        new Provenance("x", "x", "x")
                    )
                    .Dispose()
        );
    }

    private static void Cifar(string folder)
    {
        var content = File.ReadAllBytes(Path.Combine(folder, "batch.bin"));
        var count = CifarBinary.Count(content.Length, "batch.bin");
        CifarBinary.Read(content, "batch.bin", 2, new byte[count * 3072], new long[count]);
    }

    private static FuzzSubject Run()
    {
        var experiment = new Experiment
        {
            Data = new DataSpec { Name = "shapes" },
            Network = new Mlp { Hidden = [8] },
            Recipe = new Recipe { Epochs = 3 },
            Threads = 1,
        };
        var name = Path.GetFileName(new RunStore("runs", TimeProvider.System).FolderOf(experiment));
        var summary = new RunSummary
        {
            Experiment = experiment.Identity,
            Epochs = 3,
            TrainCorrect = 9,
            TrainCount = 10,
            TestCorrect = 4,
            TestCount = 8,
            RunningLoss = 0.5,
            Parameters = 100,
            WeightsSha256 = Identity,
        };
        (string, byte[])[] files =
        [
            ($"{name}/{RunFiles.Experiment}", Json(experiment)),
            ($"{name}/{RunFiles.Manifest}", Json(RunManifest.Now(TimeProvider.System))),
            ($"{name}/{RunFiles.Summary}", Json(summary)),
            (
                $"{name}/{RunFiles.Metrics}",
                [
                    .. History()
                        .SelectMany(epoch =>
                            Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(epoch, RoteJson.LineOptions) + "\n")
                        ),
                ]
            ),
            ($"{name}/{RunFiles.Weights}", Weights()),
        ];
        return new(
            "run",
            files,
            folder =>
            {
                var store = new RunStore(folder, TimeProvider.System);
                foreach (var run in store.All())
                {
                    RunReport.ToText(run);
                    RunReport.ToHtml(run);
                }

                store.Find(experiment);
            }
        );
    }

    private static IEnumerable<EpochMetrics> History() =>
        Enumerable
            .Range(0, 4)
            .Select(i => new EpochMetrics
            {
                Epoch = i,
                LearningRate = 0.1,
                TrainAccuracy = 0.2 * i,
                TestAccuracy = 0.1 * i,
                RunningLoss = i == 0 ? null : 1.0 / i,
                Seconds = i,
            });

    private static byte[] Json<T>(T record) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(record, RoteJson.Options);

    private static byte[] Weights()
    {
        using var stream = new MemoryStream();
        using var values = TorchSharp.torch.arange(12, TorchSharp.torch.ScalarType.Float32).reshape(3, 4);
        Safetensors.Write(stream, [("a.weight", values), ("b.weight", values)], new Dictionary<string, string> { ["format"] = "pt" });
        return stream.ToArray();
    }

    private static FuzzSubject Member()
    {
        var folder = Directory.CreateTempSubdirectory("rote-fuzz-");
        var path = Path.Combine(folder.FullName, "member.safetensors");
        var member = new MemberResult
        {
            InBag = [true, false, true, true],
            Label = [0, 1, 0, 1],
            Probabilities = ClassProbabilities.Whole([0.9f, 0.1f, 0.2f, 0.8f, 0.7f, 0.3f, 0.4f, 0.6f], 2),
            Dynamics = new Dictionary<string, float[]> { ["aum"] = [1, float.NaN, 2, 3] },
            Queries = [1],
            Neighbours = new ClassNeighbours(2, [0.5f, 0.4f], [0, 3]),
        };
        member.Write(path, Identity, new MemberTime(1.5, 1));
        var content = File.ReadAllBytes(path);
        folder.Delete(recursive: true);
        return new(
            "member",
            [("member.safetensors", content)],
            where => MemberResult.Read(Path.Combine(where, "member.safetensors"), Identity)
        );
    }

    private static FuzzSubject Tar()
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"p/{new string('n', 120)}") { DataStream = new MemoryStream([9]) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "p/a") { DataStream = new MemoryStream([1, 2, 3]) });
        }

        var wanted = new Dictionary<string, long> { ["p/a"] = 100_000_000 };
        return new(
            "tar",
            [("plain.tar", stream.ToArray())],
            folder =>
            {
                // Packed here: a mutation of the packed bytes would only ever meet gzip's checksum.
                var archive = Path.Combine(folder, "x.tgz");
                using (var gzip = new GZipStream(File.Create(archive), CompressionLevel.Fastest))
                {
                    gzip.Write(File.ReadAllBytes(Path.Combine(folder, "plain.tar")));
                }

                TarGz.Read(archive, wanted, 1_000_000_000);
            }
        )
        {
            IsOurs = error => error is SourceFailure,
        };
    }
}
