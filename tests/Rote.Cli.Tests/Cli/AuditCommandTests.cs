using System.Globalization;
using System.Text;
using System.Text.Json;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class AuditCommandTests : IDisposable
{
    private const int Rows = 300;

    private readonly TempFolder _folder = new();
    private readonly (float[] Features, int Class)[] _rows = Vectors.Rows(Rows, 3, seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Embeddings_with_labels_in_a_table_are_audited_and_every_file_is_written()
    {
        WriteEmbeddings(_rows.SelectMany(r => r.Features).ToArray(), Rows);
        PictureFiles.Write(
            _folder,
            "y.csv",
            Encoding.UTF8.GetBytes("label\n" + string.Concat(_rows.Select((r, i) => $"kind {(i < 15 ? (r.Class + 1) % 3 : r.Class)}\n")))
        );
        var before = Directory
            .GetFiles(_folder.Path)
            .Select(path => (path, File.GetLastWriteTimeUtc(path), new FileInfo(path).Length))
            .ToArray();
        var document = Json("--embeddings", _folder.File("e.npy"), "--labels", _folder.File("y.csv"), "--members", "4");
        var output = document.GetProperty("folder").GetString()!;
        Assert.Equal(
            [
                "checks.csv",
                "examples.csv",
                "examples.parquet",
                "keep.txt",
                "probabilities.npy",
                "report.html",
                "source.json",
                "summary.json",
                "suspects.csv",
            ],
            Directory
                .GetFiles(output)
                .Select(Path.GetFileName)
                .Where(name => name is not ("audit.json" or "run.lock"))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            before,
            Directory.GetFiles(_folder.Path).Select(path => (path, File.GetLastWriteTimeUtc(path), new FileInfo(path).Length))
        );
        Assert.Equal(
            (Rows, 4),
            (
                document.GetProperty("summary").GetProperty("examples").GetInt32(),
                document.GetProperty("summary").GetProperty("members").GetInt32()
            )
        );

        // Rows 0 to 14 have a wrong label; whatever order the examples were read in, their names say which they are.
        var suspects = File.ReadLines(Path.Combine(output, "suspects.csv")).Skip(1).Take(15).Select(line => line.Split(',')).ToArray();
        Assert.All(suspects, fields => Assert.Equal("e.npy", fields[0]));
        Assert.InRange(suspects.Count(fields => int.Parse(fields[1], CultureInfo.InvariantCulture) < 15), 13, 15);
        Assert.InRange(File.ReadLines(Path.Combine(output, "keep.txt")).Count(), Rows - 20, Rows - 12);
        Assert.Contains(
            "script-src 'sha256-",
            File.ReadAllText(Path.Combine(output, "report.html")).Replace("&#39;", "'", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_catalog_entry_is_audited_and_the_same_command_goes_on()
    {
        string[] line =
        [
            "shapes",
            "--examples",
            "200",
            "--network",
            "mlp-1x16",
            "--epochs",
            "3",
            "--members",
            "2",
            "--output",
            _folder.File("out"),
        ];
        var first = Json(line);
        Assert.Equal(_folder.File("out"), first.GetProperty("folder").GetString());
        Assert.Contains("data:image/png", File.ReadAllText(_folder.File("out/report.html")), StringComparison.Ordinal);
        Assert.Equal(first.ToString(), Json(line).ToString());
    }

    [Theory]
    [InlineData("An audit needs data", "")]
    [InlineData("not of both", "shapes --embeddings e.npy")]
    [InlineData("There is nothing at", "--embeddings nothing.npy")]
    [InlineData("did you mean cifar10?", "cifr10")]
    [InlineData("as 90s, 15m or 1.5h", "shapes --budget soon")]
    [InlineData("as 90s, 15m or 1.5h", "shapes --budget 0s")]
    [InlineData("too small for one network", "shapes --budget 0.01s --network mlp-1x512 --embed none")]
    [InlineData("The number of members is 0", "shapes --members 0")]
    [InlineData("The number of networks at the same time is 0", "shapes --workers 0")]
    [InlineData("need more cores than", "shapes --workers 999")]
    [InlineData("The number of threads is 0", "shapes --threads 0")]
    [InlineData("did you mean mlp-1x512?", "shapes --network mpl-1x512")]
    [InlineData("The number of epochs is 0", "shapes --epochs 0")]
    [InlineData("The number of examples is 0", "shapes --examples 0")]
    [InlineData("expected at least 40", "shapes --examples 30")]
    [InlineData("There is no file", "shapes --labels y.csv")]
    [InlineData("--output is empty", "shapes --output EMPTY")]
    [InlineData("--fail-over has no meaning with --train-only", "shapes --train-only --fail-over 2%")]
    [InlineData("--sarif has no meaning with --train-only", "shapes --train-only --sarif s.json")]
    [InlineData("--output has no meaning with --train-only", "shapes --train-only --output here")]
    [InlineData("--json has no meaning with --train-only", "shapes --train-only --json")]
    [InlineData("--explain has no meaning with --train-only", "shapes --train-only --explain")]
    [InlineData("--show has no meaning with --train-only", "shapes --train-only --show a")]
    [InlineData("--names has no meaning with --train-only", "shapes --train-only --names names.txt")]
    [InlineData("--images has no meaning with --train-only", "shapes --train-only --images here")]
    public void A_wrong_command_line_is_answered_with_one_sentence(string part, string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "EMPTY" ? "" : word);
        Assert.Contains(part, Refused([.. words]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a number that is not whole", "x,y,label\n1,2,0.5\n2,3,1.5\n")]
    [InlineData("every label only once", "x,y,label\n1,2,a\n2,3,c\n4,5,b\n")]
    [InlineData("every label is a, expected at least two classes", "x,y,label\n1,2,a\n2,3,a\n")]
    [InlineData("label", "x,y,label\n1,2,\n2,3,a\n1,1,b\n")]
    [InlineData("expected at least two classes", "x,y,label\n1,,a\n2,3,a\n1,1,b\n")]
    public void A_bad_table_is_one_sentence(string part, string content)
    {
        PictureFiles.Write(_folder, "t.csv", Encoding.UTF8.GetBytes(content));
        Assert.Contains(part, Refused(_folder.File("t.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_and_examples_that_differ_in_number_are_one_sentence()
    {
        WriteEmbeddings([1, 2, 3, 4], 2);
        PictureFiles.Write(_folder, "y.csv", "a\nb\na\n"u8.ToArray());
        Assert.Contains(
            "2 examples",
            Refused("--embeddings", _folder.File("e.npy"), "--labels", _folder.File("y.csv")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Embeddings_that_are_not_numbers_are_one_sentence()
    {
        WriteEmbeddings([1, float.NaN, 3, 4], 4);
        PictureFiles.Write(_folder, "y.csv", "a\nb\na\nb\n"u8.ToArray());
        Assert.Contains(
            "e.npy: row 1 has a val",
            Refused("--embeddings", _folder.File("e.npy"), "--labels", _folder.File("y.csv")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_array_of_objects_is_never_unpickled()
    {
        PictureFiles.Write(_folder, "e.npy", NpyFiles.Array("|O", [1, 2, 3, 4, 5, 6, 7, 8], 1, 1));
        PictureFiles.Write(_folder, "y.csv", "a\n"u8.ToArray());
        Assert.Contains(
            "e.npy",
            Refused("--embeddings", _folder.File("e.npy"), "--labels", _folder.File("y.csv")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_bomb_and_a_hostile_path_in_an_archive_are_one_sentence()
    {
        PictureFiles.Write(
            _folder,
            "bomb.npz",
            NpyFiles.Npz(
                true,
                ("x.npy", NpyFiles.WithHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (100000000, 100000), }", new byte[1000])),
                ("y.npy", NpyFiles.Labels(0, 1))
            )
        );
        Refused(_folder.File("bomb.npz"));
        PictureFiles.Write(
            _folder,
            "path.npz",
            NpyFiles.Npz(false, ("../../x.npy", NpyFiles.Floats([1, 2], 2, 1)), ("y.npy", NpyFiles.Labels(0, 1)))
        );
        Refused(_folder.File("path.npz"));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(_folder.Path)!, "x.npy")));
    }

    [Fact]
    public void Parquet_without_the_column_lists_those_there_are()
    {
        PictureFiles.Write(
            _folder,
            "t.parquet",
            ParquetFiles.Write([
                ParquetFiles.Lists("embedding", [.. _rows.Select(r => r.Features)]),
                ParquetFiles.Texts("kind", [.. _rows.Select(r => $"{r.Class}")]),
            ])
        );
        Assert.Contains("embedding, kind", Refused(_folder.File("t.parquet"), "--label-column", "species"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_named()
    {
        foreach (var name in new[] { "cat/a.png", "cat/b.png", "dog/c.png", "dog/d.png" })
        {
            PictureFiles.Write(_folder, $"pets/{name}", "no picture"u8.ToArray());
        }

        var sentence = Refused(_folder.File("pets"));
        Assert.Contains("a.png", sentence, StringComparison.Ordinal);
        Assert.Contains("--skip-bad", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_for_almost_every_example_is_refused_before_memory_is_asked_for()
    {
        var lines = string.Concat(Enumerable.Range(0, 24_000).Select(i => $"{i % 7},{i / 2}\n"));
        PictureFiles.Write(_folder, "t.csv", Encoding.UTF8.GetBytes("x,label\n" + lines));
        Assert.Contains("12,000 classes", Refused(_folder.File("t.csv")), StringComparison.Ordinal);
    }

    private void WriteEmbeddings(float[] values, int rows) =>
        PictureFiles.Write(_folder, "e.npy", NpyFiles.Floats(values, rows, values.Length / rows));

    private string[] Line(string[] line) =>
        ["audit", .. line, "--threads", "1", "--precision", "float32", "--audits", _folder.File("audits"), "--quiet"];

    private JsonElement Json(params string[] line)
    {
        var (code, output, error) = Command.Run([.. line.Contains("--threads") ? line : Line(line), "--json"]);
        Assert.True(code == ExitCode.Done, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private string Refused(params string[] line)
    {
        var (code, _, error) = Command.Run(line.Contains("--threads") ? ["audit", .. line, "--quiet"] : Line(line));
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        return Assert.Single(error.TrimEnd().Split('\n'));
    }
}
