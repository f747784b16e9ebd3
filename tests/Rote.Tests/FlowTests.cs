using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Tests;

[NoTensorLeaks]
public sealed class FlowTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _data = Samples.Learnable(300, 100);

    private static Experiment Sample =>
        new()
        {
            Data = new DataSpec
            {
                Name = "sample",
                Examples = 200,
                CropSide = 28,
            },
            Corruption = new PartiallyCorruptedLabels { Probability = 0.3 },
            Network = new Mlp { Hidden = [16] },
            Recipe = new Recipe
            {
                Epochs = 6,
                BatchSize = 32,
                Precision = Precision.BFloat16,
            },
            Threads = 1,
        };

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_same_experiment_gives_the_same_bits()
    {
        var (first, second) = (Train(Sample, "a"), Train(Sample, "b"));
        Assert.Equal(ResultFiles(first), ResultFiles(second));
        Assert.Equal(200, first.Summary.TrainCount);
        Assert.NotEqual(first.Summary.WeightsSha256, Train(Sample with { Seed = 2 }, "a").Summary.WeightsSha256);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    public void The_summary_tells_changed_labels_apart(double holdOut)
    {
        var run = Train(Sample with { Recipe = Sample.Recipe with { HoldOut = holdOut } }, "a");
        var (summary, last) = (run.Summary, run.History[^1]);
        Assert.InRange(summary.ChangedCount!.Value, 1, summary.TrainCount - 1);
        Assert.Equal(
            (last.CleanAccuracy, last.MemorizedShare, last.RecoveredShare),
            (summary.CleanAccuracy()?.Value, summary.MemorizedShare()?.Value, summary.RecoveredShare()?.Value)
        );
        var whole = Train(Sample with { Corruption = new TrueLabels() }, "a");
        Assert.DoesNotContain("changedCount", ResultFiles(whole).Summary, StringComparison.Ordinal);
        Assert.All(whole.History, epoch => Assert.Null(epoch.CleanAccuracy));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_is_refused_leaves_no_folder_unless_epochs_lie_there(bool hasEpochs)
    {
        // Whole images leave no room for a window: that is known only when the data is read.
        var refused = Sample with
        {
            Data = new DataSpec { Name = "sample" },
            Recipe = Sample.Recipe with { Augmentation = new Augmentation { CropPadding = 0 } },
        };
        var store = Store("a");
        if (hasEpochs)
        {
            using var folder = store.Open(refused);
            File.WriteAllText(Path.Combine(folder.Path, RunFiles.Metrics), "{}\n");
        }

        var error = Assert.Throws<InputException>(() => Flow.Run(refused, store, _ => _data));
        Assert.Contains("no room for random crops", error.Message, StringComparison.Ordinal);
        Assert.Equal(hasEpochs ? 1 : 0, Directory.GetDirectories(store.Root).Length);
    }

    [Fact]
    public void A_finished_run_is_returned_not_trained_again()
    {
        Train(Sample, "a");
        var again = Flow.Run(Sample, Store("a"), _ => throw new InvalidOperationException("The data of a finished run is not needed."));
        Assert.Equal(6, again.Summary.Epochs);
        Assert.Equal(7, again.History.Count);
    }

    /// <summary>Everything that has a state or draws random numbers.</summary>
    private static Experiment Full =>
        Sample with
        {
            Data = Sample.Data with { CropSide = 5 },
            Network = new Mlp { Hidden = [16], Dropout = 0.3 },
            Recipe = new Recipe
            {
                Epochs = 6,
                BatchSize = 32,
                Schedule = new OneCycleSchedule(),
                Nesterov = true,
                WeightDecay = 1e-3,
                ClipNorm = 1,
                LabelSmoothing = 0.1,
                Augmentation = new Augmentation
                {
                    CropPadding = 0,
                    HorizontalFlip = true,
                    RotationDegrees = 10,
                    Color = 0.5,
                },
                AverageDecay = 0.9,
                HoldOut = 0.2,
                Patience = 5,
                TestEvery = 4,
            },
        };

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(5, false)]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(2, false, true)]
    [InlineData(4, true, true)]
    public void A_resumed_run_ends_with_the_bits_of_an_uninterrupted_one(int stopAfter, bool full, bool adam = false)
    {
        var experiment = full ? Full : Sample;
        experiment = adam
            ? experiment with
            {
                Recipe = experiment.Recipe with { Optimizer = new Adam(), LearningRate = 0.01 },
            }
            : experiment;
        var whole = Train(experiment, "whole");
        Interrupt("cut", stopAfter, experiment);
        var resumed = Train(experiment, "cut");
        Assert.Equal(ResultFiles(whole), ResultFiles(resumed));
        Assert.Equal(whole.History.Select(m => m with { Seconds = 0 }), resumed.History.Select(m => m with { Seconds = 0 }));
        Assert.NotNull(
            RunFiles
                .ReadLines<EpochMetrics>(Path.Combine(whole.Folder, RunFiles.Metrics))
                .Single(m => m.Epoch == (whole.Summary.KeptEpoch ?? 6))
                .TestAccuracy
        );
        Assert.Contains("\"sessions\": 2", File.ReadAllText(Path.Combine(resumed.Folder, "manifest.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Random_windows_of_the_whole_image_are_taken_when_the_network_sees_a_part()
    {
        var experiment = Sample with
        {
            Data = Sample.Data with { CropSide = 4 },
            Recipe = Sample.Recipe with { Augmentation = new Augmentation { CropPadding = 0 } },
        };
        Assert.Equal(7, Train(experiment, "a").History.Count);
        var whole = Sample with { Recipe = Sample.Recipe with { Augmentation = new Augmentation { CropPadding = 0 } } };
        Assert.Contains("no room", Assert.Throws<InputException>(() => Train(whole, "a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_optimizer_is_refused_whatever_it_says_of_itself()
    {
        var adam = Sample with { Recipe = Sample.Recipe with { Optimizer = new Adam() } };
        Interrupt("cut", 2);
        var bytes = File.ReadAllBytes(Path.Combine(Store("cut").FolderOf(Sample), "checkpoint.safetensors"));
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Sample.Identity));
        var folder = Directory.CreateDirectory(Store("cut").FolderOf(adam)).FullName;
        File.WriteAllBytes(Path.Combine(folder, "checkpoint.safetensors"), bytes);
        Assert.Contains(
            "belongs to another experiment",
            Assert.Throws<InputException>(() => Train(adam, "cut")).Message,
            StringComparison.Ordinal
        );

        System.Text.Encoding.UTF8.GetBytes(adam.Identity).CopyTo(bytes, at);
        File.WriteAllBytes(Path.Combine(folder, "checkpoint.safetensors"), bytes);
        Assert.Contains("lacks 'optimizer.", Assert.Throws<InputException>(() => Train(adam, "cut")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_a_checkpoint_begins_anew()
    {
        var whole = Train(Sample, "whole");
        var folder = Store("cut").FolderOf(Sample);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "metrics.jsonl"), "{\"epoch\":0,\"half a li");
        Assert.Equal(ResultFiles(whole), ResultFiles(Train(Sample, "cut")));
    }

    [Fact]
    public void A_resumed_run_sweeps_away_what_a_kill_left_of_a_checkpoint()
    {
        Interrupt("cut", 3);
        var half = Path.Combine(Store("cut").FolderOf(Sample), "checkpoint.safetensors.123456.tmp");
        File.WriteAllText(half, "half a checkp");
        File.SetLastWriteTimeUtc(half, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Train(Sample, "cut");
        Assert.False(File.Exists(half));
    }

    [Fact]
    public void A_damaged_checkpoint_is_named()
    {
        Interrupt("cut", 3);
        var checkpoint = Path.Combine(Store("cut").FolderOf(Sample), "checkpoint.safetensors");
        var bytes = File.ReadAllBytes(checkpoint);
        bytes[^5] ^= 1;
        File.WriteAllBytes(checkpoint, bytes);
        var message = Assert.Throws<InputException>(() => Train(Sample, "cut")).Message;
        Assert.Contains(checkpoint, message, StringComparison.Ordinal);
        Assert.EndsWith("; remove the run's folder to train again.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_whose_history_is_damaged_is_named()
    {
        Interrupt("cut", 3);
        var checkpoint = Path.Combine(Store("cut").FolderOf(Sample), "checkpoint.safetensors");
        var bytes = File.ReadAllBytes(checkpoint);
        var at = bytes.AsSpan().IndexOf("trainAccuracy"u8);
        bytes[at] = (byte)'x'; // in the header, which the checksum of the data does not cover
        File.WriteAllBytes(checkpoint, bytes);
        var message = Assert.Throws<InputException>(() => Train(Sample, "cut")).Message;
        Assert.Contains("checkpoint.safetensors is damaged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_a_run_that_was_finished_meanwhile_changes_nothing()
    {
        var manifest = Path.Combine(Train(Sample, "a").Folder, "manifest.json");
        var before = File.ReadAllText(manifest);
        Store("a").Open(Sample).Dispose();
        Assert.Equal(before, File.ReadAllText(manifest));
        Assert.Contains("\"finished\"", before, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_one_sentence()
    {
        using var run = Store("a").Open(Sample);
        Directory.CreateDirectory(Path.Combine(run.Path, "metrics.jsonl"));
        using var state = new TrainingState(
            () => Sample.Network.Build(new TaskShape(6, 6, 1, 4), Precision.Float32, new Seeds(1)),
            Sample.Recipe
        );
        state.Restore([
            new EpochMetrics
            {
                Epoch = 0,
                LearningRate = 0,
                Seconds = 0,
            },
        ]);
        Assert.Contains("metrics.jsonl", Assert.Throws<MachineException>(() => run.Record(state)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_process_on_the_same_run_is_refused()
    {
        using var first = Store("a").Open(Sample);
        Assert.Contains("Another process", Assert.Throws<BusyException>(() => Store("a").Open(Sample)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_a_missing_file_is_named()
    {
        File.Delete(Path.Combine(Train(Sample, "a").Folder, "metrics.jsonl"));
        Assert.Contains("metrics.jsonl", Assert.Throws<InputException>(() => Train(Sample, "a")).Message, StringComparison.Ordinal);
    }

    private RunStore Store(string name) => new(_folder.File(name), TimeProvider.System);

    private FinishedRun Train(Experiment experiment, string store) => Flow.Run(experiment, Store(store), _ => _data);

    private void Interrupt(string store, int epochs, Experiment? other = null) =>
        Interruption.After(epochs, other ?? Sample, Store(store), _data);

    private static (string Summary, string Weights) ResultFiles(FinishedRun run) =>
        (
            File.ReadAllText(Path.Combine(run.Folder, "summary.json")),
            Convert.ToHexString(File.ReadAllBytes(Path.Combine(run.Folder, "weights.safetensors")))
        );
}
