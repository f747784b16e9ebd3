using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Storage;

/// <summary>What a kill at any moment leaves in a store needs no hand.</summary>
public sealed class RunLeftoversTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RunStore _store;

    public RunLeftoversTests() => _store = new RunStore(_folder.File("runs"), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData()]
    [InlineData(RunFiles.Lock)]
    [InlineData(RunFiles.Lock, "experiment.json.4711.tmp")]
    [InlineData("manifest.json.4711.tmp")]
    public void A_folder_without_a_file_of_a_run_is_no_run_and_is_taken_over(params string[] files)
    {
        var experiment = RunFolders.Experiment();
        var left = _store.FolderOf(experiment);
        Directory.CreateDirectory(left);
        foreach (var file in files.Select(file => Path.Combine(left, file)))
        {
            File.WriteAllText(file, "");
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Assert.Empty(_store.All());
        Assert.Contains("holds none", Assert.Throws<InputException>(() => _store.Get("cifar10")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is not a run's folder: it has no experiment.json",
            Assert.Throws<InputException>(() => _store.Get(left)).Message,
            StringComparison.Ordinal
        );
        Assert.Null(_store.Find(experiment));
        using (_store.Open(experiment))
        {
            Assert.Equal(RunState.Running, Assert.Single(_store.All()).State);
        }

        Assert.DoesNotContain(Directory.GetFiles(left), file => file.EndsWith("experiment.json.4711.tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_has_just_begun_is_one()
    {
        var folder = _store.FolderOf(RunFolders.Experiment());
        using var held = RunLock.Take(folder);
        Assert.Equal(RunState.Running, Assert.Single(_store.All()).State);
    }

    [Fact]
    public void A_folder_with_anything_else_is_still_told_of()
    {
        Directory.CreateDirectory(Path.Combine(_store.Root, "foreign", "x.tmp"));
        Assert.Equal("it has no experiment.json", Assert.Single(_store.All()).Damage);
    }

    [Fact]
    public void The_checkpoint_that_a_kill_at_the_last_step_leaves_is_swept_when_the_run_is_opened_next()
    {
        var experiment = RunFolders.Experiment();
        var checkpoint = Path.Combine(RunFolders.Finished(_store, experiment), RunFiles.Checkpoint);
        File.WriteAllText(checkpoint, "left");
        Assert.NotNull(_store.Find(experiment));
        Assert.False(File.Exists(checkpoint));
    }
}
