using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data;

/// <summary>One set of vectors, written in every way that is read, gives the same examples, labels and rows, to the bit.</summary>
public sealed class OneDataSetInEveryFormatTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A table: rows of as many values, and a class each.</summary>
    private sealed record Table(double[][] Rows, string[] Labels)
    {
        public int Features => Rows[0].Length;

        public double[] Flat => [.. Rows.SelectMany(r => r)];

        public IEnumerable<string> Names => Enumerable.Range(0, Features).Select(i => $"f{i}");

        /// <summary>What every reader must find.</summary>
        public IEnumerable<string> Expected => Rows.Select((r, i) => $"[{i}] {string.Join(' ', r.Select(Text))} {Labels[i]}");

        public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static readonly Gen<Table> Tables = Gen.Select(Gen.Int[1, 4], Gen.Int[4, 20], Gen.Bool)
        .SelectMany(shape =>
            (shape.Item3 ? Gen.Single[-1e6f, 1e6f].Select(v => (double)v) : Gen.Double[-1e6, 1e6])
                .Array[shape.Item1]
                .Array[shape.Item2]
                .Select(rows => new Table(rows, [.. rows.Select((_, i) => i % 2 == 0 ? "caf\u00e9" : "th\u00e9")]))
        );

    [Fact]
    public void Every_format_gives_the_same_examples_labels_and_rows() =>
        Tables.Sample(
            table =>
            {
                foreach (var (file, content) in Files(table))
                {
                    File.WriteAllBytes(_folder.File(file), content);
                    using var data = DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"));
                    Assert.Equal((file, string.Join('\n', table.Expected)), (file, string.Join('\n', Packed.Rows(data))));
                    Assert.Equal(SplitOrigin.SetAside, data.Data.Origin);
                }
            },
            iter: 20,
            threads: 1
        );

    [Fact]
    public void Every_format_gives_the_same_split_where_the_data_brings_none() =>
        Tables.Sample(
            table =>
            {
                var found = Files(table)
                    .Select(f =>
                    {
                        File.WriteAllBytes(_folder.File(f.File), f.Content);
                        using var data = DatasetLoader.Load(_folder.File(f.File), new DataFolder("/nowhere"));
                        return string.Join(' ', data.Data.Train.Rows.Concat(data.Data.Test.Rows).Select(row => row.Row));
                    });
                Assert.Single(found.Distinct());
            },
            iter: 5,
            threads: 1
        );

    [Fact]
    public void Every_format_keeps_the_parts_that_the_data_brings() =>
        Tables.Sample(
            table =>
            {
                foreach (var extension in new[] { ".csv", ".tsv", ".csv.gz", ".jsonl", ".jsonl.gz", ".parquet", ".arrow" })
                {
                    var folder = _folder.File("parts" + extension);
                    Directory.CreateDirectory(folder);
                    var content = Files(table).First(f => f.File == "t" + extension).Content;
                    File.WriteAllBytes(Path.Combine(folder, "train" + extension), content);
                    File.WriteAllBytes(Path.Combine(folder, "test" + extension), content);
                    using var data = DatasetLoader.Load(folder, new DataFolder("/nowhere"));
                    Assert.Equal(SplitOrigin.Given, data.Data.Origin);
                    Assert.All([data.Data.Train, data.Data.Test], part => Assert.Equal(table.Flat, Vectors.Values(part.Pixels)));
                }

                var (x, y) = (Doubles(table), Unicode(table));
                File.WriteAllBytes(
                    _folder.File("parts.npz"),
                    NpyFiles.Npz(true, ("x_train.npy", x), ("y_train.npy", y), ("x_test.npy", x), ("y_test.npy", y))
                );
                using var arrays = DatasetLoader.Load(_folder.File("parts.npz"), new DataFolder("/nowhere"));
                Assert.All([arrays.Data.Train, arrays.Data.Test], part => Assert.Equal(table.Flat, Vectors.Values(part.Pixels)));
            },
            iter: 5,
            threads: 1
        );

    /// <summary>What names of examples begin with.</summary>
    private static IEnumerable<(string File, byte[] Content)> Files(Table t)
    {
        foreach (
            var (name, separator) in new[]
            {
                ("t.csv", ","),
                ("t.tsv", "\t"),
                ("semicolons.csv", ";"),
                ("spaces.txt", " "),
                ("several.data", "   "),
            }
        )
        {
            yield return (name, Utf8(Lines(t, separator, "\n")));
        }

        yield return ("crlf.csv", Utf8("\ufeff" + Lines(t, ",", "\r\n")));
        yield return (
            "decomposed.csv",
            Utf8(
                Lines(
                    t with
                    {
                        Labels = System.Array.ConvertAll(t.Labels, l => l.Replace("\u00e9", "e\u0301", StringComparison.Ordinal)),
                    },
                    ",",
                    "\n"
                )
            )
        );
        yield return ("quoted.csv", Utf8(Lines(t with { Labels = System.Array.ConvertAll(t.Labels, l => $"\"{l}\"") }, ",", "\n")));
        yield return ("t.csv.gz", Packed.Gzip(Utf8(Lines(t, ",", "\n"))));
        yield return ("t.tsv.gz", Packed.Gzip(Utf8(Lines(t, "\t", "\n"))));
        yield return ("t.jsonl", Utf8(Json(t, isList: false)));
        yield return ("t.jsonl.gz", Packed.Gzip(Utf8(Json(t, isList: false))));
        yield return ("lists.jsonl", Utf8(Json(t, isList: true)));
        yield return (
            "t.parquet",
            ParquetFiles.Write([
                .. t.Names.Select((n, d) => ParquetFiles.Plain<double>(n, [.. t.Rows.Select(r => (double?)r[d])])),
                ParquetFiles.Texts("label", t.Labels),
            ])
        );
        yield return ("t.arrow", Arrow(t, isFile: true));
        yield return ("stream.arrow", Arrow(t, isFile: false));
        yield return ("text.npz", NpyFiles.Npz(false, ("x.npy", Doubles(t)), ("y.npy", Unicode(t))));
        yield return ("packed.npz", NpyFiles.Npz(true, ("x.npy", BigEndian(t)), ("y.npy", Bytes(t))));
        yield return ("fortran.npz", NpyFiles.Npz(true, ("x.npy", Fortran(t)), ("y.npy", Unicode(t))));
        yield return ("arr.npz", NpyFiles.Npz(true, ("arr_0.npy", Doubles(t)), ("arr_1.npy", Unicode(t))));
        if (t.Flat.All(v => (float)v == v))
        {
            yield return (
                "single.npz",
                NpyFiles.Npz(
                    true,
                    ("x.npy", NpyFiles.Floats([.. t.Flat.Select(v => (float)v)], t.Rows.Length, t.Features)),
                    ("y.npy", Unicode(t))
                )
            );
        }
    }

    private static string Lines(Table t, string separator, string end) =>
        string.Concat(
            new[] { string.Join(separator, [.. t.Names, "label"]) }
                .Concat(t.Rows.Select((r, i) => string.Join(separator, [.. r.Select(Table.Text), t.Labels[i]])))
                .Select(line => line + end)
        );

    private static string Json(Table t, bool isList) =>
        string.Concat(
            t.Rows.Select(
                (r, i) =>
                    (
                        isList
                            ? $"{{\"v\": [{string.Join(", ", r.Select(Table.Text))}]"
                            : $"{{{string.Join(", ", r.Select((v, d) => $"\"f{d}\": {Table.Text(v)}"))}"
                    ) + $", \"label\": \"{t.Labels[i]}\"}}\n"
            )
        );

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Doubles(Table t) =>
        NpyFiles.Array("<f8", NpyFiles.Raw(t.Flat, 8, BinaryPrimitives.WriteDoubleLittleEndian), t.Rows.Length, t.Features);

    private static byte[] BigEndian(Table t) =>
        NpyFiles.Array(">f8", NpyFiles.Raw(t.Flat, 8, BinaryPrimitives.WriteDoubleBigEndian), t.Rows.Length, t.Features);

    private static byte[] Fortran(Table t) =>
        NpyFiles.Fortran(
            "<f8",
            NpyFiles.Raw(
                [.. Enumerable.Range(0, t.Features).SelectMany(d => t.Rows.Select(r => r[d]))],
                8,
                BinaryPrimitives.WriteDoubleLittleEndian
            ),
            t.Rows.Length,
            t.Features
        );

    private static byte[] Unicode(Table t) =>
        NpyFiles.Array("<U4", [.. t.Labels.SelectMany(l => Encoding.UTF32.GetBytes(l.PadRight(4, '\0')))], t.Labels.Length);

    private static byte[] Bytes(Table t) =>
        NpyFiles.Array("|S5", [.. t.Labels.SelectMany(l => Utf8(l).Concat(new byte[5]).Take(5))], t.Labels.Length);

    private static byte[] Arrow(Table t, bool isFile)
    {
        IArrowArray[] columns =
        [
            .. Enumerable.Range(0, t.Features).Select(d => new DoubleArray.Builder().AppendRange(t.Rows.Select(r => r[d])).Build()),
            new StringArray.Builder().AppendRange(t.Labels).Build(),
        ];
        var schema = new Schema(t.Names.Append("label").Zip(columns, (name, column) => new Field(name, column.Data.DataType, true)), null);
        using var stream = new MemoryStream();
        using (
            var writer = isFile
                ? new ArrowFileWriter(stream, schema, leaveOpen: true)
                : new ArrowStreamWriter(stream, schema, leaveOpen: true)
        )
        {
            writer.WriteRecordBatch(new RecordBatch(schema, columns, t.Rows.Length));
            writer.WriteEnd();
        }

        return stream.ToArray();
    }
}
