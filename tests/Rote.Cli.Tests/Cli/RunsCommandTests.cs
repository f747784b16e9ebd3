using System.CommandLine;
using System.Text.Json;
using Rote.Cli;
using Rote.Cli.Commands;
using Rote.Corruptions;
using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

public sealed class RunsCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly RunStore _store;
    private bool? _answer;

    public RunsCommandTests() => _store = new RunStore(_folder.File("runs"), TimeProvider.System);

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void An_empty_store_says_how_to_fill_it()
    {
        Assert.Equal(0, Run("list"));
        Assert.Equal(
            $"There are no runs in {_store.Root}: 'rote train' and 'rote quickstart' make some, --runs names another folder.\n",
            _output.ToString()
        );
        Directory.CreateDirectory(_store.Root);
        Assert.Equal("[]", Json("list").RootElement.ToString());
    }

    [Fact]
    public void A_list_is_filtered_by_data_and_state()
    {
        var run = RunFolders.Finished(_store, RunFolders.Experiment());
        RunFolders.Interrupted(_store, RunFolders.Experiment(new RandomLabels()));
        RunFolders.Finished(_store, RunFolders.Experiment() with { Engine = 0 });
        Directory.CreateDirectory(Path.Combine(_store.Root, "foreign"));
        Assert.Equal(4, Json("list").RootElement.GetArrayLength());
        Assert.Equal(3, Json("list", "--data", "CIFAR10").RootElement.GetArrayLength());
        Assert.Equal(0, Json("list", "--data", "mnist").RootElement.GetArrayLength());
        Assert.Equal(2, Json("list", "--state", "finished").RootElement.GetArrayLength());
        Assert.Equal("foreign", Json("list", "--state", "Damaged").RootElement[0].GetProperty("name").GetString());
        Assert.True(Json("list", "--state", "stale").RootElement[0].GetProperty("isStale").GetBoolean());
        var found = Json("list", "--state", "finished", "--data", "cifar10")
            .RootElement.EnumerateArray()
            .First(r => r.GetProperty("folder").GetString() == run);
        Assert.Equal(
            (0.5, 500),
            (
                found.GetProperty("testAccuracy").GetProperty("value").GetDouble(),
                found.GetProperty("testAccuracy").GetProperty("samples").GetInt32()
            )
        );
    }

    [Fact]
    public void A_list_says_what_is_wrong_and_what_is_there()
    {
        RunFolders.Finished(_store, RunFolders.Experiment() with { Engine = 0 });
        Directory.CreateDirectory(Path.Combine(_store.Root, "foreign"));
        Run("list");
        Assert.Contains("\nforeign: It is damaged: it has no experiment.json.\n", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            $": It is stale: engine 0 trained it, this is engine {Engine.Current}",
            _output.ToString(),
            StringComparison.Ordinal
        );
        _output.GetStringBuilder().Clear();
        Run("list", "--data", "mnist");
        Assert.EndsWith(" is of that kind; they are finished, damaged, on cifar10.\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Show_is_for_people_and_for_programs_and_writes_a_page()
    {
        RunFolders.Finished(_store, RunFolders.Experiment());
        var page = _folder.File("run.html");
        var shown = Json("show", "true-labels", "--report", page).RootElement;
        Assert.Equal(5, shown.GetProperty("history").GetArrayLength());
        Assert.Equal(page, shown.GetProperty("report").GetString());
        Assert.True(File.Exists(page));
        Run("show", "true-labels");
        Assert.Contains(
            "50.0 % ± 2.2 (± binomial): 250 of 500 examples get their true label",
            _output.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Compare_is_for_people_and_for_programs_and_writes_a_page()
    {
        RunFolders.Finished(_store, RunFolders.Experiment());
        RunFolders.Finished(_store, RunFolders.Experiment(new RandomLabels()), testCorrect: 50);
        var page = _folder.File("runs.html");
        var compared = Json("compare", "true", "random", "--report", page).RootElement;
        Assert.Equal("corruption", compared.GetProperty("difference").GetProperty("thing").GetString());
        Assert.Equal("examples", compared.GetProperty("groups")[0].GetProperty("errorOf").GetString());
        Assert.Equal("corruption.kind", compared.GetProperty("differences")[0].GetProperty("path").GetString());
        Assert.True(File.Exists(page));
        Run("compare", "true", "random");
        Assert.Contains("test accuracy −40.0 ± 2.6 points", _output.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_removed_without_a_yes()
    {
        var folder = RunFolders.Finished(_store, RunFolders.Experiment());
        Assert.Contains("--yes", Assert.Throws<InputException>(() => Run("remove", "true")).Message, StringComparison.Ordinal);
        _answer = false;
        Assert.Equal(0, Run("remove", "true"));
        Assert.EndsWith("Nothing is removed.\n", _output.ToString(), StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder));
        _answer = true;
        Assert.Equal(0, Run("remove", "true"));
        Assert.EndsWith($"Removed 1 run, {Size} bytes.\n", _output.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void One_that_cannot_be_removed_keeps_them_all()
    {
        var folder = RunFolders.Finished(_store, RunFolders.Experiment());
        Directory.CreateDirectory(Path.Combine(_store.Root, "foreign"));
        Assert.Contains(
            "not surely a run",
            Assert.Throws<InputException>(() => Run("remove", "true", "foreign", "--yes")).Message,
            StringComparison.Ordinal
        );
        Assert.True(Directory.Exists(folder));
        Assert.Equal(1, Json("remove", "true", "true-labels", "--yes").RootElement.GetProperty("removed").GetArrayLength());
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("There is no state \"done\"", "list", "--state", "done")]
    [InlineData("is no folder's name", "list", "--runs", "")]
    [InlineData("holds none", "show", "x")]
    [InlineData("is no run's name", "show", "")]
    [InlineData("two runs or more", "compare", "true")]
    [InlineData("expected a file's name", "show", "true", "--report", "")]
    [InlineData("which is a folder", "show", "true", "--report", "/")]
    public void Wrong_input_is_one_sentence(string part, params string[] arguments)
    {
        if (arguments.Contains("true"))
        {
            RunFolders.Finished(_store, RunFolders.Experiment());
        }

        Assert.Contains(part, Assert.Throws<InputException>(() => Run(arguments)).Message, StringComparison.Ordinal);
    }

    private string Size => _output.ToString().Split(" bytes")[^2].Split(' ')[^1];

    private JsonDocument Json(params string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        Assert.Equal(0, Run([.. arguments, "--json"]));
        var document = JsonDocument.Parse(_output.ToString());
        _output.GetStringBuilder().Clear();
        return document;
    }

    private int Run(params string[] arguments)
    {
        var command = new RootCommand { RunsCommand.Create((_, _) => _answer), GlobalOptions.Json, GlobalOptions.Quiet };
        string[] store = arguments.Contains("--runs") ? [] : ["--runs", _store.Root];
        var before = _output.GetStringBuilder().Length;
        var code = command
            .Parse(["runs", .. arguments, .. store])
            .Invoke(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    Output = _output,
                    Error = TextWriter.Null,
                }
            );
        DocumentCheck.Of(["runs", .. arguments], _output.ToString()[before..]);
        return code;
    }
}
