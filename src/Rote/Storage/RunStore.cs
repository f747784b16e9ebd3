using System.Text.Json;
using Rote.Experiments;
using Rote.Training;

namespace Rote.Storage;

/// <summary>The folder that holds runs, each in its own folder, named by its experiment.</summary>
/// <param name="root">The folder; created with the first run.</param>
/// <param name="time">The clock.</param>
public sealed class RunStore(string root, TimeProvider time)
{
    /// <summary>Where the runs lie.</summary>
    public string Root { get; } =
        root.Length > 0 && !root.Contains('\0', StringComparison.Ordinal)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))
            : throw new InputException($"\"{RunSearch.Show(root)}\" is no folder's name; give one with {Setting.Runs}.");

    /// <summary>Whether a run also keeps an event file for TensorBoard, in its folder's <c>tensorboard</c>; it changes no result. Default
    /// false.</summary>
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
        if (!File.Exists(Path.Combine(folder, RunFiles.Summary)))
        {
            return null;
        }

        var run = new FinishedRun(
            folder,
            RunFiles.Read<Experiment>(Path.Combine(folder, RunFiles.Experiment)),
            RunFiles.Read<RunSummary>(Path.Combine(folder, RunFiles.Summary)),
            RunFiles.ReadLines<EpochMetrics>(Path.Combine(folder, RunFiles.Metrics))
        );
        RunLeftovers.SweepFinished(folder);
        return run;
    }

    /// <summary>All runs of the store, in the order of their start, then of their names; those without a start come last.</summary>
    /// <returns>Includes folders that are no run or are damaged, with the reason; empty if the store does not exist yet. Excludes hidden
    /// folders, and those that a kill left before their first file.</returns>
    /// <exception cref="InputException">The store is a file.</exception>
    /// <exception cref="MachineException">The store cannot be read.</exception>
    public IReadOnlyList<StoredRun> All() =>
        [
            .. Names()
                .Select(name => RunReader.Read(Path.Combine(Root, name), isNamed: true))
                .OrderBy(run => run.Manifest?.Started ?? DateTimeOffset.MaxValue)
                .ThenBy(run => run.Name, StringComparer.Ordinal),
        ];

    /// <summary>The one run that a user means.</summary>
    /// <param name="run">
    /// The beginning of its folder's name or of its identity, any part of the name that no other run has (as <c>random-labels</c>), or the
    /// path of a run's folder, wherever it lies.
    /// </param>
    /// <returns>The run, in whatever state; <see cref="StoredRun.Finished"/> asks for a finished one.</returns>
    /// <exception cref="InputException">None fits, or several do, or the text is no name.</exception>
    /// <exception cref="MachineException">The store cannot be read.</exception>
    public StoredRun Get(string run)
    {
        var word = run.Trim();
        if (word.Length == 0 || word.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException($"\"{RunSearch.Show(run)}\" is no run's name; 'rote runs list' lists those that are there.");
        }

        if (word.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || word is "." or "..")
        {
            return At(word);
        }

        var names = Names();
        var found = RunSearch.Find(word, names, name => RunReader.Read(Path.Combine(Root, name), isNamed: true).Identity, Root);
        return found is not null ? RunReader.Read(Path.Combine(Root, found), isNamed: true)
            : File.Exists(Path.Combine(word, RunFiles.Experiment)) ? At(word)
            : throw RunSearch.Unknown(word, names, Root);
    }

    /// <summary>Opens an unfinished run for writing, exclusively; a half-done run will be resumed.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The run, locked until it is disposed of.</returns>
    /// <exception cref="BusyException">Another process works on it, here or on another machine.</exception>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public RunFolder Open(Experiment experiment) => new(FolderOf(experiment), experiment, time, TensorBoard);

    /// <summary>Whether a living process works on the run of an experiment, here or on another machine.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>True also where its folder is locked for another purpose.</returns>
    public bool IsBusy(Experiment experiment)
    {
        var folder = FolderOf(experiment);
        return RunClaim.IsHeld(folder) || RunLock.IsHeld(folder);
    }

    /// <summary>The epochs of an unfinished run, as far as its log goes.</summary>
    /// <returns>Empty where it has none.</returns>
    /// <exception cref="InputException">The log cannot be read.</exception>
    internal IReadOnlyList<EpochMetrics> Logged(Experiment experiment) =>
        Path.Combine(FolderOf(experiment), RunFiles.Metrics) is var log && File.Exists(log) ? RunFiles.ReadLog<EpochMetrics>(log) : [];

    /// <summary>The progress of an unfinished run: the time of its last checkpoint.</summary>
    /// <returns>Null where it has none.</returns>
    internal DateTimeOffset? ProgressOf(Experiment experiment) =>
        new FileInfo(Path.Combine(FolderOf(experiment), RunFiles.Checkpoint)) is { Exists: true } file
            ? new DateTimeOffset(file.LastWriteTimeUtc)
            : null;

    /// <summary>Releases the claims of killed processes of this machine; claims of other machines expire by their age.</summary>
    internal void FreeDead() => RunClaim.FreeDead(Root);

    /// <summary>Whether the store's file system has locks; without them, only claims keep two processes from one run.</summary>
    /// <returns>Also true where locks are kept to one machine, which cannot be detected from there.</returns>
    public bool HasLocks() => RunLock.Exists(Root);

    /// <summary>Gives a finished run its event file, if this store keeps them; made from its history, without training.</summary>
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

    /// <summary>Throws if a folder is not certainly a run of this store, or is in use.</summary>
    /// <param name="run">A run as read.</param>
    /// <exception cref="InputException">It is a link, lies elsewhere, has another form of name or no experiment.</exception>
    /// <exception cref="BusyException">A process works on it.</exception>
    public void RequireRemovable(StoredRun run) => RunRemoval.Require(run, Root);

    /// <summary>Removes a run for good. A kill half-way leaves it whole, or hidden from <see cref="All"/>; the next removal sweeps away
    /// what is hidden.</summary>
    /// <param name="run">A run as read.</param>
    /// <exception cref="InputException">As for <see cref="RequireRemovable"/>.</exception>
    /// <exception cref="BusyException">Likewise.</exception>
    /// <exception cref="MachineException">The folder cannot be changed.</exception>
    public void Remove(StoredRun run) => RunRemoval.Remove(run, Root);

    private StoredRun At(string path)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var isOurs = Path.GetDirectoryName(folder) == Root;
        if (!Directory.Exists(folder))
        {
            throw new InputException($"There is no run's folder at {RunSearch.Show(folder)}; 'rote runs list' lists the runs of {Root}.");
        }

        return (isOurs && !RunLeftovers.IsNoRun(folder)) || File.Exists(Path.Combine(folder, RunFiles.Experiment))
            ? RunReader.Read(folder, isOurs)
            : throw new InputException($"{RunSearch.Show(folder)} is not a run's folder: it has no {RunFiles.Experiment}.");
    }

    /// <summary>The names of the folders in the store; hidden ones are on their way out (removed, or of another program).</summary>
    private List<string> Names()
    {
        if (File.Exists(Root))
        {
            throw new InputException($"{Root} is a file, expected a folder; name one with {Setting.Runs}.");
        }

        try
        {
            return Directory.Exists(Root)
                ?
                [
                    .. Directory
                        .EnumerateDirectories(Root)
                        .Where(path => !Path.GetFileName(path).StartsWith('.') && !RunLeftovers.IsNoRun(path))
                        .Select(path => Path.GetFileName(path))
                        .Order(StringComparer.Ordinal),
                ]
                : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException(
                $"Cannot read {Root}: {error.Message.Split('\n')[0].TrimEnd('.')}. Choose another folder with {Setting.Runs}.",
                error
            );
        }
    }
}
