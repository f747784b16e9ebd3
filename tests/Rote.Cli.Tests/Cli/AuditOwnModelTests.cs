using System.Text.Json;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

[NoTensorLeaks]
public sealed class AuditOwnModelTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly OwnModels _model = new();

    public AuditOwnModelTests()
    {
        File.WriteAllText(_folder.File("y.txt"), _model.LabelText(label => $"kind {label}"));
        File.WriteAllText(_folder.File("log.csv"), _model.Csv());
        _folder.Put("p.npy", _model.Npy());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Probabilities_and_labels_are_audited_and_every_file_is_written()
    {
        var document = Json("--predictions", _folder.File("p.npy"), "--labels", _folder.File("y.txt"));
        var output = document.GetProperty("folder").GetString()!;
        Assert.Equal(
            ["examples.csv", "examples.parquet", "keep.txt", "report.html", "source.json", "summary.json", "suspects.csv"],
            Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.InRange(document.GetProperty("summary").GetProperty("confidentJointShare").GetDouble(), 0.07, 0.2);
        Assert.Equal(OwnModels.Examples + 1, File.ReadLines(Path.Combine(output, "examples.csv")).Count());
        Assert.StartsWith(
            "file,row,label,verdict,score,predicted,suggested,selfConfidence,",
            File.ReadAllText(Path.Combine(output, "suspects.csv")),
            StringComparison.Ordinal
        );
        Assert.Contains("cross-validation", File.ReadAllText(Path.Combine(output, "report.html")), StringComparison.Ordinal);
        var called = document.GetProperty("summary").GetProperty("verdicts").GetProperty("probably wrong").GetInt32();
        Assert.Equal(OwnModels.Examples - called, File.ReadLines(Path.Combine(output, "keep.txt")).Count());
        Assert.Equal(document.ToString(), Json("--predictions", _folder.File("p.npy"), "--labels", _folder.File("y.txt")).ToString());
    }

    [Fact]
    public void Pictures_of_a_folder_move_by_decisions_made_on_the_page_and_all_else_is_refused()
    {
        string[] files = [.. Enumerable.Range(0, 16).Select(i => $"{(i % 2 == 0 ? "cat" : "dog")}/{i}.png")];
        foreach (var (i, file) in files.Index())
        {
            PictureFiles.Write(_folder, $"pets/{file}", PictureFiles.Noise(8, 8, (uint)i));
        }

        var rows = files.Select((file, i) => $"{file},{(i % 2 == 0 && i != 14 ? "0.1,0.9" : "0.9,0.1")}\n");
        File.WriteAllText(_folder.File("p.csv"), $"file,dog,cat\n{string.Concat(rows)}");
        File.WriteAllText(_folder.File("d.csv"), "file,row,givenLabel,decision,newLabel\ncat/14.png,,cat,change,dog\n");
        string[] line = [_folder.File("pets"), "--predictions", _folder.File("p.csv")];
        Json([.. line, "--output", _folder.File("own")]);
        var (code, output, error) = Command.Run("apply", _folder.File("own"), "--decisions", _folder.File("d.csv"));
        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("cat/14.png → dog/14.png", output, StringComparison.Ordinal);
        var after = Json([.. line, "--decisions", _folder.File("d.csv"), "--output", _folder.File("after")]).GetProperty("summary");
        Assert.Equal(1, after.GetProperty("verdicts").GetProperty("known right").GetInt32());
        Assert.Equal(0, after.GetProperty("verdicts").GetProperty("probably wrong").GetInt32());

        Json("--predictions", _folder.File("p.npy"), "--labels", _folder.File("y.txt"), "--output", _folder.File("vectors"));
        File.WriteAllText(_folder.File("v.csv"), "file,row,decision,newLabel\np.npy,0,change,kind 0\n");
        var refused = Command.Run("apply", _folder.File("vectors"), "--decisions", _folder.File("v.csv"));
        Assert.Equal(ExitCode.WrongInput, refused.Code);
        Assert.Contains(
            "this audit is of none that is there",
            Assert.Single(refused.Error.TrimEnd().Split('\n')),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Texts_are_shown_beside_their_labels_also_where_decisions_drop_some()
    {
        string[] words = ["red roses", "blue skies", "green grass", "grey stones"];
        var texts = Enumerable.Range(0, 16).Select(i => $"{words[i % 4]} {i},{(i % 2 == 0 ? "warm" : "cold")}\n");
        File.WriteAllText(_folder.File("t.csv"), $"text,label\n{string.Concat(texts)}");
        var rows = Enumerable.Range(0, 16).Select(i => i is 2 or 5 || i % 2 != 0 ? "0.9,0.1\n" : "0.1,0.9\n");
        File.WriteAllText(_folder.File("t-p.csv"), $"cold,warm\n{string.Concat(rows)}");
        File.WriteAllText(_folder.File("t-d.csv"), "file,row,givenLabel,decision,newLabel\nt.csv,0,warm,drop,\n");
        string[] line = [_folder.File("t.csv"), "--text", "text", "--predictions", _folder.File("t-p.csv")];
        Json([.. line, "--output", _folder.File("all")]);
        Assert.Equal(Expected(0), Column("all", "text"));
        Json([.. line, "--decisions", _folder.File("t-d.csv"), "--output", _folder.File("fewer")]);
        Assert.Equal(Expected(1), Column("fewer", "text"));

        IEnumerable<string> Expected(int first) => Enumerable.Range(first, 16 - first).Select(i => $"{words[i % 4]} {i}");
    }

    [Fact]
    public void A_log_alone_leaves_no_list_of_what_to_keep()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(_folder.File("out")).FullName, "keep.txt"), "of an earlier audit");
        var document = Json("--dynamics", _folder.File("log.csv"), "--output", _folder.File("out"));
        Assert.Equal(_folder.File("out"), document.GetProperty("folder").GetString());
        Assert.False(File.Exists(_folder.File("out/keep.txt")));
        Assert.Contains("data-map", File.ReadAllText(_folder.File("out/report.html")), StringComparison.Ordinal);
    }

    // What an audit writes of its own networks is what it reads of others.
    [Fact]
    public void The_probabilities_of_an_audit_can_be_audited()
    {
        var rows = Vectors.Rows(90, 3, seed: 1);
        File.WriteAllText(
            _folder.File("t.csv"),
            "a,b,c,label\n"
                + string.Concat(rows.Select((r, i) => $"{string.Join(',', r.Features)},k{(i < 6 ? (r.Class + 1) % 3 : r.Class)}\n"))
        );
        string[] train =
        [
            "--members",
            "3",
            "--epochs",
            "4",
            "--threads",
            "1",
            "--precision",
            "float32",
            "--output",
            _folder.File("trained"),
        ];
        Json([_folder.File("t.csv"), .. train]);
        var own = Json(_folder.File("t.csv"), "--predictions", _folder.File("trained/probabilities.npy"), "--output", _folder.File("own"));
        var summary = own.GetProperty("summary");
        var (first, second) = (Column("trained", "selfConfidence"), Column("own", "selfConfidence"));
        Assert.Equal(first, second);
        Assert.Equal(first.Count(value => value != "NaN"), summary.GetProperty("predicted").GetInt32());
        Assert.Equal(Column("trained", "row"), Column("own", "row"));
        Assert.Equal(Column("trained", "suggested"), Column("own", "suggested"));
    }

    [Fact]
    public void Pictures_are_shown_and_met_by_their_files()
    {
        string[] files = [.. Enumerable.Range(0, 16).Select(i => $"{(i % 2 == 0 ? "cat" : "dog")}/{i}.png")];
        foreach (var (i, file) in files.Index())
        {
            PictureFiles.Write(_folder, $"pets/{file}", PictureFiles.Noise(8, 8, (uint)i));
        }

        // The last cat is a dog to the model.
        var rows = files.Select((file, i) => $"{file},{(i % 2 == 0 && i != 14 ? "0.1,0.9" : "0.9,0.1")}\n").Reverse();
        File.WriteAllText(_folder.File("p.csv"), $"file,dog,cat\n{string.Concat(rows)}");
        Json(_folder.File("pets"), "--predictions", _folder.File("p.csv"), "--output", _folder.File("out"));
        Assert.Contains("data:image/png", File.ReadAllText(_folder.File("out/report.html")), StringComparison.Ordinal);
        Assert.StartsWith("cat/14.png,,cat,", File.ReadLines(_folder.File("out/suspects.csv")).ElementAt(1), StringComparison.Ordinal);
    }

    /// <summary>Labels in a file of their own are said the same of as labels in the data, by the same words.</summary>
    [Fact]
    public void Labels_that_may_be_no_classes_are_said_to_be_so_wherever_they_stand()
    {
        const string Data = "t.csv";
        foreach (
            var (label, sign) in new (Func<int, string>, string)[]
            {
                (i => $"{18 + (i % 30)}", "the labels are 30 whole numbers from 18 to 47"),
                (i => i % 3 == 2 ? "a;b" : "ab"[i % 3].ToString(), "1 of 3 labels seems to hold several, such as \"a;b\""),
                (i => $"{i % 10}", ""),
            }
        )
        {
            string[] labels = [.. Enumerable.Range(0, 90).Select(label)];
            var classes = labels.Distinct().Count();
            var rows = Enumerable.Range(0, 90 * classes).Select(v => v / classes % classes == v % classes ? 0.6f : 0.4f / (classes - 1));
            _folder.Put("own.npy", NpyFiles.Floats([.. rows], 90, classes));
            File.WriteAllText(_folder.File("own.txt"), string.Join('\n', labels) + "\n");
            File.WriteAllText(_folder.File(Data), "x,label\n" + string.Concat(labels.Select((name, i) => $"{i % 7},{name}\n")));
            var ofFile = Notes(_folder.File("own.txt"), "--predictions", _folder.File("own.npy"), "--labels", _folder.File("own.txt"));
            var ofData = Notes(_folder.File(Data), _folder.File(Data), "--predictions", _folder.File("own.npy"));
            Assert.Equal(ofData, ofFile);
            Assert.Equal(sign.Length > 0 ? 1 : 0, ofFile.Length);
            Assert.All(ofFile, note => Assert.Contains(sign, note, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("which holds no labels; give", "--predictions p.npy")]
    [InlineData("There is nothing at", "--predictions nothing.npy --labels y.txt")]
    [InlineData("is a folder", "--predictions . --labels y.txt")]
    [InlineData("nothing.txt, expected a file", "--predictions p.npy --labels nothing.txt")]
    [InlineData("The name of a file is empty", "--predictions EMPTY --labels y.txt")]
    [InlineData("The name of a file is empty", "--predictions p.npy --labels EMPTY")]
    [InlineData("The name of a file is empty", "--dynamics EMPTY")]
    [InlineData("--budget has no meaning", "--predictions p.npy --labels y.txt --budget 1m")]
    [InlineData("--embed has no meaning", "--predictions p.npy --labels y.txt --embed resnet18")]
    [InlineData("--on has no meaning", "--predictions p.npy --labels y.txt --on slurm")]
    [InlineData("--embeddings has no meaning", "--predictions p.npy --embeddings p.npy --labels y.txt")]
    [InlineData("--examples has no meaning", "--predictions p.npy --labels y.txt --examples 5")]
    [InlineData("--measure is of training dynamics", "--predictions p.npy --labels y.txt --measure x")]
    [InlineData("none was added", "--dynamics log.csv --measure x")]
    [InlineData("have no meaning here: the log", "--dynamics log.csv --labels y.txt")]
    [InlineData("no meaning without DATA", "--dynamics log.csv --image-size 8")]
    [InlineData("which is a file", "--dynamics log.csv --output y.txt")]
    [InlineData("There are no decisions at", "--predictions p.npy --labels y.txt --decisions nothing.csv")]
    [InlineData("holds no decision", "--predictions p.npy --labels y.txt --decisions none.csv")]
    [InlineData("is of a training on the labels as they were", "--dynamics log.csv --decisions changed.csv")]
    [InlineData("one of the 3 classes", "--predictions p.npy --labels y.txt --dynamics other.csv")]
    public void A_wrong_command_line_is_answered_with_one_sentence(string part, string line)
    {
        File.WriteAllText(_folder.File("none.csv"), "file,row,decision\n");
        File.WriteAllText(_folder.File("changed.csv"), "file,row,decision,newLabel\n,0,change,0\n");
        File.WriteAllText(_folder.File("other.csv"), "id,epoch,label,logit0,logit1,logit2\n0,0,kind 9,1,2,3\n");
        string[] words =
        [
            .. line.Split(' ')
                .Select(w =>
                    w == "EMPTY" ? ""
                    : w.Contains('.', StringComparison.Ordinal) ? _folder.File(w)
                    : w
                ),
        ];
        var (code, _, error) = Command.Run(["audit", .. words, "--audits", _folder.File("audits"), "--quiet"]);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(part, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private string[] Column(string audit, string name)
    {
        var lines = File.ReadAllLines(_folder.File($"{audit}/examples.csv")).Select(line => line.Split(',')).ToArray();
        return [.. lines.Skip(1).Select(fields => fields[Array.IndexOf(lines[0], name)])];
    }

    /// <summary>What an audit says of its labels, after the name of what holds them.</summary>
    private string[] Notes(string of, params string[] line)
    {
        var (code, output, error) = Command.Run(["audit", .. line, "--audits", _folder.File("audits")]);
        Assert.True(code == ExitCode.Done, error);
        return
        [
            .. output.Split('\n').Where(text => text.StartsWith($"{of}: ", StringComparison.Ordinal)).Select(text => text[of.Length..]),
        ];
    }

    private JsonElement Json(params string[] line)
    {
        var (code, output, error) = Command.Run(["audit", .. line, "--audits", _folder.File("audits"), "--quiet", "--json"]);
        Assert.True(code == ExitCode.Done, error);
        return JsonDocument.Parse(output).RootElement;
    }
}
