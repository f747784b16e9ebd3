using System.Diagnostics;
using System.Text.Json;
using Rote.Data;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Storage;

/// <summary>The folder of an unfinished run, locked by this process. Saves the state during training and restores it after a
/// kill.</summary>
/// <remarks>
/// Only the checkpoint counts: it holds weights, the optimizer's state and the history of epochs, and replaces its predecessor atomically.
/// A kill at any moment loses what came after the checkpoint: at most one epoch or ten seconds, whichever is longer.
/// </remarks>
public sealed class RunFolder : IDisposable
{
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(10);

    private readonly Experiment _experiment;
    private readonly TimeProvider _time;
    private readonly RunClaim _claim;
    private readonly FileStream _lock;
    private readonly TensorBoardLog? _tensorBoard;
    private FileStream? _log;
    private readonly RunManifest _manifest;
    private long _saved = Stopwatch.GetTimestamp();

    internal RunFolder(string path, Experiment experiment, TimeProvider time, bool tensorBoard)
    {
        (Path, _experiment, _time) = (path, experiment, time);
        _claim = RunClaim.Take(path);
        FileStream? alone = null;
        try
        {
            alone = _lock = RunLock.Take(path); // a second safeguard, where the file system has locks
            _manifest = Begin();
            _tensorBoard = tensorBoard ? new TensorBoardLog(path, _manifest.Started) : null;
        }
        catch
        {
            alone?.Dispose();
            _claim.Dispose();
            throw;
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Writes what the network is trained on, so that it can later be given other data of the same kind.</summary>
    /// <param name="data">What an example is.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public void Describe(RunData data) => WriteJson(RunFiles.Data, data);

    /// <summary>Loads the last checkpoint into a fresh state; without a checkpoint the run starts from the beginning.</summary>
    /// <param name="state">A state of this experiment before its first epoch.</param>
    /// <exception cref="InputException">The checkpoint is damaged or of another experiment.</exception>
    public void Restore(TrainingState state)
    {
        RequireOwn();
        if (!File.Exists(FileName(RunFiles.Checkpoint)))
        {
            File.Delete(FileName(RunFiles.Metrics));
            _tensorBoard?.Rewrite([]);
            Follow();
            return;
        }

        using var checkpoint = ReadCheckpoint();
        if (
            checkpoint.Metadata.GetValueOrDefault("experiment") != _experiment.Identity
            || !checkpoint.Metadata.TryGetValue("history", out var history)
        )
        {
            throw new InputException(
                $"{FileName(RunFiles.Checkpoint)} belongs to another experiment; remove the run's folder to train again."
            );
        }

        using var noGrad = no_grad();
        foreach (var (name, value) in state.Tensors())
        {
            if (!checkpoint.Tensors.TryGetValue(name, out var saved) || !saved.shape.SequenceEqual(value.shape))
            {
                throw new InputException(
                    $"{FileName(RunFiles.Checkpoint)} lacks '{name}' as this network has it; remove the run's folder to train again."
                );
            }

            value.copy_(saved);
        }

        state.Restore(RunFiles.Parse<EpochMetrics[]>(FileName(RunFiles.Checkpoint), history));
        WriteMetrics(state);
        Follow();
        _tensorBoard?.Rewrite(state.History);
    }

    /// <summary>Logs an epoch, and saves the state if ten seconds have passed since the last save.</summary>
    /// <param name="state">The state at the end of an epoch.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    /// <exception cref="BusyException">Another process has taken the run over, or finished it.</exception>
    public void Record(TrainingState state)
    {
        RequireOwn();
        Append(Line(state.History[^1]));
        _tensorBoard?.Append(state.History[^1]);
        if (Stopwatch.GetElapsedTime(_saved) >= BetweenCheckpoints)
        {
            Save(state);
        }
    }

    private Safetensors ReadCheckpoint()
    {
        try
        {
            return Safetensors.Read(FileName(RunFiles.Checkpoint));
        }
        catch (InputException damage) when (damage.InnerException is not (IOException or UnauthorizedAccessException))
        {
            throw new InputException($"{damage.Message.TrimEnd('.')}; remove the run's folder to train again.", damage);
        }
    }

    /// <summary>Saves the state now.</summary>
    /// <param name="state">The state at the end of an epoch.</param>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public void Save(TrainingState state)
    {
        var metadata = new Dictionary<string, string>
        {
            ["experiment"] = _experiment.Identity,
            ["history"] = JsonSerializer.Serialize(state.History, RoteJson.LineOptions),
        };
        AtomicFile.Write(FileName(RunFiles.Checkpoint), stream => Safetensors.Write(stream, state.Tensors(), metadata));
        _saved = Stopwatch.GetTimestamp();
    }

    /// <summary>Writes the weights and, last of all, the summary: from here on the run is finished.</summary>
    /// <param name="state">The state at the end of training.</param>
    /// <param name="data">What it was trained and tested on.</param>
    /// <param name="control">The canaries' outcome, and the training examples of its rows; null: none were planted.</param>
    /// <returns>The finished run.</returns>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public FinishedRun Finish(TrainingState state, TrainingData data, (ControlOutcome Outcome, Dataset Examples)? control = null)
    {
        var kept = state.Kept;
        var digest = "";
        var metadata = new Dictionary<string, string> { ["format"] = "pt", ["experiment"] = _experiment.Identity };
        AtomicFile.Write(
            FileName(RunFiles.Weights),
            stream => digest = Safetensors.Write(stream, state.Evaluated.state_dict().Select(p => (p.Key, p.Value)), metadata)
        );
        var summary = new RunSummary
        {
            Experiment = _experiment.Identity,
            Epochs = state.Epoch,
            KeptEpoch = kept.Epoch == state.Epoch ? null : kept.Epoch,
            Fitted = _experiment.Recipe.IsReached(kept),
            TrainCorrect = Correct(kept.TrainAccuracy!.Value, data.Train),
            TrainCount = data.Train.Count,
            CleanCount = kept.CleanAccuracy is null || control is null ? null : data.Train.CleanCount,
            CleanCorrect = kept.CleanAccuracy is { } clean && control is not null ? (long)Math.Round(clean * data.Train.CleanCount) : null,
            ChangedCount = kept.MemorizedShare is null ? null : data.Train.ChangedCount,
            MemorizedCount = Changed(kept.MemorizedShare),
            RecoveredCount = Changed(kept.RecoveredShare),
            HeldOutCorrect = data.HeldOut is { } heldOut ? Correct(kept.HeldOutAccuracy!.Value, heldOut) : null,
            HeldOutCount = data.HeldOut?.Count,
            Canaries = control?.Outcome.Summary,
            Distrusted = control?.Outcome.Distrusted?.Count,
            TestCorrect = Correct(kept.TestAccuracy!.Value, data.Test),
            TestCount = data.Test.Count,
            RunningLoss = kept.RunningLoss,
            Parameters = state.Parameters,
            WeightsSha256 = digest,
        };
        if (control is { } known)
        {
            ControlFiles.Write(Path, known.Outcome, summary.Certificate()!, known.Examples);
            if (known.Outcome.Adjusted is { } adjusted)
            {
                AdjustableFiles.Write(Path, _experiment.Identity, adjusted, state.Evaluated);
            }
        }

        WriteMetrics(state);
        _tensorBoard?.Rewrite(state.History); // the kept epoch may have been tested after it was logged
        WriteJson(RunFiles.Manifest, _manifest with { Finished = _time.GetUtcNow(), WallSeconds = state.History[^1].Seconds });
        WriteJson(RunFiles.Summary, summary);
        File.Delete(FileName(RunFiles.Checkpoint));
        return new FinishedRun(Path, _experiment, summary, state.History);

        long? Changed(double? share) => share is { } known ? (long)Math.Round(known * data.Train.ChangedCount) : null;
    }

    /// <summary>Removes the folder if no epoch was trained in it.</summary>
    internal void DiscardUntrained()
    {
        if (
            !_claim.IsLost
            && !File.Exists(FileName(RunFiles.Checkpoint))
            && !File.Exists(FileName(RunFiles.Summary))
            && new FileInfo(FileName(RunFiles.Metrics)) is not { Exists: true, Length: > 0 }
        )
        {
            RunRemoval.Discard(Path);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _log?.Dispose();
        }
        finally
        {
            _lock.Dispose();
            _claim.Dispose();
        }
    }

    /// <summary>Sweeps old temporary files, and writes what is made here and under what circumstances.</summary>
    private RunManifest Begin()
    {
        AtomicFile.Sweep(Path, RunFiles.Written);
        var manifest = RunManifest.Now(_time);
        if (File.Exists(FileName(RunFiles.Checkpoint)) && File.Exists(FileName(RunFiles.Manifest)))
        {
            manifest = manifest.After(RunFiles.Read<RunManifest>(FileName(RunFiles.Manifest)));
        }

        if (!File.Exists(FileName(RunFiles.Summary)))
        {
            // A run that another process has finished in the meantime keeps its record of when and where.
            WriteJson(RunFiles.Experiment, _experiment);
            WriteJson(RunFiles.Manifest, manifest);
        }

        return manifest;
    }

    /// <summary>Throws if others have the run, as after this process was suspended for minutes; it would only double their work.</summary>
    private void RequireOwn()
    {
        if (_claim.IsLost)
        {
            throw new BusyException($"Another process has taken over {Path}, because this one gave no sign of life for minutes.");
        }

        if (File.Exists(FileName(RunFiles.Summary)))
        {
            throw new BusyException($"Another process has finished {Path} meanwhile; ask again, and it is there.");
        }
    }

    /// <summary>Opens the current log of epochs. The process that finishes the run replaces the file. A process that has lost the run
    /// without knowing it must not write to the new file; its open handle is the old one.</summary>
    private void Follow()
    {
        _log?.Dispose();
        try
        {
            // Without a buffer: on a full disk a buffered line would be tried again when the log is closed, and fail where nobody listens.
            _log = new FileStream(
                FileName(RunFiles.Metrics),
                FileMode.Append,
                FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(FileName(RunFiles.Metrics), error);
        }
    }

    private void Append(string line)
    {
        if (_log is null)
        {
            Follow();
        }

        try
        {
            _log!.Write(System.Text.Encoding.UTF8.GetBytes(line));
        }
        catch (IOException error)
        {
            throw AtomicFile.CannotWrite(FileName(RunFiles.Metrics), error);
        }
    }

    private static long Correct(double accuracy, PreparedData data) => (long)Math.Round(accuracy * data.Count);

    private string FileName(string name) => System.IO.Path.Combine(Path, name);

    private void WriteJson<T>(string name, T value) =>
        AtomicFile.WriteText(FileName(name), JsonSerializer.Serialize(value, RoteJson.Options) + "\n");

    private static string Line(EpochMetrics metrics) => JsonSerializer.Serialize(metrics, RoteJson.LineOptions) + "\n";

    private void WriteMetrics(TrainingState state) =>
        AtomicFile.WriteText(FileName(RunFiles.Metrics), string.Concat(state.History.Select(Line)));
}
