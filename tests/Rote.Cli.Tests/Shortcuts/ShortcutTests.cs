using System.Text.Json;
using Rote.Audits;
using Rote.Audits.Shown;
using Rote.Evaluation;
using Rote.Shortcuts;
using Rote.Tests.Support;

namespace Rote.Tests.Shortcuts;

/// <summary>The three calls do what the commands do: a run of the one is found by the other.</summary>
[NoTensorLeaks]
public sealed class ShortcutTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ShortcutTests()
    {
        var rows = Vectors.Rows(240, 2, seed: 1).Select(r => $"{r.Features[0]},{r.Features[1]},{r.Class}\n");
        File.WriteAllText(Table, "size,weight,label\n" + string.Concat(rows));
    }

    private string Table => _folder.File("table.csv");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(0.2)]
    public void A_network_that_the_command_trained_is_found(double? memorize)
    {
        var path = memorize is null ? Table : Larger();
        string[] dial = memorize is { } degree ? ["--memorize", $"{degree}"] : [];
        var (code, output, error) = Command.Run([
            "train",
            path,
            "--network",
            "mlp-1x16",
            "--epochs",
            "2",
            "--threads",
            "1",
            "--runs",
            _folder.File("runs"),
            "--quiet",
            "--json",
            .. dial,
        ]);
        Assert.True(code == 0, error);
        var run = Shortcut.Train(
            path,
            new TrainOptions
            {
                Network = "mlp-1x16",
                Epochs = 2,
                Threads = 1,
                Memorize = memorize,
                Runs = _folder.File("runs"),
            }
        );
        Assert.Equal(JsonDocument.Parse(output).RootElement.GetProperty("run").GetString(), run.Folder);
        Assert.Single(Directory.GetDirectories(_folder.File("runs"), "*-table*"));
    }

    [Fact]
    public void Pictures_are_trained_on_as_the_command_does()
    {
        var photos = _folder.File("photos");
        for (var i = 0; i < 40; i++)
        {
            PictureFiles.Write(_folder, $"photos/{"ab"[i % 2]}/{i}.png", PictureFiles.Noise(10, 10, (uint)i));
        }

        var (code, output, error) = Command.Run([
            "train",
            photos,
            "--epochs",
            "1",
            "--threads",
            "1",
            "--examples",
            "20",
            "--runs",
            _folder.File("runs"),
            "--quiet",
            "--json",
        ]);
        Assert.True(code == 0, error);
        var run = Shortcut.Train(
            photos,
            new TrainOptions
            {
                Epochs = 1,
                Threads = 1,
                Examples = 20,
                Runs = _folder.File("runs"),
            }
        );
        Assert.Equal(JsonDocument.Parse(output).RootElement.GetProperty("run").GetString(), run.Folder);
        Assert.Equal(run.Summary.TestAccuracy(), Shortcut.Evaluate(run, photos).Summary.Accuracy);
    }

    [Fact]
    public void An_audit_is_that_of_the_command_and_a_network_is_evaluated()
    {
        var (code, output, error) = Command.Run([
            "audit",
            Table,
            "--members",
            "2",
            "--embed",
            "none",
            "--audits",
            _folder.File("audits"),
            "--quiet",
            "--json",
        ]);
        Assert.True(code == 0, error);
        var audit = Shortcut.Audit(
            Table,
            new AuditOptions
            {
                Budget = new AuditBudget { Members = 2 },
                Audits = _folder.File("audits"),
            }
        );
        Assert.Equal(JsonDocument.Parse(output).RootElement.GetProperty("folder").GetString(), audit.Folder);
        Assert.Equal((240, true), (audit.Suspects.Count, File.Exists(audit.Page)));
        Assert.Equal(
            audit.Suspects.OrderByDescending(s => s.WrongProbability).Select(s => s.WrongProbability),
            audit.Suspects.Select(s => s.WrongProbability)
        );
        Assert.All(audit.Suspects, suspect => Assert.Matches(@"^table\.csv\[\d+\]$", suspect.Name));
        Assert.DoesNotContain("class=\"fields\"", File.ReadAllText(audit.Page), StringComparison.Ordinal);
        var shown = Shortcut.Audit(
            Table,
            new AuditOptions
            {
                Budget = new AuditBudget { Members = 2 },
                Audits = _folder.File("audits"),
                Show = new ShownSettings { Columns = ["1"] },
            }
        );
        Assert.Equal(audit.Folder, shown.Folder);
        Assert.Equal(audit.Suspects, shown.Suspects);
        Assert.Contains("class=\"fields\"", File.ReadAllText(shown.Page), StringComparison.Ordinal);

        var run = Shortcut.Train(
            Table,
            new TrainOptions
            {
                Network = "linear",
                Epochs = 2,
                Threads = 1,
                Runs = _folder.File("runs"),
            }
        );
        Assert.Equal(48, Shortcut.Evaluate(run, Table).Summary.Accuracy.Samples);
        Assert.Equal(192, Shortcut.Evaluate(run, Table, EvaluationPart.Train).Summary.Accuracy.Samples);
    }

    [Fact]
    public void What_is_wrong_is_said_in_one_sentence()
    {
        Assert.Throws<InputException>(() => Shortcut.Train(_folder.File("nowhere.csv")));
        Assert.Throws<InputException>(() => Shortcut.Train(Table, new TrainOptions { Network = "resnt" }));
        Assert.Throws<InputException>(() => Shortcut.Audit(Table, new AuditOptions { Network = "resnt" }));
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Shortcut.Train(Table, cancel: stopped.Token));
    }

    private string Larger()
    {
        var rows = Vectors.Rows(800, 2, seed: 2).Select(r => $"{r.Features[0]},{r.Features[1]},{r.Class}\n");
        File.WriteAllText(_folder.File("table-larger.csv"), "size,weight,label\n" + string.Concat(rows));
        return _folder.File("table-larger.csv");
    }
}
