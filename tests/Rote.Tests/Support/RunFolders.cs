using System.Text.Json;
using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Training;

namespace Rote.Tests.Support;

/// <summary>Folders of runs as training leaves them, without training.</summary>
internal static class RunFolders
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static Experiment Experiment(Corruption? corruption = null, long seed = 1) =>
        new()
        {
            Data = new DataSpec { Name = "cifar10", CropSide = 28 },
            Corruption = corruption ?? new TrueLabels(),
            Network = new Mlp { Hidden = [512] },
            Recipe = new Recipe { Epochs = 4 },
            Threads = 1,
            Seed = seed,
        };

    /// <summary>A finished run of 1,000 training and 500 test examples.</summary>
    public static string Finished(
        RunStore store,
        Experiment experiment,
        int started = 0,
        int trainCorrect = 990,
        int testCorrect = 250,
        int epochs = 4
    )
    {
        var folder = Interrupted(store, experiment, started, epochs);
        var manifest = Manifest(started) with { Finished = Start.AddMinutes(started + 1), WallSeconds = 12.5 };
        Write(folder, RunFiles.Manifest, manifest);
        File.WriteAllText(Path.Combine(folder, RunFiles.Weights), "weights");
        Write(
            folder,
            RunFiles.Summary,
            new RunSummary
            {
                Experiment = experiment.Identity,
                Epochs = epochs,
                TrainCorrect = trainCorrect,
                TrainCount = 1000,
                TestCorrect = testCorrect,
                TestCount = 500,
                RunningLoss = 0.125,
                Parameters = 1_209_866,
                WeightsSha256 = new string('a', 64),
            }
        );
        return folder;
    }

    /// <summary>A run that was killed after so many epochs.</summary>
    public static string Interrupted(RunStore store, Experiment experiment, int started = 0, int epochs = 2)
    {
        var folder = store.FolderOf(experiment);
        Directory.CreateDirectory(folder);
        Write(folder, RunFiles.Experiment, experiment);
        Write(folder, RunFiles.Manifest, Manifest(started));
        File.WriteAllText(Path.Combine(folder, RunFiles.Metrics), string.Concat(Enumerable.Range(0, epochs + 1).Select(Line)));
        File.WriteAllText(Path.Combine(folder, RunFiles.Lock), "");
        return folder;
    }

    /// <summary>Writes a record as training does.</summary>
    public static void Write<T>(string folder, string file, T record) =>
        File.WriteAllText(Path.Combine(folder, file), JsonSerializer.Serialize(record, RoteJson.Options) + "\n");

    private static RunManifest Manifest(int started) =>
        new()
        {
            Rote = "0.1.0+test",
            DotNet = "10.0.0",
            TorchSharp = "0.107.0",
            System = "Test 1",
            Processor = "Paper and pencil",
            Cores = 2,
            Started = Start.AddMinutes(started),
        };

    private static string Line(int epoch) =>
        JsonSerializer.Serialize(
            new EpochMetrics
            {
                Epoch = epoch,
                LearningRate = epoch == 0 ? 0 : 0.05,
                RunningLoss = epoch == 0 ? null : 2.0 / epoch,
                RunningAccuracy = epoch == 0 ? null : 1 - (0.5 / epoch),
                TrainAccuracy = 1 - (0.9 / (epoch + 1)),
                TestAccuracy = 0.5 - (0.4 / (epoch + 1)),
                Seconds = 3.125 * epoch,
            },
            RoteJson.LineOptions
        ) + "\n";
}
