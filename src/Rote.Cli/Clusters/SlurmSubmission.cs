using Rote.Workers;

namespace Rote.Cli.Clusters;

/// <summary>Submits a job unless it is there already, whoever submits it.</summary>
/// <param name="screen">Where words go.</param>
/// <param name="folder">The job's.</param>
/// <param name="cancel">Stops waiting for another command that submits the same.</param>
internal sealed class SlurmSubmission(Screen screen, JobFolder folder, CancellationToken cancel)
{
    /// <summary>Refuses a job of another build; null: nothing to check.</summary>
    public Action? RequireSame { get; init; }

    /// <summary>The job that makes what is open.</summary>
    /// <param name="write">Writes what workers need; null where nothing is open any more.</param>
    /// <returns>Null where another command's job has made everything meanwhile.</returns>
    public SlurmRun? Once(Func<ClusterJob?> write)
    {
        if (Attach() is { } there)
        {
            return there;
        }

        using var claim = folder.ClaimSubmission(
            () => screen.Progress("Another command is submitting this job; waiting for it ..."),
            cancel
        );
        return Attach() ?? (write() is { } job ? Submit(job) : null);
    }

    private SlurmRun? Attach()
    {
        if (folder.IsStopped || SlurmRun.Find(folder) is not { } run || SlurmClient.Tasks(run.Job) is not { Count: > 0 } tasks)
        {
            return null;
        }

        RequireSame?.Invoke();
        screen.Progress($"{run.Words(tasks)}; submitted {run.Submitted:u}. {Elsewhere()}");
        return run;
    }

    private SlurmRun Submit(ClusterJob job)
    {
        AtomicFile.WriteText(Path.Combine(folder.Path, SlurmScript.File), SlurmScript.Of(job));
        var run = new SlurmRun
        {
            Job = SlurmClient.Submit(folder.Path),
            Tasks = job.Tasks,
            Submitted = TimeProvider.System.GetUtcNow(),
            Memory = job.Request.Memory,
        };
        run.Keep(folder);
        screen.Progress(
            $"Job {run.Job}: {Wording.Count(job.Pieces, job.Kind.Piece)} by {Wording.Count(job.Tasks, "worker")}. "
                + "Ctrl-C stops looking and nothing else. "
                + Elsewhere()
        );
        return run;
    }

    private string Elsewhere() => $"Cancel with: rote worker --set {CommandLine.Quote(folder.Path)} --cancel";
}
