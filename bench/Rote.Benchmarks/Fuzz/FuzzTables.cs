using System.IO.Compression;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Rote.Data;
using Rote.Data.Packing;

namespace Rote.Benchmarks.Fuzz;

/// <summary>Readers of tables, texts and packed sets beyond the oldest ones.</summary>
internal static class FuzzTables
{
    private static readonly string[] Folders = ["good", "bad"];
    private static readonly string[] Names = ["a", "b", "c", "d"];
    private static readonly string[] Paths = ["x/a.png", "x/b.png", "y/c.png", "y/d.png"];

    public static IEnumerable<FuzzSubject> All() =>
        [
            Own("json lines", "t.jsonl", JsonLines()),
            Own("csv, gzip", "t.csv.gz", Packed(Numbers(','))),
            // Packed here: a mutation of the packed bytes mostly meets gzip's checksum.
            new(
                "csv, gzip around",
                [("plain.csv", Numbers(','))],
                folder =>
                {
                    var path = Path.Combine(folder, "t.csv.gz");
                    File.WriteAllBytes(path, Packed(File.ReadAllBytes(Path.Combine(folder, "plain.csv"))));
                    FuzzSubjects.Load(path, new UserDataOptions());
                }
            ),
            Own("columns apart by blanks", "t.txt", Numbers(' ')),
            Own("categories, dates and gaps", "t.csv", Mixed()),
            Own("arrow", "t.arrow", Arrow(isFile: true)),
            Own("arrow stream", "t.feather", Arrow(isFile: false)),
            Own("arrow, lz4", "t.arrow", Arrow(isFile: true, CompressionCodecType.Lz4Frame)),
            Own("arrow, zstd", "t.arrow", Arrow(isFile: true, CompressionCodecType.Zstd)),
            Own("texts in csv", "t.csv", Reviews(), new UserDataOptions { Text = "review" }),
            new(
                "texts in folders",
                [
                    .. Folders.SelectMany(name =>
                        Enumerable.Range(0, 3).Select(i => ($"{name}/{i}.txt", Encoding.UTF8.GetBytes($"{name} words číslo {i}")))
                    ),
                ],
                folder => FuzzSubjects.Load(folder, new UserDataOptions())
            ),
            new(
                "pictures and metadata.csv",
                [
                    ("metadata.csv", "file_name,label\na.png,x\nb.png,y\nc.png,x\nd.png,y\n"u8.ToArray()),
                    .. Names.Select((name, i) => ($"{name}.png", FuzzSubjects.Picture((uint)i))),
                ],
                folder => FuzzSubjects.Load(folder, new UserDataOptions())
            ),
            Pack(),
        ];

    private static FuzzSubject Own(string name, string file, byte[] content, UserDataOptions? options = null) =>
        new(name, [(file, content)], folder => FuzzSubjects.Load(Path.Combine(folder, file), options ?? new UserDataOptions()));

    private static byte[] Numbers(char between) =>
        Encoding.UTF8.GetBytes(
            string.Join(between, "height", "width", "label")
                + "\n"
                + string.Concat(Enumerable.Range(0, 12).Select(i => string.Join(between, $"{i * 0.5}", $"-{i}e-3", $"{i % 2}") + "\n"))
        );

    private static byte[] JsonLines() =>
        Encoding.UTF8.GetBytes(
            string.Concat(
                Enumerable.Range(0, 12).Select(i => $"{{\"a\": {i}, \"b\": {i * 0.25}, \"label\": \"{(i % 2 == 0 ? "x" : "ý")}\"}}\n")
            )
        );

    private static byte[] Mixed() =>
        Encoding.UTF8.GetBytes(
            "id;colour;seen;on;size;label\n"
                + string.Concat(
                    Enumerable
                        .Range(0, 14)
                        .Select(i =>
                            $"{i};{(i % 3 == 0 ? "red" : "blue")};2024-0{1 + (i % 9)}-11;{(i % 2 == 0 ? "true" : "false")};"
                            + $"{(i % 5 == 0 ? "" : $"{i}.5")};{(i % 2 == 0 ? "yes" : "no")}\n"
                        )
                )
        );

    private static byte[] Reviews() =>
        Encoding.UTF8.GetBytes(
            "review,sentiment\n"
                + string.Concat(
                    Enumerable
                        .Range(0, 10)
                        .Select(i => $"\"it was, {(i % 2 == 0 ? "very good" : "\"\"bad\"\"")} {i}\",{(i % 2 == 0 ? "+" : "-")}\n")
                )
        );

    private static byte[] Packed(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }

    private static byte[] Arrow(bool isFile, CompressionCodecType? packing = null)
    {
        (string Name, IArrowArray Values)[] columns =
        [
            ("height", new FloatArray.Builder().AppendRange(Enumerable.Range(0, 8).Select(i => i * 0.5f)).Build()),
            ("label", new StringArray.Builder().AppendRange(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? "cat" : "dog")).Build()),
        ];
        var schema = new Schema(columns.Select(c => new Field(c.Name, c.Values.Data.DataType, true)), null);
        using var batch = new RecordBatch(schema, columns.Select(c => c.Values), 8);
        using var stream = new MemoryStream();
        var options = new IpcOptions { CompressionCodec = packing, CompressionCodecFactory = new CompressionCodecFactory() };
        using (
            var writer = isFile ? new ArrowFileWriter(stream, schema, true, options) : new ArrowStreamWriter(stream, schema, true, options)
        )
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        return stream.ToArray();
    }

    private static FuzzSubject Pack()
    {
        var folder = Directory.CreateTempSubdirectory("rote-fuzz-");
        foreach (var (name, i) in Paths.Select((name, i) => (name, i)))
        {
            var path = Path.Combine(folder.FullName, "in", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, FuzzSubjects.Picture((uint)i));
        }

        var file = Path.Combine(folder.FullName, "set.rote");
        Packer.Pack(Path.Combine(folder.FullName, "in"), file, new DataFolder("nowhere"));
        var content = File.ReadAllBytes(file);
        folder.Delete(recursive: true);
        return Own("packed set", "set.rote", content);
    }
}
