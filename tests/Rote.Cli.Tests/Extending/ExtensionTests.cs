using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json;
using Extending;
using Rote.Cli;
using Rote.Measurement;
using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Extending;

/// <summary>What another assembly adds works by name as what is built in. Each test is a process of its own: what is added to one stays in
/// it.</summary>
public sealed class ExtensionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static string Dll => typeof(Extension).Assembly.Location;

    private string Runs => _folder.File("runs");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_added_takes_one_file_and_one_line()
    {
        var sample = Path.Combine(Repository.Root, "samples", "Extending");
        var files = Directory.GetFiles(sample, "*.cs").Select(Path.GetFileNameWithoutExtension).Where(name => name != nameof(Extension));
        var lines = File.ReadLines(Path.Combine(sample, "Extension.cs"))
            .Where(line => line.Contains("Register(\"") || line.Contains("Register(new"));
        Assert.Equal(8, files.Count());
        Assert.Equal(8, lines.Count());
        Assert.All(files, name => Assert.Single(lines, line => line.Contains($"new {name}(") || line.Contains($"new {name} ")));
    }

    [Fact]
    public void A_training_of_all_that_is_added_is_a_run_with_an_identity_that_is_found_again()
    {
        string[] line =
        [
            "train",
            "shapes",
            "--network",
            "tiny-conv",
            "--loss",
            "mae",
            "--corruption",
            "occlusion=4",
            "--schedule",
            "warm-restarts=2",
            "--optimizer",
            "lion",
            "--learning-rate",
            "0.001",
            "--examples",
            "200",
            "--test-examples",
            "50",
            "--epochs",
            "2",
            "--threads",
            "1",
            "--runs",
            Runs,
        ];
        Done(line);
        var folder = Assert.Single(Directory.GetDirectories(Runs));
        var written = File.ReadAllText(Path.Combine(folder, RunFiles.Experiment));
        foreach (
            var part in new[]
            {
                "\"kind\": \"tiny-conv\"",
                "\"kind\": \"mae\"",
                "\"side\": 4",
                "\"kind\": \"warm-restarts\"",
                "\"kind\": \"lion\"",
            }
        )
        {
            Assert.Contains(part, written, StringComparison.Ordinal);
        }

        var before = File.GetLastWriteTimeUtc(Path.Combine(folder, RunFiles.Summary));
        Done(line);
        Assert.Equal(folder, Assert.Single(Directory.GetDirectories(Runs)));
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(folder, RunFiles.Summary)));
        Assert.Contains(
            "tiny convolutional network",
            Done("runs", "show", Path.GetFileName(folder)[..12], "--runs", Runs),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_run_of_an_extension_that_is_not_loaded_is_not_called_damaged()
    {
        Done(
            "train",
            "shapes",
            "--network",
            "tiny-conv",
            "--examples",
            "60",
            "--test-examples",
            "20",
            "--epochs",
            "1",
            "--threads",
            "1",
            "--runs",
            Runs
        );
        var name = Path.GetFileName(Assert.Single(Directory.GetDirectories(Runs)));
        var (code, output, _) = Command.Start("runs", "list", "--runs", Runs);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("foreign", output, StringComparison.Ordinal);
        Assert.Contains(
            "It cannot be read here: its experiment has a 'tiny-conv', which an extension or a newer Rote adds; load the extension",
            output,
            StringComparison.Ordinal
        );
        var (refused, _, error) = Command.Start("evaluate", name, "--runs", Runs);
        Assert.Equal(ExitCode.WrongInput, refused);
        Assert.DoesNotContain("emove", error, StringComparison.Ordinal);
        Assert.Contains("; load the extension (--extension FILE.dll)", error, StringComparison.Ordinal);
        Assert.Contains("20", Done("evaluate", name, "shapes", "--runs", Runs), StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_that_was_built_against_another_Rote_is_built_again()
    {
        var path = Foreign(_folder.File("Foreign.dll"));
        var (code, _, error) = Command.Start("train", "--help", "--extension", path);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(" was built against another version of Rote; build it again (", error, StringComparison.Ordinal);
        Assert.Contains("tiny-conv", Done("train", "--help"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_audit_takes_an_added_measure_and_an_added_network()
    {
        Done(
            "audit",
            "shapes",
            "--network",
            "tiny-conv",
            "--measure",
            "last-wrong",
            "--examples",
            "100",
            "--members",
            "2",
            "--epochs",
            "2",
            "--budget",
            "5m",
            "--audits",
            _folder.File("audits"),
            "--output",
            _folder.File("out")
        );
        Assert.Contains("lastWrong", File.ReadLines(Path.Combine(_folder.File("out"), "examples.csv")).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_measure_with_a_name_that_is_taken_is_refused_and_one_with_names_of_its_own_is_added()
    {
        static IExampleMeasure Create(int examples, int epochs) => new LastWrong(examples);
        var taken = Assert.Throws<ArgumentException>(() => MeasureCatalog.Register(new("last", [new("aum", 1)], Create)));
        Assert.Contains("; choose names of their own.", taken.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("last", MeasureCatalog.Names);

        // What is added stays in its process, so another one adds the sample's, whose names are its own.
        Assert.Contains("; the only one is last-wrong", Wrong("audit", "shapes", "--measure", "nothing-alike"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_format_is_read_by_its_ending()
    {
        File.WriteAllLines(_folder.File("d.svm"), Enumerable.Range(0, 60).Select(i => $"{(i % 2 == 0 ? "+1" : "-1")} 1:{i % 2} 3:{i % 7}"));
        Done("train", _folder.File("d.svm"), "--network", "mlp-8", "--epochs", "2", "--threads", "1", "--runs", Runs);
    }

    [Fact]
    public void A_study_is_run_claim_by_claim()
    {
        Done("reproduce", "fit", "--workers", "1", "--runs", Runs, "--report", _folder.File("fit.html"), "--quiet");
        using var ledger = JsonDocument.Parse(File.ReadAllText(_folder.File("fit.json")));
        Assert.Equal("fit", ledger.RootElement.GetProperty("study").GetString());
        Assert.Equal(1, ledger.RootElement.GetProperty("reproduced").GetInt32());
    }

    [Fact]
    public void Worker_processes_know_what_was_added()
    {
        Done(
            "train",
            "shapes",
            "--network",
            "tiny-conv",
            "--loss",
            "mae",
            "--examples",
            "100",
            "--test-examples",
            "20",
            "--epochs",
            "1",
            "--seeds",
            "2",
            "--workers",
            "2",
            "--runs",
            Runs
        );
        Assert.Equal(2, Directory.GetDirectories(Runs).Length);
    }

    [Fact]
    public void Help_and_messages_name_what_was_added()
    {
        Assert.Contains("tiny-conv", Done("train", "--help"), StringComparison.Ordinal);
        Assert.Contains("did you mean tiny-conv?", Wrong("train", "shapes", "--network", "tiny-cnv"), StringComparison.Ordinal);
        Assert.Contains(
            "There is no measure \"last\"; did you mean last-wrong?",
            Wrong("audit", "shapes", "--measure", "last"),
            StringComparison.Ordinal
        );
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

    /// <summary>An extension whose class derives from one that this Rote does not have.</summary>
    private static string Foreign(string path)
    {
        var rote = AssemblyBuilder.DefineDynamicAssembly(typeof(Flow).Assembly.GetName(), AssemblyBuilderAccess.RunAndCollect);
        var gone = rote.DefineDynamicModule("Rote").DefineType("Rote.Gone", TypeAttributes.Public | TypeAttributes.Class).CreateType();
        var extension = new PersistedAssemblyBuilder(new AssemblyName("Foreign"), typeof(object).Assembly);
        extension.DefineDynamicModule("Foreign").DefineType("Foreign", TypeAttributes.Public | TypeAttributes.Class, gone).CreateType();
        extension.Save(path);
        return path;
    }

    private static string Done(params string[] line)
    {
        var (code, output, error) = Command.Start([.. line, "--extension", Dll]);
        Assert.True(code == ExitCode.Done, error + output);
        return output;
    }

    private static string Wrong(params string[] line)
    {
        var (code, _, error) = Command.Start([.. line, "--extension", Dll]);
        Assert.Equal(ExitCode.WrongInput, code);
        return error;
    }
}
