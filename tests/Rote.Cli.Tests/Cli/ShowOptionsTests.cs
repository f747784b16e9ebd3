using System.Text.Json;
using Rote.Audits.Review;
using Rote.Cli;
using Rote.Tests.Support;
using SkiaSharp;

namespace Rote.Tests.Cli;

/// <summary>What is shown beside the data changes pages and names, and nothing else.</summary>
[NoTensorLeaks]
public sealed class ShowOptionsTests : IDisposable
{
    private const int Rows = 90;

    private static readonly string[] Small =
    [
        "--members",
        "3",
        "--epochs",
        "4",
        "--threads",
        "1",
        "--precision",
        "float32",
        "--network",
        "mlp-1x16",
        "--embed",
        "none",
    ];

    private readonly TempFolder _folder = new();
    private readonly OwnModels _model = new();

    public ShowOptionsTests()
    {
        var rows = Vectors.Rows(Rows, 3, seed: 1);
        var labels = rows.Select((r, i) => $"k{(i < 6 ? (r.Class + 1) % 3 : r.Class)}").ToArray();
        File.WriteAllText(
            _folder.File("t.csv"),
            "id,note,a,b,c,label\n"
                + string.Concat(rows.Select((r, i) => $"x{i},<script>{i}</script>,{string.Join(',', r.Features)},{labels[i]}\n"))
        );
        _folder.Put("v.npy", NpyFiles.Floats([.. rows.SelectMany(r => r.Features)], Rows, 3));
        File.WriteAllLines(_folder.File("y.txt"), labels);
        File.WriteAllLines(_folder.File("names.txt"), rows.Select((_, i) => $"{i} <b>.png"));
        for (var i = 0; i < Rows; i++)
        {
            PictureFiles.Write(_folder, $"pics/{i} <b>.png", PictureFiles.Plain(40, 30, new SKColor((byte)(2 * i), 90, 90)));
        }

        _folder.Put("p.npy", _model.Npy());
        File.WriteAllText(_folder.File("own.txt"), _model.LabelText(label => $"k{label}"));
        File.WriteAllText(_folder.File("titles.csv"), "id,title\n" + string.Concat(_model.Labels.Select((_, i) => $"{i},Title {i}\n")));
        _folder.Put("pics.npy", NpyFiles.Bytes(new byte[OwnModels.Examples * 8 * 8 * 3], OwnModels.Examples, 8, 8, 3));
        File.WriteAllText(_folder.File("log.csv"), _model.Csv());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Other_columns_give_another_page_of_the_same_audit_without_training()
    {
        string[] line = [_folder.File("t.csv"), "--ignore", "id", "--ignore", "note", .. Small];
        var first = Json(line);
        var folder = first.Text("folder");
        Assert.DoesNotContain("class=\"fields\"", Page(folder), StringComparison.Ordinal);
        var kept = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => !IsWrittenAnew(f)).ToDictionary(f => f, Stamp);
        Assert.NotEmpty(kept);
        var tables = Tables(folder);

        var second = Json([.. line, "--show", "id,note"]);
        Assert.Equal(folder, second.Text("folder"));
        Assert.Equal(first.GetProperty("summary").ToString(), second.GetProperty("summary").ToString());
        Assert.Equal(kept, kept.Keys.ToDictionary(f => f, Stamp)); // no network was trained again
        Assert.Equal(tables, Tables(folder));
        var page = Page(folder);
        Assert.Contains("<dt>note</dt><dd>&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<dt>id</dt><dd>x", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>0", page, StringComparison.Ordinal);
        Assert.Equal(["id,note"], AuditSource.Read(folder)!.Show!.Columns);
    }

    [Fact]
    public void Vectors_have_names_and_pictures_on_the_page_and_in_the_tables()
    {
        string[] line = [_folder.File("v.npy"), "--labels", _folder.File("y.txt"), .. Small];
        var plain = Json(line).Text("folder");
        var before = File.ReadAllLines(Path.Combine(plain, "examples.csv"));
        File.Delete(_folder.File("pics/7 <b>.png"));
        var (code, output, error) = Run([.. line, "--names", _folder.File("names.txt"), "--images", _folder.File("pics")]);
        Assert.True(code == ExitCode.Done, error);
        Assert.Single(output.Split('\n'), text => text.StartsWith("1 of 90 pictures are not in", StringComparison.Ordinal));
        Assert.Contains(" <b>.png ", output[output.IndexOf("Look at these first", StringComparison.Ordinal)..], StringComparison.Ordinal);

        var after = File.ReadAllLines(Path.Combine(plain, "examples.csv"));
        Assert.StartsWith("file,row,name,picture,label,", after[0], StringComparison.Ordinal);
        Assert.StartsWith("v.npy,3,3 <b>.png,3 <b>.png,", after[4], StringComparison.Ordinal);
        Assert.StartsWith("v.npy,7,7 <b>.png,,", after[8], StringComparison.Ordinal);
        Assert.Equal(before.Skip(1), after.Skip(1).Select(WithoutNames));
        var page = Page(plain);
        Assert.Contains("&lt;b&gt;.png</span></a> <span class=\"where\">v.npy[", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/jpeg;base64,", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{string.Concat(Enumerable.Repeat("../", 2))}pics/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>.png", page, StringComparison.Ordinal);

        var set = ReviewSet.Open(plain);
        Assert.Equal(("3 <b>.png", "3 <b>.png"), (set.Examples[3].Name, set.Examples[3].Picture));
        Assert.Null(set.Examples[7].Picture);
    }

    [Fact]
    public void An_audit_of_ones_own_model_shows_the_same()
    {
        string[] line = ["--predictions", _folder.File("p.npy"), "--labels", _folder.File("own.txt")];
        var plain = Json([.. line, "--output", _folder.File("plain")]);
        var shown = Json([
            .. line,
            "--names",
            $"{_folder.File("titles.csv")}:title",
            "--images",
            _folder.File("pics.npy"),
            "--output",
            _folder.File("shown"),
        ]);
        Assert.Equal(plain.GetProperty("summary").ToString(), shown.GetProperty("summary").ToString());
        Assert.StartsWith(
            "p.npy,0,Title 0,pics.npy[0],k",
            File.ReadLines(_folder.File("shown/examples.csv")).ElementAt(1),
            StringComparison.Ordinal
        );
        var page = Page(_folder.File("shown"));
        Assert.Contains("<span class=\"text\" dir=\"auto\" title=\"Title ", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,", page, StringComparison.Ordinal);
        Json("--dynamics", _folder.File("log.csv"), "--names", $"{_folder.File("titles.csv")}:2", "--output", _folder.File("log"));
        Assert.Contains("Title ", Page(_folder.File("log")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_with_predictions_shows_its_columns()
    {
        var rows = string.Concat(_model.Labels.Select((label, i) => $"id-{i},{i % 7},k{label}\n"));
        File.WriteAllText(_folder.File("own.csv"), $"id,x,label\n{rows}");
        Json(_folder.File("own.csv"), "--predictions", _folder.File("p.npy"), "--show", "id", "--output", _folder.File("out"));
        Assert.Contains("<dt>id</dt><dd>id-", Page(_folder.File("out")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--names is empty", "v.npy --labels y.txt --names EMPTY")]
    [InlineData("There is nothing at", "v.npy --labels y.txt --names nothing.txt")]
    [InlineData("is a folder, expected a file", "v.npy --labels y.txt --names pics")]
    [InlineData("120 names and the data has 90 rows", "v.npy --labels y.txt --names titles.csv:title")]
    [InlineData("titles.csv:id", "v.npy --labels y.txt --names titles.csv")]
    [InlineData("--images is empty", "v.npy --labels y.txt --images EMPTY")]
    [InlineData("in the order of the examples as --names.", "v.npy --labels y.txt --images pics")]
    [InlineData("120 pictures and the data has 90 rows", "v.npy --labels y.txt --images pics.npy")]
    [InlineData("expected a folder of pictures or an .npy array", "v.npy --labels y.txt --images nothing")]
    [InlineData("--show names columns", "v.npy --labels y.txt --show id")]
    [InlineData("has no column \"url\"", "t.csv --show url")]
    [InlineData("--show names columns of a table", "--predictions p.npy --labels own.txt --show id")]
    [InlineData("90 names and the data has 120 rows", "--predictions p.npy --labels own.txt --names names.txt")]
    public void A_wrong_command_line_is_answered_with_one_sentence_before_anything_is_trained(string part, string line)
    {
        string[] words = [.. line.Split(' ').Select(Word)];
        var (code, _, error) = Command.Run(["audit", .. words, "--audits", _folder.File("audits"), "--quiet"]);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(part, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("audits")));
    }

    private string Word(string word) =>
        word == "EMPTY" ? ""
        : word.Contains('.', StringComparison.Ordinal) || word is "pics" or "nothing" ? _folder.File(word)
        : word;

    private static bool IsWrittenAnew(string file) =>
        Path.GetExtension(file) is ".html" or ".csv" or ".parquet" or ".txt" or ".npy" or ".lock"
        || Path.GetFileName(file) is "summary.json" or "source.json" or "audit.json";

    private static (long, DateTime) Stamp(string file) => (new FileInfo(file).Length, File.GetLastWriteTimeUtc(file));

    private static string[] Tables(string folder) =>
        [.. new[] { "examples.csv", "suspects.csv", "keep.txt" }.Select(name => File.ReadAllText(Path.Combine(folder, name)))];

    private static string WithoutNames(string line)
    {
        var fields = line.Split(',');
        return string.Join(',', fields[..2].Concat(fields[4..]));
    }

    private static string Page(string folder) => File.ReadAllText(Path.Combine(folder, "report.html"));

    private (int Code, string Output, string Error) Run(string[] line) =>
        Command.Run(["audit", .. line, "--audits", _folder.File("audits"), "--quiet"]);

    private JsonElement Json(params string[] line)
    {
        var (code, output, error) = Command.Run(["audit", .. line, "--audits", _folder.File("audits"), "--quiet", "--json"]);
        Assert.True(code == ExitCode.Done, error);
        return JsonDocument.Parse(output).RootElement;
    }
}

/// <summary>Short forms.</summary>
file static class JsonText
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
