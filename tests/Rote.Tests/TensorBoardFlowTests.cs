using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Schedules;

namespace Rote.Tests;

/// <summary>Event files beside whole runs: they follow the run, and change nothing of it.</summary>
[NoTensorLeaks]
public sealed class TensorBoardFlowTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _data = Samples.Learnable(100, 50);

    private static Experiment Sample =>
        new()
        {
            Data = new DataSpec { Name = "sample" },
            Network = new Mlp { Hidden = [8] },
            Recipe = new Recipe
            {
                Epochs = 4,
                BatchSize = 32,
                EvaluateEvery = 2,
                Precision = Precision.Float32,
            },
            Threads = 1,
        };

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_event_file_holds_the_runs_history()
    {
        var run = Train(Store("a", tensorBoard: true));
        var events = EventFile.Read(FileOf(run)).Skip(1).ToArray();
        Assert.Equal(run.History.Select(m => (long)m.Epoch), events.Select(e => e.Step));
        Assert.Equal(
            run.History.Select(m => (float?)m.TestAccuracy),
            events.Select(e => e.Summary.Value.FirstOrDefault(v => v.Tag == "accuracy/test")?.SimpleValue)
        );
        Assert.Equal(
            run.History.Select(m => (float?)m.RunningLoss),
            events.Select(e => e.Summary.Value.FirstOrDefault(v => v.Tag == "loss/running")?.SimpleValue)
        );
    }

    [Fact]
    public void Without_being_asked_for_there_is_none_and_the_results_are_the_same()
    {
        var (without, with) = (Train(Store("a", tensorBoard: false)), Train(Store("b", tensorBoard: true)));
        Assert.False(Directory.Exists(Path.Combine(without.Folder, "tensorboard")));
        Assert.Equal(without.Summary, with.Summary);
        Assert.Equal(Path.GetFileName(without.Folder), Path.GetFileName(with.Folder));
    }

    [Fact]
    public void A_finished_run_gets_its_event_file_without_training_and_with_the_same_bytes()
    {
        var run = Train(Store("a", tensorBoard: true));
        var live = File.ReadAllBytes(FileOf(run));
        File.Delete(FileOf(run));
        Flow.Run(
            Sample,
            Store("a", tensorBoard: true),
            _ => throw new InvalidOperationException("The data of a finished run is not needed.")
        );
        Assert.Equal(live, File.ReadAllBytes(FileOf(run)));
    }

    [Fact]
    public void The_test_accuracy_of_the_epoch_that_early_stopping_keeps_is_in_it()
    {
        var experiment = Sample with
        {
            Recipe = Sample.Recipe with
            {
                Epochs = 40,
                EvaluateEvery = 1,
                LearningRate = 0.6,
                Schedule = new ConstantSchedule(),
                HoldOut = 0.3,
                Patience = 3,
                TestEvery = 1000,
            },
        };
        var run = Flow.Run(experiment, Store("a", tensorBoard: true), _ => _data);
        var tested = EventFile
            .Read(FileOf(run))
            .Where(e => e.Summary?.Value.Any(v => v.Tag == "accuracy/test") == true)
            .Select(e => e.Step);
        Assert.Equal([run.Summary.KeptEpoch!.Value], tested);
    }

    [Fact]
    public void A_resumed_run_holds_every_epoch_once()
    {
        // A kill: one epoch is in the checkpoint, two more and half a record are in the event file.
        using (var stop = new CancellationTokenSource())
        using (var folder = Store("a", tensorBoard: true).Open(Sample))
        using (
            var data = TrainingData.From(
                _data,
                null,
                Sample.Recipe,
                HeldOutRows.Draw(_data.Train.Count, Sample.Recipe.HoldOut, new Seeds(1))
            )
        )
        using (
            var state = new TrainingState(
                () => Sample.Network.Build(new TaskShape(6, 6, 1, 4), Precision.Float32, new Seeds(1)),
                Sample.Recipe
            )
        )
        {
            folder.Restore(state);
            var trainer = new Trainer(Sample.Recipe, data, new Seeds(1))
            {
                AfterEpoch = s =>
                {
                    folder.Record(s);
                    (
                        s.Epoch switch
                        {
                            1 => () => folder.Save(s),
                            3 => stop.Cancel,
                            _ => (Action)(() => { }),
                        }
                    )();
                },
            };
            Assert.Throws<OperationCanceledException>(() => trainer.Run(state, stop.Token));
        }

        var path = Path.Combine(Store("a", tensorBoard: true).FolderOf(Sample), TensorBoardLog.RelativePath);
        Assert.Equal([0, 1, 2, 3], EventFile.Read(path).Skip(1).Select(e => e.Step));
        File.AppendAllText(path, "half a record");

        Assert.Equal([0, 1, 2, 3, 4], EventFile.Read(FileOf(Train(Store("a", tensorBoard: true)))).Skip(1).Select(e => e.Step));
    }

    private RunStore Store(string name, bool tensorBoard) => new(_folder.File(name), TimeProvider.System) { TensorBoard = tensorBoard };

    private FinishedRun Train(RunStore store) => Flow.Run(Sample, store, _ => _data);

    private static string FileOf(FinishedRun run) => Path.Combine(run.Folder, TensorBoardLog.RelativePath);
}
