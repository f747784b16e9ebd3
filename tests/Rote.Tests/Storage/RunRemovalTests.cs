using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Storage;

public sealed class RunRemovalTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public RunRemovalTests() => _store = new RunStore(_folder.File("runs"), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_removed_run_is_gone_and_the_others_stay()
    {
        var (one, other) = (
            RunFolders.Finished(_store, RunFolders.Experiment()),
            RunFolders.Finished(_store, RunFolders.Experiment(seed: 2))
        );
        _store.Remove(_store.Get(one));
        Assert.Equal([other], Directory.GetFileSystemEntries(_store.Root));
    }

    [Fact]
    public void A_run_in_use_stays()
    {
        var folder = RunFolders.Interrupted(_store, RunFolders.Experiment());
        var run = _store.Get(folder);
        using (_store.Open(RunFolders.Experiment()))
        {
            var message = Refusal<BusyException>(run);
            Assert.StartsWith("A process works on", message, StringComparison.Ordinal);
            Assert.EndsWith("; stop it first.", message, StringComparison.Ordinal);
        }

        _store.Remove(run);
        Assert.Empty(Directory.GetFileSystemEntries(_store.Root));
    }

    [Theory]
    [InlineData("notes")]
    [InlineData("0123456789abcdef")]
    [InlineData("0123456789ABC-cifar10")]
    public void What_is_not_surely_a_run_stays(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_store.Root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, RunFiles.Experiment), "{}");
        Assert.Contains("is not surely a run", Refusal(_store.Get(folder)), StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public void A_run_elsewhere_stays()
    {
        var store = new RunStore(_folder.File("other"), TimeProvider.System);
        var folder = RunFolders.Finished(store, RunFolders.Experiment());
        Assert.Contains("does not lie in", Refusal(_store.Get(folder)), StringComparison.Ordinal);
        Assert.Contains(
            "does not lie in",
            Refusal(_store.Get(Path.Combine(_store.Root, "..", "other", Path.GetFileName(folder)))),
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(Path.Combine(folder, RunFiles.Summary)));
    }

    [Fact]
    public void A_link_is_not_followed_out_of_the_store()
    {
        var elsewhere = new RunStore(_folder.File("other"), TimeProvider.System);
        var target = RunFolders.Finished(elsewhere, RunFolders.Experiment());
        Directory.CreateDirectory(_store.Root);
        var link = Path.Combine(_store.Root, Path.GetFileName(target));
        Directory.CreateSymbolicLink(link, target);
        Assert.Contains("is a link", Refusal(_store.Get(link)), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(target, RunFiles.Summary)));
    }

    [Fact]
    public void A_link_inside_a_run_is_removed_without_what_it_leads_to()
    {
        var kept = Directory.CreateDirectory(_folder.File("kept")).FullName;
        File.WriteAllText(Path.Combine(kept, "precious.txt"), "");
        var folder = RunFolders.Finished(_store, RunFolders.Experiment());
        Directory.CreateSymbolicLink(Path.Combine(folder, "logs"), kept);
        var run = _store.Get(folder);
        Assert.DoesNotContain(run.Files(), file => file.Name.Contains("precious", StringComparison.Ordinal));
        _store.Remove(run);
        Assert.False(Directory.Exists(folder));
        Assert.True(File.Exists(Path.Combine(kept, "precious.txt")));
    }

    [Fact]
    public void What_a_kill_left_of_a_removal_is_hidden_and_swept_away_by_the_next()
    {
        var (one, other) = (
            RunFolders.Finished(_store, RunFolders.Experiment()),
            RunFolders.Finished(_store, RunFolders.Experiment(seed: 2))
        );
        Directory.Move(one, Path.Combine(_store.Root, $".removed-{Path.GetFileName(one)}"));
        Assert.Equal(other, Assert.Single(_store.All()).Folder);

        // The same experiment was trained again meanwhile: its name is taken by what is left.
        RunFolders.Finished(_store, RunFolders.Experiment());
        _store.Remove(_store.Get(one));
        Assert.Equal([other], Directory.GetFileSystemEntries(_store.Root));
    }

    [Fact]
    public void A_store_that_cannot_be_changed_is_one_sentence()
    {
        using var disk = new Tmpfs(1000);
        var store = new RunStore(disk.Path, TimeProvider.System);
        var run = store.Get(RunFolders.Finished(store, RunFolders.Experiment()));
        disk.MakeReadOnly();
        Assert.StartsWith("Cannot ", Assert.Throws<MachineException>(() => store.Remove(run)).Message, StringComparison.Ordinal);
        Assert.Equal(RunState.Finished, Assert.Single(store.All()).State);
    }

    private string Refusal(StoredRun run) => Refusal<InputException>(run);

    private string Refusal<T>(StoredRun run)
        where T : RoteException
    {
        var message = Assert.Throws<T>(() => _store.RequireRemovable(run)).Message;
        Assert.Equal(message, Assert.Throws<T>(() => _store.Remove(run)).Message);
        return message;
    }
}
