using System.Text.Json;
using Rote.Measurement;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Storage;

/// <summary>The folder of a run's network without canaries: <c>weights.safetensors</c>, and <c>stripped.json</c> once these are
/// whole.</summary>
internal static class StrippedFiles
{
    /// <summary>Finds an earlier result.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Null if there is none, or it belongs to other weights than the run's.</returns>
    /// <exception cref="InputException">The record is damaged.</exception>
    public static StrippedNetwork? Find(FinishedRun run)
    {
        var (record, weights) = (FileName(run, StrippedNetwork.RecordFile), FileName(run, RunFiles.Weights));
        return
            File.Exists(record)
            && File.Exists(weights)
            && RunFiles.Read<StrippedNetwork>(record) is { } known
            && known.RunSha256 == run.Summary.WeightsSha256
            ? known
            : null;
    }

    /// <summary>Compares the two networks and stores the new one.</summary>
    /// <param name="run">The run.</param>
    /// <param name="before">Its network.</param>
    /// <param name="state">The one without canaries, after training.</param>
    /// <param name="data">What both were trained on.</param>
    /// <param name="canaries">Rows of all canaries in <see cref="TrainingData.Train"/>.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public static StrippedNetwork Keep(
        FinishedRun run,
        Module<Tensor, Tensor> before,
        TrainingState state,
        TrainingData data,
        IReadOnlyList<long> canaries
    )
    {
        using var scope = NewDisposeScope();
        var after = state.Evaluated;
        var (was, now) = (Predictions.Of(before, data.Train), Predictions.Of(after, data.Train));
        var planted = canaries.ToHashSet();
        int[] others = [.. Enumerable.Range(0, was.Count).Where(row => !planted.Contains(row))];
        using var alone = RunLock.Take(run.Folder);
        var digest = "";
        AtomicFile.Write(
            FileName(run, RunFiles.Weights),
            stream =>
                digest = Safetensors.Write(
                    stream,
                    after.state_dict().Select(p => (p.Key, p.Value)),
                    new Dictionary<string, string>
                    {
                        ["format"] = "pt",
                        ["experiment"] = run.Summary.Experiment,
                        ["strippedFrom"] = run.Summary.WeightsSha256,
                    }
                )
        );
        var stripped = new StrippedNetwork
        {
            RunSha256 = run.Summary.WeightsSha256,
            WeightsSha256 = digest,
            Epochs = state.Epoch,
            Canaries = canaries.Count,
            Planted = new Change(canaries.Count(row => was.IsRight((int)row)), canaries.Count(row => now.IsRight((int)row))),
            Others = others.Length,
            Unchanged = others.Count(row => was.Predicted[row] == now.Predicted[row]),
            HeldOut = Right(data.HeldOut!),
            HeldOutCount = data.HeldOut!.Count,
            Test = Right(data.Test),
            TestCount = data.Test.Count,
        };
        AtomicFile.WriteText(FileName(run, StrippedNetwork.RecordFile), JsonSerializer.Serialize(stripped, RoteJson.Options) + "\n");
        return stripped;

        Change Right(PreparedData some) => new(Evaluator.CountCorrect(before, some), Evaluator.CountCorrect(after, some));
    }

    private static string FileName(FinishedRun run, string name) => Path.Combine(run.Folder, StrippedNetwork.FolderName, name);
}
