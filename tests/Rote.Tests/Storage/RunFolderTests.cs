using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;

namespace Rote.Tests.Storage;

[NoTensorLeaks]
public sealed class RunFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>/dev/full is a disk without space. What could not be logged was tried again when the log was closed; that failed, the first
    /// sentence was lost, and the run stayed claimed as long as the process lived.</summary>
    [Fact]
    public void A_full_disk_is_one_sentence_and_lets_the_run_go()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        var experiment = RunFolders.Experiment();
        var store = new RunStore(_folder.File("runs"), TimeProvider.System);
        var network = new Mlp { Hidden = [2] };
        using var state = new TrainingState(
            () => network.Build(new TaskShape(2, 2, 1, 2), Precision.Float32, new Seeds(1)),
            experiment.Recipe
        );
        state.Add(
            new EpochMetrics
            {
                Epoch = 1,
                LearningRate = 0.1,
                Seconds = 1,
            }
        );
        var error = Assert.Throws<MachineException>(() =>
        {
            using var run = store.Open(experiment);
            File.CreateSymbolicLink(Path.Combine(run.Path, RunFiles.Metrics), "/dev/full");
            run.Record(state);
        });
        Assert.Contains("metrics.jsonl", error.Message, StringComparison.Ordinal);
        Assert.False(store.IsBusy(experiment));
        store.Open(experiment).Dispose();
    }
}
