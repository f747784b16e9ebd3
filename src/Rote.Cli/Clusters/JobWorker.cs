using Rote.Workers;

namespace Rote.Cli.Clusters;

/// <summary>What every worker of a job does, whatever it makes: it stops when the job is cancelled, and is queued again when its time is
/// up.</summary>
internal static class JobWorker
{
    /// <summary>How long its work may take to end after a signal. Slurm gives two minutes; a task must be put back into the queue in
    /// them.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    /// <summary>Looks until it is disposed of whether the job was cancelled.</summary>
    /// <param name="folder">The job's.</param>
    /// <param name="interrupt">Asked to stop then.</param>
    /// <param name="between">Time from look to look; null: five seconds.</param>
    public static IDisposable Follow(JobFolder folder, Interrupt interrupt, TimeSpan? between = null)
    {
        var asked = 0;
        return new Timer(
            _ =>
            {
                if (folder.IsStopped && Interlocked.Exchange(ref asked, 1) == 0)
                {
                    interrupt.Request(); // once: a second request ends the process at once
                }
            },
            null,
            TimeSpan.Zero,
            between ?? BetweenLooks
        );
    }

    /// <summary>Puts this task back into the queue unless its job was cancelled.</summary>
    /// <param name="folder">The job's; null: not known yet.</param>
    /// <param name="screen">Where to say so.</param>
    public static void Leave(JobFolder? folder, Screen screen)
    {
        if (folder is not { IsStopped: true })
        {
            SlurmTask.Requeue(screen);
        }
    }
}
