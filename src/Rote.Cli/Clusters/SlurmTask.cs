using System.Globalization;

namespace Rote.Cli.Clusters;

/// <summary>The place of this process in a job of identical workers, as the cluster's variables tell.</summary>
internal static class SlurmTask
{
    /// <summary>The most times a task is requeued; one that runs out of time more often makes no progress.</summary>
    public const int MostRequeues = 100;

    /// <summary>Which of how many workers this is, as a share from 0 to below 1; 0 outside a job.</summary>
    public static double Place() =>
        (Number("SLURM_ARRAY_TASK_ID") - 1, Number("SLURM_ARRAY_TASK_COUNT")) is ({ } task, { } tasks) && task >= 0 && task < tasks
            ? (double)task / tasks
        : (Number("JOB_COMPLETION_INDEX"), Number("ROTE_TASKS")) is ({ } pod, { } pods) && pod < pods ? (double)pod / pods
        : 0;

    /// <summary>Cores that the job gives to this worker; null outside a job.</summary>
    public static int? Cores() => Number("SLURM_CPUS_PER_TASK");

    /// <summary>Puts this task back into the queue, so that what is left goes on.</summary>
    /// <param name="screen">Where to say so.</param>
    public static void Requeue(Screen screen)
    {
        if (Environment.GetEnvironmentVariable("SLURM_JOB_ID") is not { Length: > 0 } job)
        {
            return;
        }

        if (Number("SLURM_RESTART_COUNT") >= MostRequeues)
        {
            screen.Line($"Time is up, and this task was queued again {MostRequeues} times before; ask for more time.");
            return;
        }

        var (array, task) = (Environment.GetEnvironmentVariable("SLURM_ARRAY_JOB_ID"), Number("SLURM_ARRAY_TASK_ID"));
        screen.Line(
            SlurmClient.Requeue(array is null || task is null ? job : $"{array}_{task}") is { } why
                ? $"What is left cannot be queued again: {why}."
                : "What is left is queued again."
        );
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
