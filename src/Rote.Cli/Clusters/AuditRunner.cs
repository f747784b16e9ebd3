using System.Diagnostics;
using Rote.Audits;
using Rote.Cli.Displays;
using Rote.Cli.Documents;
using Rote.Workers;

namespace Rote.Cli.Clusters;

/// <summary>Has the networks of an audit trained by a cluster.</summary>
/// <param name="screen">Where words go.</param>
/// <param name="cluster">What is asked of it.</param>
/// <param name="plan">The audit.</param>
/// <param name="root">The folder that holds audits, which the nodes share.</param>
/// <param name="members">Networks.</param>
/// <param name="cancel">Stops looking; the workers go on.</param>
internal sealed class AuditRunner(Screen screen, ClusterRequest cluster, AuditPlan plan, string root, int members, CancellationToken cancel)
{
    private const string FolderName = "job";

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>A look asks the shared disk for every network that there may be, thousands of files.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly JobFolder _folder = FolderOf(root, plan);

    private int Open => members - AuditFolder.Finished(root, plan, members);

    /// <summary>The folder of an audit's job, there or not.</summary>
    public static JobFolder FolderOf(string root, AuditPlan plan) => new(Path.Combine(Audit.FolderOf(root, plan), FolderName));

    /// <summary>The folder of an audit's job, as a path that the user gives.</summary>
    /// <returns>Null where it is none.</returns>
    public static JobFolder? Find(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetFileName(full) == FolderName && AuditFolder.IsOne(Path.GetDirectoryName(full)!) ? new JobFolder(full) : null;
    }

    /// <summary>Has them trained, and waits.</summary>
    /// <param name="worker">The words of a worker, from what it must find in the job's folder.</param>
    /// <returns>False where nothing but a script was wanted.</returns>
    /// <exception cref="MachineException">Networks are missing, and nobody is left to train them.</exception>
    public bool Train(Func<string, IReadOnlyList<string>> worker)
    {
        if (cluster.IsDry)
        {
            Print(ClusterJob.Of(cluster, _folder, plan, Open, worker("PROBE")));
            return false;
        }

        if (cluster.System == ClusterOptions.Kubernetes)
        {
            Print(Write());
            screen.Line(
                $"The audit is in {Audit.FolderOf(root, plan)}; give the lines above to 'kubectl apply -f -', and when all networks are "
                    + "trained, the same command without --on judges."
            );
            return false;
        }

        if (Open > 0)
        {
            var run = new SlurmSubmission(screen, _folder, cancel).Once(() => Open > 0 ? Write() : null); // others may have trained some
            var slurm = new SlurmWatch(screen, run, _folder, JobKind.Networks);
            NetworkDisplay.Show(screen, members, progress => Watch(slurm, progress));
        }

        return true;

        ClusterJob Write()
        {
            _ = new AuditFolder(root, plan); // so that it can be told from other folders
            return ClusterJob.Of(cluster, _folder, plan, Open, worker(_folder.Open()));
        }
    }

    private void Watch(SlurmWatch slurm, Action<int>? progress)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            // First the answer, then the look, so that what a last worker finished in between is seen.
            var why = slurm.Over();
            var open = Open;
            progress?.Invoke(members - open);
            if (open == 0)
            {
                return;
            }

            if (why is not null)
            {
                throw new MachineException($"{members - open} of {Wording.Count(members, "network")} are trained. {why}");
            }

            cancel.WaitHandle.WaitOne(LookPause.After(Stopwatch.GetElapsedTime(begun), ShortestPause, LongestPause));
            cancel.ThrowIfCancellationRequested();
        }
    }

    private void Print(ClusterJob job)
    {
        JobText.Print(screen, job, root);
        screen.Document(new AuditClusterDocument(cluster.System, job.Pieces, job.Tasks, job.Cores, job.Folder.Path));
    }
}
