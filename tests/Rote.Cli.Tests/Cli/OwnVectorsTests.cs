using System.Globalization;
using System.Text;
using System.Text.Json;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

/// <summary>The commands on a user's own vectors: trained on one file, evaluated on another.</summary>
[NoTensorLeaks]
public sealed class OwnVectorsTests : IDisposable
{
    private static readonly string[] Names = ["ant", "bee", "cow"];

    private readonly TempFolder _folder = new();
    private readonly (float[] Features, int Class)[] _rows = Vectors.Rows(90, 3, seed: 1);
    private readonly (float[] Features, int Class)[] _others = Vectors.Rows(30, 3, seed: 2);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_of_separated_values_is_trained_on_and_another_evaluated()
    {
        Write("t.csv", "size,weight,seven,kind", _rows, r => $"{Features(r)},{Names[r.Class]}");
        Write("o.csv", "kind,seven,weight,size", _others, r => $"{Names[r.Class]},{string.Join(',', Features(r).Split(',').Reverse())}");
        var run = Train("t.csv");
        Assert.Equal("mlp", run.GetProperty("experiment").GetProperty("network").GetProperty("kind").GetString());
        Assert.Equal("kind", run.GetProperty("experiment").GetProperty("data").GetProperty("labelColumn").GetString());
        Evaluated(run, "o.csv");
    }

    [Fact]
    public void Parquet_is_trained_on_and_evaluated()
    {
        foreach (var (name, rows) in new[] { ("t.parquet", _rows), ("o.parquet", _others) })
        {
            PictureFiles.Write(
                _folder,
                name,
                ParquetFiles.Write([
                    ParquetFiles.Lists("embedding", [.. rows.Select(r => r.Features)]),
                    ParquetFiles.Texts("kind", [.. rows.Select(r => Names[r.Class])]),
                ])
            );
        }

        Evaluated(Train("t.parquet"), "o.parquet");
    }

    [Fact]
    public void An_array_with_labels_beside_it_is_trained_on_and_evaluated_with_a_page()
    {
        foreach (var (name, rows) in new[] { ("t", _rows), ("o", _others) })
        {
            PictureFiles.Write(_folder, $"{name}.npy", NpyFiles.Floats([.. rows.SelectMany(r => r.Features)], rows.Length, 3));
            Write($"{name}.txt", "label", rows, r => Names[r.Class]);
        }

        // Almost untrained, so that the page has something wrong to show.
        var page = _folder.File("page.html");
        var run = Train("t.npy", "--labels", _folder.File("t.txt"), "--epochs", "1", "--learning-rate", "0.0001");
        Json(
            "evaluate",
            run.GetProperty("run").GetString()!,
            _folder.File("o.npy"),
            "--labels",
            _folder.File("o.txt"),
            "--split",
            "all",
            "--report",
            page
        );
        Assert.Contains("<li>o.npy[", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<img", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.EndsWith(
            "t.npy has 90 examples and " + _folder.File("o.txt") + " has 30 labels, expected as many of each.",
            Refused("train", "t.npy", "--labels", _folder.File("o.txt")),
            StringComparison.Ordinal
        );
        Evaluated(Train("t.npy", "--labels", _folder.File("t.txt")), "o.npy", "--labels", _folder.File("o.txt"));
    }

    [Fact]
    public void The_quickstart_takes_vectors_and_its_page_has_no_pictures()
    {
        Write("t.csv", "size,weight,seven,kind", _rows, r => $"{Features(r)},{Names[r.Class]}");
        var page = _folder.File("q.html");
        var (code, _, error) = Command.Run(
            "quickstart",
            "--data",
            _folder.File("t.csv"),
            "--network",
            "mlp-1x16",
            "--epochs",
            "2",
            "--threads",
            "1",
            "--runs",
            _folder.File("runs"),
            "--report",
            page
        );
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.DoesNotContain("<img", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Contains("These examples are vectors", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("these examples are vectors, which have no middle to cut out; leave it out.", "--crop", "2")]
    [InlineData("these examples are vectors: set --augment to none.", "--augment", "flip")]
    [InlineData("which have none: choose an MLP or linear for them.", "--network", "resnet")]
    [InlineData("--image-size, --fit, --skip-bad and --follow-links are for", "--image-size", "8")]
    [InlineData("which is named as --labels.", "--labels", "none.csv")]
    [InlineData("has no column \"kindness\"; it has the columns size, weight, seven, kind.", "--label-column", "kindness")]
    public void What_vectors_cannot_be_asked_is_one_sentence(string sentence, params string[] options)
    {
        Write("t.csv", "size,weight,seven,kind", _rows, r => $"{Features(r)},{Names[r.Class]}");
        Assert.Contains(sentence, Refused("train", "t.csv", options), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_a_table_has_a_row_a_column_and_says_what_was_read()
    {
        Write("t.csv", "size,weight,seven,kind", _rows, r => $"{Features(r)},{Names[r.Class]}");
        var file = _folder.File("t.png");
        var (code, output, error) = Command.Run("data", "show", _folder.File("t.csv"), "--out", file);
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("Each has 3 features.", output, StringComparison.Ordinal);
        using var picture = SkiaSharp.SKBitmap.Decode(file);
        Assert.True(picture.Width > 300 && picture.Height > 150);
        Assert.Contains(picture.Pixels, p => p == new SkiaSharp.SKColor(0x2a, 0x6f, 0xbb));
    }

    [Fact]
    public void Texts_are_shown_by_the_first_of_each_class()
    {
        File.WriteAllLines(
            _folder.File("r.csv"),
            ["text,kind", .. Enumerable.Range(0, 12).Select(i => $"\"what I say is\n number {i}\",{(i % 2 == 0 ? "even" : "odd")}")]
        );
        var (code, output, _) = Command.Run("data", "show", _folder.File("r.csv"), "--per-class", "1");
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("texts to train on", output, StringComparison.Ordinal);
        Assert.Contains("  what I say is number ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_a_mixed_table_is_evaluated_on_another_with_the_columns_of_training()
    {
        string[] cities = ["Oslo", "Rome", "Paris"];
        File.WriteAllLines(_folder.File("a.csv"), ["name,id,city,age,kind", .. Enumerable.Range(0, 60).Select(Known)]);
        var (code, output, error) = Command.Run(
            "train",
            _folder.File("a.csv"),
            "--network",
            "linear",
            "--epochs",
            "30",
            "--runs",
            _folder.File("runs"),
            "--quiet"
        );
        Assert.Equal((ExitCode.Done, ""), (code, error));
        File.WriteAllLines(_folder.File("b.csv"), ["kind,age,city,more", .. Enumerable.Range(0, 20).Select(Other)]);
        var run = Path.GetFileName(Directory.GetDirectories(_folder.File("runs")).Single());
        Assert.True(
            Json("evaluate", run, _folder.File("a.csv"), "--split", "train", "--runs", _folder.File("runs"))
                .GetProperty("isOwn")
                .GetBoolean()
        );
        (code, output, error) = Command.Run(
            "evaluate",
            run,
            _folder.File("b.csv"),
            "--split",
            "all",
            "--runs",
            _folder.File("runs"),
            "--threads",
            "1"
        );
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("5 rows have values in city that the rows trained on lack (Lima); no", output, StringComparison.Ordinal);

        string Known(int i) => $"n{i},{i},{cities[i % 3]},{(i % 7 == 0 ? "" : $"{i % 11}")},{(i % 3 == 0 ? "cold" : "warm")}";

        static string Other(int i) => i % 4 == 0 ? $"cold,{i},Oslo,x" : $"warm,{i},{(i % 4 == 1 ? "Lima" : "Rome")},x";
    }

    // Other labels split the same rows another way: most of what is tested would be examples trained on.
    [Fact]
    public void The_same_files_with_another_column_of_labels_are_other_data()
    {
        PictureFiles.Write(_folder, "t.npy", NpyFiles.Floats([.. _rows.SelectMany(r => r.Features)], _rows.Length, 3));
        Write("y.csv", "kind,other", _rows, r => $"{Names[r.Class]},{Names[r.Class]}");
        string[] Labels(string column) => ["--labels", _folder.File("y.csv"), "--label-column", column];
        var run = Train("t.npy", [.. Labels("other"), "--epochs", "1"]).GetProperty("run").GetString()!;
        bool IsOwn(string column) =>
            Json(["evaluate", run, _folder.File("t.npy"), "--split", "test", .. Labels(column)]).GetProperty("isOwn").GetBoolean();
        Assert.True(IsOwn("other"));
        Assert.True(IsOwn("2"));
        Assert.False(IsOwn("kind"));
    }

    private static string Features((float[] Features, int Class) row) =>
        string.Join(',', row.Features.Select(f => f.ToString("R", CultureInfo.InvariantCulture)));

    private void Write(
        string file,
        string header,
        (float[] Features, int Class)[] rows,
        Func<(float[] Features, int Class), string> line
    ) => PictureFiles.Write(_folder, file, Encoding.UTF8.GetBytes($"{header}\n{string.Concat(rows.Select(r => $"{line(r)}\n"))}"));

    private JsonElement Train(string data, params string[] options) =>
        Json([
            "train",
            _folder.File(data),
            "--batch",
            "9",
            .. options.Contains("--epochs") ? Array.Empty<string>() : ["--epochs", "20"],
            "--threads",
            "1",
            "--precision",
            "float32",
            "--runs",
            _folder.File("runs"),
            .. options,
        ]);

    private void Evaluated(JsonElement run, string data, params string[] options)
    {
        var result = Json(["evaluate", run.GetProperty("run").GetString()!, _folder.File(data), "--split", "all", .. options]);
        Assert.False(result.GetProperty("isOwn").GetBoolean());
        Assert.Equal(30, result.GetProperty("accuracy").GetProperty("samples").GetInt32());
        // the first feature tells the classes apart, five units against one
        Assert.Equal(1, result.GetProperty("accuracy").GetProperty("value").GetDouble());
    }

    private JsonElement Json(params string[] line)
    {
        var (code, output, error) = Command.Run([.. line, "--json", "--quiet"]);
        Assert.True(code == ExitCode.Done, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private string Refused(string command, string data, params string[] options)
    {
        var (code, _, error) = Command.Run([
            command,
            _folder.File(data),
            "--threads",
            "1",
            "--runs",
            _folder.File("runs"),
            "--quiet",
            .. options,
        ]);
        Assert.Equal(ExitCode.WrongInput, code);
        return error.TrimEnd();
    }
}
