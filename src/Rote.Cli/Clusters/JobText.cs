namespace Rote.Cli.Clusters;

/// <summary>A job as people read it before it is submitted.</summary>
internal static class JobText
{
    /// <summary>Prints the counts, and what the cluster would be given.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="job">The job.</param>
    /// <param name="shared">The folder that all workers must see.</param>
    public static void Print(Screen screen, ClusterJob job, string shared)
    {
        screen.Progress(
            $"{Wording.Count(job.Pieces, job.Kind.Piece)} to make by {Wording.Count(job.Tasks, "worker")}, "
                + $"{Wording.Count(job.Cores, "core")} each:"
        );
        screen.Line(job.Request.System == ClusterOptions.Slurm ? SlurmScript.Of(job) : KubernetesJob.Of(job, shared));
    }
}
