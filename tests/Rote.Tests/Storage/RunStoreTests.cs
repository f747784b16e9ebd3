using Rote.Corruptions;
using Rote.Networks;
using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Storage;

public sealed class RunStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public RunStoreTests() => _store = new RunStore(_folder.File("runs"), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_found_by_whatever_a_user_types()
    {
        var experiment = RunFolders.Experiment(new RandomLabels());
        var folder = RunFolders.Finished(_store, experiment);
        RunFolders.Finished(_store, RunFolders.Experiment());
        string[] words =
        [
            Path.GetFileName(folder),
            experiment.Identity[..12],
            experiment.Identity[..4].ToUpperInvariant(),
            experiment.Identity[..20],
            experiment.Identity,
            "random-labels",
            "Random",
            $"  {experiment.Identity[..6]} ",
            folder,
            folder + "/",
            Path.Combine(folder, "..", Path.GetFileName(folder)),
        ];
        Assert.All(words, word => Assert.Equal(folder, _store.Get(word).Folder));
    }

    [Fact]
    public void A_run_elsewhere_is_found_by_its_path_under_any_name()
    {
        var elsewhere = _folder.File("mine");
        Directory.Move(RunFolders.Finished(_store, RunFolders.Experiment()), elsewhere);
        var run = _store.Get(elsewhere);
        Assert.Equal((RunState.Finished, elsewhere), (run.State, run.Folder));
        Assert.Equal(4, run.Finished().Summary.Epochs);
    }

    [Fact]
    public void The_beginning_of_a_name_wins_over_its_middle()
    {
        // A word of hexadecimal letters may stand in a data set's name.
        var folder = RunFolders.Finished(_store, RunFolders.Experiment());
        var digits = Path.GetFileName(folder)[..5];
        RunFolders.Finished(_store, RunFolders.Experiment() with { Data = new() { Name = $"my{digits}" } });
        Assert.Equal(folder, _store.Get(digits).Folder);
    }

    [Fact]
    public void Several_that_fit_are_listed_five_at_most()
    {
        for (var seed = 1; seed <= 7; seed++)
        {
            RunFolders.Finished(_store, RunFolders.Experiment(seed: seed));
        }

        var message = Assert.Throws<InputException>(() => _store.Get("cifar10")).Message;
        Assert.StartsWith("\"cifar10\" fits 7 runs of ", message, StringComparison.Ordinal);
        Assert.Equal(5, message.Split("-cifar10-mlp-1x512-true-labels").Length - 1);
        Assert.EndsWith(", …; type more of the name.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    [InlineData("../../../../etc")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("nothing/here")]
    [InlineData("\u001b[2Jx\n")]
    [InlineData("0123456789abcdef")]
    [InlineData("*")]
    public void Text_that_names_no_run_is_one_sentence(string text)
    {
        RunFolders.Finished(_store, RunFolders.Experiment());
        var message = Assert.Throws<InputException>(() => _store.Get(text)).Message;
        Assert.DoesNotContain(message, char.IsControl);
        Assert.True(message.Length < 600, message);
    }

    [Fact]
    public void Huge_text_is_one_short_sentence() =>
        Assert.True(Assert.Throws<InputException>(() => _store.Get(new string('x', 1_000_000))).Message.Length < 600);

    [Fact]
    public void A_typing_error_gets_the_run_that_was_meant()
    {
        var name = Path.GetFileName(RunFolders.Finished(_store, RunFolders.Experiment()));
        Assert.Contains(
            $"did you mean {name}?",
            Assert.Throws<InputException>(() => _store.Get("cifar10-mlp-1x512-true-lables")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"did you mean {name}?",
            Assert.Throws<InputException>(() => _store.Get(name[..11] + "z")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_store_that_is_not_there_has_no_runs()
    {
        Assert.Empty(_store.All());
        Assert.Contains("holds none", Assert.Throws<InputException>(() => _store.Get("x")).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_store.Root));
    }

    [Fact]
    public void A_store_that_is_a_file_is_one_sentence()
    {
        File.WriteAllText(_store.Root, "");
        Assert.Contains("is a file", Assert.Throws<InputException>(_store.All).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no folder's name",
            Assert.Throws<InputException>(() => new RunStore("", TimeProvider.System)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Runs_are_listed_by_start_then_by_name()
    {
        var late = RunFolders.Finished(_store, RunFolders.Experiment(seed: 1), started: 5);
        string[] together =
        [
            RunFolders.Finished(_store, RunFolders.Experiment(seed: 2), started: 1),
            RunFolders.Finished(_store, RunFolders.Experiment(seed: 3), started: 1),
        ];
        Directory.CreateDirectory(Path.Combine(_store.Root, "0-notes"));
        Directory.CreateDirectory(Path.Combine(_store.Root, ".hidden"));
        File.WriteAllText(Path.Combine(_store.Root, "readme.txt"), "");
        Assert.Equal(
            [.. together.Order(StringComparer.Ordinal), late, Path.Combine(_store.Root, "0-notes")],
            _store.All().Select(run => run.Folder)
        );
    }

    [Fact]
    public void A_run_of_another_engine_is_stale_and_listed()
    {
        RunFolders.Finished(_store, RunFolders.Experiment(new RandomLabels()));
        RunFolders.Finished(_store, RunFolders.Experiment() with { Engine = 0 }, started: 1);
        Assert.Equal([(RunState.Finished, false), (RunState.Finished, true)], _store.All().Select(run => (run.State, run.IsStale)));
    }

    [Fact]
    public void The_state_of_a_run_is_that_of_its_lock_and_its_summary()
    {
        var experiment = RunFolders.Experiment();
        var folder = RunFolders.Interrupted(_store, experiment);
        Assert.Equal(RunState.Interrupted, _store.Get(folder).State);
        Assert.Contains(
            "was interrupted",
            Assert.Throws<InputException>(() => _store.Get(folder).Finished()).Message,
            StringComparison.Ordinal
        );
        using (_store.Open(experiment))
        {
            Assert.Equal(RunState.Running, Assert.Single(_store.All()).State);
            Assert.Contains(
                "a process works on it",
                Assert.Throws<BusyException>(() => _store.Get(folder).Finished()).Message,
                StringComparison.Ordinal
            );
        }

        Assert.Equal(RunState.Interrupted, _store.Get(folder).State);
    }

    [Fact]
    public void Looking_makes_no_lock_and_takes_none()
    {
        var experiment = RunFolders.Experiment();
        var folder = RunFolders.Interrupted(_store, experiment);
        File.Delete(Path.Combine(folder, RunFiles.Lock));
        Assert.Equal(RunState.Interrupted, _store.Get(folder).State);
        Assert.False(File.Exists(Path.Combine(folder, RunFiles.Lock)));
        using var mine = _store.Open(experiment);
        _store.All();
        Assert.Throws<BusyException>(() => _store.Open(experiment));
    }

    [Fact]
    public void A_look_at_the_wrong_moment_does_not_turn_a_run_away()
    {
        var folder = RunFolders.Interrupted(_store, RunFolders.Experiment());
        var look = new FileStream(Path.Combine(folder, RunFiles.Lock), FileMode.Open, FileAccess.Read, FileShare.Read);
        using var ends = new Timer(_ => look.Dispose(), null, dueTime: 100, period: Timeout.Infinite);
        _store.Open(RunFolders.Experiment()).Dispose();
        look.Dispose();
    }

    [Fact]
    public void A_run_that_has_only_just_begun_is_running()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_store.Root, "123456789abc-x-y-z")).FullName;
        using var held = RunLock.Take(folder);
        Assert.Equal((RunState.Running, null), (_store.Get(folder).State, _store.Get(folder).Damage));
    }

    [Fact]
    public void The_network_of_a_run_is_read_back() =>
        Assert.Equal([512], ((Mlp)_store.Get(RunFolders.Finished(_store, RunFolders.Experiment())).Experiment!.Network).Hidden);
}
