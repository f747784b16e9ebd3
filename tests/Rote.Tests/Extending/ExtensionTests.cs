using System.Text.Json;

using Extending;

using Rote.Cli;
using Rote.Corruptions;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Networks;
using Rote.Storage;
using Rote.Tests.Support;
using Rote.Training.Losses;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Tests.Extending;

/// <summary>What another assembly adds works by name as what is built in.</summary>
public sealed class ExtensionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ExtensionTests() => new Extension().Register();

    private static string Dll => typeof(Extension).Assembly.Location;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_of_each_family_is_found_by_name_with_its_number()
    {
        Assert.IsType<TinyConv>(NetworkCatalog.Find("tiny-conv"));
        Assert.IsType<MeanAbsoluteError>(LossCatalog.Find("mae"));
        Assert.Equal(new Occlusion { Side = 3 }, CorruptionCatalog.Find("occlusion=3"));
        Assert.Equal(new WarmRestarts { Every = 4 }, ScheduleCatalog.Find("warm-restarts=4"));
        Assert.Equal(new Lion { Beta2 = 0.5 }, OptimizerCatalog.Find("lion=0.5"));
        Assert.Contains(MeasureCatalog.Of(["last-wrong"]), measure => measure.Name == "last-wrong");
        Assert.Contains("did you mean tiny-conv?", Assert.Throws<InputException>(() => NetworkCatalog.Find("tiny-cnv")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_of_all_of_them_is_a_run_with_an_identity_that_is_found_again()
    {
        string[] line =
        [
            "train", "shapes", "--network", "tiny-conv", "--loss", "mae", "--corruption", "occlusion=4", "--schedule", "warm-restarts=2", "--optimizer", "lion",
            "--learning-rate", "0.001", "--examples", "200", "--test-examples", "50", "--epochs", "2", "--threads", "1", "--runs", _folder.File("runs"), "--extension", Dll,
        ];
        var (code, _, error) = Command.Run(line);
        Assert.Equal((ExitCode.Done, ""), (code, error));
        var run = Assert.Single(new RunStore(_folder.File("runs"), TimeProvider.System).All()).Finished();
        var written = File.ReadAllText(Path.Combine(run.Folder, "experiment.json"));
        var read = JsonSerializer.Deserialize<Experiment>(written, RoteJson.Options)!;
        Assert.Equal((run.Summary.Experiment, new Lion()), (read.Identity, read.Recipe.Optimizer));
        Assert.Contains("\"kind\": \"tiny-conv\"", written, StringComparison.Ordinal);
        Assert.Contains("\"side\": 4", written, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Command.Run(line).Code);
        Assert.Single(new RunStore(_folder.File("runs"), TimeProvider.System).All());
    }

    [Fact]
    public void An_audit_takes_an_added_measure_and_an_added_network()
    {
        var (code, _, error) = Command.Run(
            "audit", "shapes", "--network", "tiny-conv", "--measure", "last-wrong", "--examples", "100", "--members", "2", "--epochs", "2", "--budget", "5m",
            "--audits", _folder.File("audits"), "--output", _folder.File("out"));
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("lastWrong", File.ReadLines(Path.Combine(_folder.File("out"), "examples.csv")).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_is_run_claim_by_claim()
    {
        var (code, _, error) = Command.Start(
            "reproduce", "fit", "--workers", "1", "--runs", _folder.File("runs"), "--report", _folder.File("fit.html"), "--extension", Dll, "--quiet");
        Assert.True(code == ExitCode.Done, error);
        using var ledger = JsonDocument.Parse(File.ReadAllText(_folder.File("fit.json")));
        Assert.Equal("fit", ledger.RootElement.GetProperty("study").GetString());
        Assert.Equal(1, ledger.RootElement.GetProperty("reproduced").GetInt32());
    }

    [Fact]
    public void Worker_processes_know_what_was_added()
    {
        var (code, _, error) = Command.Start(
            "train", "shapes", "--network", "tiny-conv", "--loss", "mae", "--examples", "100", "--test-examples", "20", "--epochs", "1", "--seeds", "2", "--workers", "2",
            "--runs", _folder.File("runs"), "--extension", Dll);
        Assert.True(code == ExitCode.Done, error);
        Assert.Equal(2, new RunStore(_folder.File("runs"), TimeProvider.System).All().Count);
    }

    [Fact]
    public void A_name_that_is_taken_or_is_none_is_refused_and_the_same_class_again_is_not()
    {
        new Extension().Register();
        Assert.Throws<ArgumentException>(() => NetworkCatalog.Register("resnet", _ => new TinyConv()));
        Assert.Throws<ArgumentException>(() => NetworkCatalog.Register("mlp-9", _ => new TinyConv()));
        Assert.Throws<ArgumentException>(() => NetworkCatalog.Register("tiny", _ => new TinyConv()));
        Assert.Throws<ArgumentException>(() => LossCatalog.Register("gce", _ => new MeanAbsoluteError()));
        Assert.Throws<ArgumentException>(() => CorruptionCatalog.Register("random-labels", _ => new Occlusion()));
        Assert.Throws<ArgumentException>(() => ScheduleCatalog.Register("Step 2", _ => new WarmRestarts()));
        Assert.Throws<ArgumentException>(() => MeasureCatalog.Register(new MeasureEntry("other", [new MeasureColumn("aum", 0)], (n, _) => new LastWrong(n))));
        Assert.Contains("There is no measure \"last\"; did you mean last-wrong?", Command.Run("audit", "shapes", "--measure", "last").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing.dll", "There is nothing at ")]
    [InlineData("text.dll", "is no assembly that can be loaded")]
    [InlineData("Rote.dll", "adds nothing: it has no public class that implements IExtension")]
    public void A_file_that_is_no_extension_is_one_sentence(string file, string sentence)
    {
        File.WriteAllText(_folder.File("text.dll"), "text");
        var path = file == "Rote.dll" ? typeof(Flow).Assembly.Location : _folder.File(file);
        var (code, _, error) = Command.Run("doctor", "--extension", path);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }
}
