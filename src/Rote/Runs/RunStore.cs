using System.Text.Json;

using Rote.Training;

namespace Rote.Runs;

/// <summary>The folder that holds runs, each in a folder of its own named by its experiment.</summary>
/// <param name="root">Made when the first run is.</param>
/// <param name="time">The clock.</param>
public sealed class RunStore(string root, TimeProvider time)
{
    /// <summary>Where the runs lie.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Whether a run also keeps an event file for TensorBoard, in its folder's <c>tensorboard</c>; it changes no result. Default false.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>The folder of an experiment's run, whether it is there or not.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>Root / first 12 digits of the identity - short name.</returns>
    public string FolderOf(Experiment experiment)
    {
        var network = experiment.Network.Title.Replace('×', 'x').Replace(' ', '-').ToLowerInvariant();
        var corruption = JsonSerializer.SerializeToElement(experiment.Corruption, RoteJson.LineOptions).GetProperty("kind").GetString();
        return Path.Combine(Root, $"{experiment.Identity[..12]}-{experiment.Data.Name}-{network}-{corruption}");
    }

    /// <summary>The finished run of an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The run as read from its folder; null if there is none or it is not finished.</returns>
    /// <exception cref="InputException">A file of the folder is damaged.</exception>
    public FinishedRun? Find(Experiment experiment)
    {
        var folder = FolderOf(experiment);
        return File.Exists(Path.Combine(folder, RunFiles.Summary))
            ? new FinishedRun(
                folder,
                RunFiles.Read<Experiment>(Path.Combine(folder, RunFiles.Experiment)),
                RunFiles.Read<RunSummary>(Path.Combine(folder, RunFiles.Summary)),
                RunFiles.ReadLines<EpochMetrics>(Path.Combine(folder, RunFiles.Metrics)))
            : null;
    }

    /// <summary>Opens an unfinished run for writing, alone: where it is half done, it will be resumed.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The run, locked until it is disposed of.</returns>
    /// <exception cref="InputException">Another process works on it.</exception>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public RunFolder Open(Experiment experiment) => new(FolderOf(experiment), experiment, time, TensorBoard);

    /// <summary>Gives a finished run its event file, if this store keeps them: from its history, without training.</summary>
    /// <param name="run">A run of this store.</param>
    /// <returns>The same run.</returns>
    /// <exception cref="InputException">The run's manifest is missing or damaged.</exception>
    /// <exception cref="MachineException">The event file cannot be written.</exception>
    internal FinishedRun Logged(FinishedRun run)
    {
        if (TensorBoard)
        {
            var manifest = RunFiles.Read<RunManifest>(Path.Combine(run.Folder, RunFiles.Manifest));
            new TensorBoardLog(run.Folder, manifest.Started).Rewrite(run.History);
        }

        return run;
    }
}
