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
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(10);

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
        screen.Progress(
            $"{Wording.Count(job.Runs, "run")} to make by {Wording.Count(job.Tasks, "worker")}, {Wording.Count(job.Cores, "core")} each:"
        );
        screen.Line(cluster!.System == ClusterOptions.Slurm ? SlurmScript.Of(job) : KubernetesJob.Of(job, store.Root));
        screen.Document(new ClusterDocument(cluster.System, job.Runs, job.Tasks, job.Cores, job.Folder));
    }

    private IReadOnlyList<RunOutcome> BySlurm(IReadOnlyList<RunRequest> requests, bool hasOpen, RunSetFolder folder)
    {
        var run = hasOpen ? Attach(folder) ?? SubmitOnce(requests, folder) : null;
        var watch = new RunSetWatch(store, folder);
        var (asked, said) = (DateTimeOffset.MinValue, "");
        string? over = null;
        return RunSetDisplay.Show(screen, progress => watch.Run(requests, Over, progress, cancel));

        string? Over()
        {
            if (run is null)
            {
                return "The run is there no more; give the command again.";
            }

            var now = TimeProvider.System.GetUtcNow();
            if (now - asked < BetweenQuestions)
            {
                return null;
            }

            asked = now;
            var tasks = SlurmClient.Tasks(run.Job);
            if (tasks is [])
            {
                // Once more: between two tasks of a queue that starts again there is a moment without any.
                return over is not null ? over : Keep(run.WhyOver(folder));
            }

            over = null;
            if (tasks is not null && run.Words(tasks) is var words && words != said)
            {
                said = words;
                if (!screen.Quiet)
                {
                    screen.Answer(words);
                }
            }

            return null;
        }

        string? Keep(string why)
        {
            over = why;
            return null;
        }
    }

    private SlurmRun? Attach(RunSetFolder folder)
    {
        if (folder.IsStopped || SlurmRun.Find(folder) is not { } run || SlurmClient.Tasks(run.Job) is not { Count: > 0 } tasks)
        {
            return null;
        }

        folder.Read().RequireSameBuild();
        screen.Progress($"{run.Words(tasks)}; submitted {run.Submitted:u}. {Elsewhere(folder)}");
        return run;
    }

    /// <summary>Submits what is open, unless another command does so at this moment.</summary>
    /// <returns>Null where the other one's job has made all runs meanwhile.</returns>
    private SlurmRun? SubmitOnce(IReadOnlyList<RunRequest> requests, RunSetFolder folder)
    {
        using var claim = folder.ClaimSubmission(
            () => screen.Progress("Another command is submitting this set; waiting for it ..."),
            cancel
        );
        return Attach(folder) ?? (Open(requests) is { Length: > 0 } open ? Submit(requests, open, folder) : null);
    }

    private RunRequest[] Open(IReadOnlyList<RunRequest> requests) =>
        [.. requests.DistinctBy(r => r.Experiment.Identity).Where(r => store.Find(r.Experiment) is null)];

    private SlurmRun Submit(IReadOnlyList<RunRequest> requests, RunRequest[] open, RunSetFolder folder)
    {
        WorkerStart.Set(screen, store, 1).Fetch(open, cancel);
        var job = ClusterJob.Of(cluster!, folder, folder.Write(requests, store.TensorBoard), open);
        AtomicFile.WriteText(Path.Combine(folder.Path, SlurmScript.File), SlurmScript.Of(job));
        var run = new SlurmRun
        {
            Job = SlurmClient.Submit(folder.Path),
            Tasks = job.Tasks,
            Submitted = TimeProvider.System.GetUtcNow(),
            Memory = cluster!.Memory,
        };
        run.Keep(folder);
        screen.Progress(
            $"Job {run.Job}: {Wording.Count(job.Runs, "run")} by {Wording.Count(job.Tasks, "worker")}. "
                + "Ctrl-C stops looking and nothing else. "
                + Elsewhere(folder)
        );
        return run;
    }

    private static string Elsewhere(RunSetFolder folder) => $"Cancel with: rote worker --set {CommandLine.Quote(folder.Path)} --cancel";
}
