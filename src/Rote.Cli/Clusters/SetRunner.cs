using Rote.Cli.Displays;
using Rote.Cli.Documents;
using Rote.Storage;
using Rote.Workers;

namespace Rote.Cli.Clusters;

/// <summary>Makes a set of runs wherever the user wants it made: in worker processes here, or by a cluster's.</summary>
/// <param name="screen">Where words go.</param>
/// <param name="store">Where runs are kept.</param>
/// <param name="cluster">What is asked of a cluster; null: the runs are made here.</param>
/// <param name="cancel">Stops workers here; of a cluster's, stops looking.</param>
internal sealed class SetRunner(Screen screen, RunStore store, ClusterRequest? cluster, CancellationToken cancel)
{
    /// <summary>Whether a cluster makes the runs.</summary>
    public bool IsElsewhere => cluster is not null;

    /// <summary>What is told after Ctrl-C where a cluster makes the runs.</summary>
    /// <param name="typed">The command.</param>
    public static string Farewell(string typed) => $"Detached; what is submitted goes on. Look again with: {typed}";

    /// <summary>As ", 2 at a time" or " by slurm".</summary>
    public string Words(int workers) => cluster is null ? $"{workers} at a time" : $"by {cluster.System}";

    /// <summary>Makes what is not finished, and shows progress.</summary>
    /// <param name="requests">The runs.</param>
    /// <param name="workers">Processes, where they are made here.</param>
    /// <returns>One outcome a request; null where nothing but a script was wanted.</returns>
    public IReadOnlyList<RunOutcome>? Run(IReadOnlyList<RunRequest> requests, int workers)
    {
        if (cluster is null)
        {
            var here = WorkerStart.Set(screen, store, workers);
            WarnOfLocks(screen, store);
            return RunSetDisplay.Show(screen, progress => here.Run(requests, progress, cancel));
        }

        var folder = RunSetFolder.Of(store, requests);
        var open = Open(requests);
        if (cluster.IsDry)
        {
            Print(ClusterJob.Of(cluster, folder, "PROBE", open));
            return null;
        }

        return cluster.System == ClusterOptions.Slurm ? BySlurm(requests, open.Length > 0, folder) : ByKubernetes(requests, open, folder);
    }

    /// <summary>Says it once where the file system has no locks.</summary>
    public static void WarnOfLocks(Screen screen, RunStore store)
    {
        if (!store.HasLocks())
        {
            screen.Progress(
                $"The file system of {store.Root} has no locks: claims alone keep two processes from the same run, which would cost time "
                    + $"and no result."
            );
        }
    }

    private IReadOnlyList<RunOutcome>? ByKubernetes(IReadOnlyList<RunRequest> requests, RunRequest[] open, RunSetFolder folder)
    {
        var job = ClusterJob.Of(cluster!, folder, folder.Write(requests, store.TensorBoard), open);
        Print(job);
        screen.Line($"The set is in {folder.Path}; give the lines above to 'kubectl apply -f -'.");
        return null;
    }

    private void Print(ClusterJob job)
    {
        JobText.Print(screen, job, store.Root);
        screen.Document(new ClusterDocument(cluster!.System, job.Pieces, job.Tasks, job.Cores, job.Folder.Path));
    }

    private IReadOnlyList<RunOutcome> BySlurm(IReadOnlyList<RunRequest> requests, bool hasOpen, RunSetFolder folder)
    {
        var run = hasOpen
            ? Submission(folder).Once(() => Open(requests) is { Length: > 0 } open ? Write(requests, open, folder) : null)
            : null;
        var slurm = new SlurmWatch(screen, run, folder.Job, JobKind.Runs);
        return RunSetDisplay.Show(screen, progress => new RunSetWatch(store, folder).Run(requests, slurm.Over, progress, cancel));
    }

    private SlurmSubmission Submission(RunSetFolder folder) =>
        new(screen, folder.Job, cancel) { RequireSame = () => folder.Read().RequireSameBuild() };

    private RunRequest[] Open(IReadOnlyList<RunRequest> requests) =>
        [.. requests.DistinctBy(r => r.Experiment.Identity).Where(r => store.Find(r.Experiment) is null)];

    private ClusterJob Write(IReadOnlyList<RunRequest> requests, RunRequest[] open, RunSetFolder folder)
    {
        WorkerStart.Set(screen, store, 1).Fetch(open, cancel);
        return ClusterJob.Of(cluster!, folder, folder.Write(requests, store.TensorBoard), open);
    }
}
