using Rote.Experiments;
using Rote.Measurement;
using Rote.Training;

namespace Rote.Storage;

/// <summary>What a run's folder says about itself.</summary>
public enum RunState
{
    /// <summary>It has its summary and its weights.</summary>
    Finished,

    /// <summary>It is unfinished and nobody works on it; the same experiment resumes it.</summary>
    Interrupted,

    /// <summary>A process works on it, here or on another machine: it holds the lock or the claim.</summary>
    Running,

    /// <summary>Something is missing or unreadable: <see cref="StoredRun.Damage"/> says what.</summary>
    Damaged,

    /// <summary>Nothing is wrong with it, but a newer Rote made it, a much older one, or one with an extension that is not loaded: <see
    /// cref="StoredRun.Damage"/> says which.</summary>
    Foreign,
}

/// <summary>A run as it lies in its folder, whatever state it is in.</summary>
public sealed record StoredRun
{
    /// <summary>The folder, as a full path.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder's name.</summary>
    public string Name => Path.GetFileName(Folder);

    /// <summary>Whether it is finished.</summary>
    public required RunState State { get; init; }

    /// <summary>What is damaged or unknown, in a few words, as "it has no experiment.json"; null where nothing is.</summary>
    public string? Damage { get; init; }

    /// <summary>Whether permissions keep this process from reading it: nothing is then known to be damaged.</summary>
    internal bool IsDenied { get; init; }

    /// <summary>SHA-256 of the experiment as its file holds it, lower-case hexadecimal; null where the file is no JSON.</summary>
    /// <remarks>An older Rote may have left out members that this one has: then it differs from the identity of <see
    /// cref="Experiment"/>.</remarks>
    public string? Identity { get; init; }

    /// <summary>What was asked; null only where it cannot be read, or a run that has just begun has not written it.</summary>
    public Experiment? Experiment { get; init; }

    /// <summary>Under what circumstances; null where it is missing or cannot be read.</summary>
    public RunManifest? Manifest { get; init; }

    /// <summary>What came of it; null where it is not finished, or damaged.</summary>
    public RunSummary? Summary { get; init; }

    /// <summary>One entry an epoch, from epoch 0 on, as far as is known.</summary>
    public IReadOnlyList<EpochMetrics> History { get; init; } = [];

    /// <summary>True for a run of another engine: the same experiment would give other results today, so this run is never given in its
    /// place.</summary>
    public bool IsStale => Experiment is { } experiment && experiment.Engine != Engine.Current;

    /// <summary>Training accuracy with its binomial error; null for a run that is not finished.</summary>
    public Estimate? TrainAccuracy => State == RunState.Finished ? Summary?.TrainAccuracy() : null;

    /// <summary>Test accuracy with its binomial error; null for a run that is not finished.</summary>
    public Estimate? TestAccuracy => State == RunState.Finished ? Summary?.TestAccuracy() : null;

    /// <summary>Wall seconds of training and evaluation over all sessions, as far as is known; null where it is not.</summary>
    public double? Seconds => Manifest?.WallSeconds ?? (History.Count > 0 ? History[^1].Seconds : null);

    /// <summary>The files of the folder, sorted by name; targets of links are not included.</summary>
    /// <returns>One entry per file, with its path below the folder.</returns>
    /// <exception cref="MachineException">The folder cannot be read.</exception>
    public IReadOnlyList<RunFile> Files()
    {
        try
        {
            var below = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
            return
            [
                .. new DirectoryInfo(Folder)
                    .EnumerateFiles("*", below)
                    .Select(file => new RunFile(Path.GetRelativePath(Folder, file.FullName), file.Length))
                    .OrderBy(file => file.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"Cannot read {Folder}: {error.Message.Split('\n')[0].TrimEnd('.')}.", error);
        }
    }

    /// <summary>Returns the run, which must be finished.</summary>
    /// <returns>Experiment, summary and history.</returns>
    /// <exception cref="InputException">It is interrupted or damaged.</exception>
    /// <exception cref="BusyException">A process works on it.</exception>
    public FinishedRun Finished() =>
        State switch
        {
            RunState.Finished => new FinishedRun(Folder, Experiment!, Summary!, History),
            RunState.Running => throw new BusyException($"The run {Name} is not finished: a process works on it; wait for it."),
            RunState.Interrupted => throw new InputException(
                $"The run {Name} was interrupted; start the same training again and it goes on, then ask again."
            ),
            RunState.Foreign => throw new InputException($"The run {Name} cannot be read here: {Damage}."),
            _ when IsDenied => throw new InputException($"The run {Name} cannot be read: {Damage}; check its permissions."),
            _ => throw new InputException($"The run {Name} is damaged: {Damage}. {Removal} and train again."),
        };

    /// <summary>What is not surely a run is not removed by a command.</summary>
    private string Removal =>
        RunRemoval.IsSurelyRun(this) ? $"Remove it ('rote runs remove {Name}')" : $"Remove the folder {RunSearch.Show(Folder)} by hand";
}

/// <summary>A file of a run's folder.</summary>
/// <param name="Name">Its path below the folder.</param>
/// <param name="Bytes">Its length, in bytes.</param>
public sealed record RunFile(string Name, long Bytes);
