using Rote.Cli.Clusters;
using Rote.Cli.Displays;
using Rote.Storage;
using Rote.Tensors;
using Rote.Workers;

namespace Rote.Cli.Commands;

/// <summary><c>rote worker --set FOLDER</c>: makes runs of a set until none is left, beside whoever else does.</summary>
internal static class WorkerSet
{
    /// <summary>Works.</summary>
    /// <param name="screen">Where words go.</param>
    /// <param name="folder">The set.</param>
    /// <param name="processes">Runs at a time; null: as many as the cores allow.</param>
    /// <param name="device">Which GPU; null: the first, where the set is for GPUs.</param>
    /// <returns>The exit code: 0 if all runs are finished, whoever made them.</returns>
    public static int Run(Screen screen, RunSetFolder folder, int? processes, string? device)
    {
        var plan = folder.Read();
        plan.RequireSameBuild();
        var requests = Placed(plan.Requests(), device);
        var store = new RunStore(folder.Store, TimeProvider.System) { TensorBoard = plan.TensorBoard };
        var cores = Math.Min(SlurmTask.Cores() ?? int.MaxValue, Environment.ProcessorCount);
        var threads = requests.Select(request => request.Experiment.Threads).DefaultIfEmpty(1).Max();
        var set = new RunSet(store, WorkerStart.Create)
        {
            Workers = processes ?? (IsForGpu(requests) ? 1 : Math.Clamp(cores / threads, 1, 1024)),
            Folder = folder,
            First = (int)(SlurmTask.Place() * requests.Count),
        };
        screen.Progress($"{Wording.Count(requests.Count, "run")}, {set.Workers} at a time on {Environment.MachineName}.");
        SetRunner.WarnOfLocks(screen, store);
        PrintPrecision(screen, plan, requests);
        return Work(screen, folder, set, requests);
    }

    private static bool IsForGpu(IReadOnlyList<RunRequest> requests) => requests.Any(request => request.Experiment.Recipe.Device.IsGpu);

    /// <summary>The runs on a GPU of this machine, where the set is for GPUs: that it is one is part of what a run is, and which is
    /// not.</summary>
    private static IReadOnlyList<RunRequest> Placed(IReadOnlyList<RunRequest> requests, string? name)
    {
        if (!IsForGpu(requests))
        {
            return name is null
                ? requests
                : throw new InputException($"--device is given '{name}', and the runs of this set are for the processor: leave it out.");
        }

        if (CudaSupport.Look() is { Count: 0 } found)
        {
            throw new MachineException(
                $"The runs of this set are for a GPU, and {found.Reason}; or start workers on machines that have one."
            );
        }

        var device = ComputeDevice.Find(name ?? "cuda");
        return device.IsGpu
            ? [.. requests.Select(request => request.On(device))]
            : throw new InputException($"--device is given '{name}', and the runs of this set are for a GPU: give cuda or cuda:N.");
    }

    /// <summary>Cancels a job, and tells workers that were started otherwise.</summary>
    public static int Cancel(Screen screen, JobFolder folder)
    {
        folder.Stop();
        if (SlurmRun.Find(folder) is { } run && SlurmClient.Tasks(run.Job) is not [])
        {
            SlurmClient.Cancel(run.Job);
            screen.Line($"Job {run.Job} is cancelled; what was finished is kept, and the command that submitted it goes on.");
        }
        else
        {
            screen.Line("Its workers stop within seconds; what was finished is kept.");
        }

        return ExitCode.Done;
    }

    private static int Work(Screen screen, RunSetFolder folder, RunSet set, IReadOnlyList<RunRequest> requests)
    {
        using var interrupt = new Interrupt(screen, "Stopped; what was finished is kept.", patience: JobWorker.Patience);
        using var follow = JobWorker.Follow(folder.Job, interrupt);
        try
        {
            var outcomes = RunSetDisplay.Show(screen, progress => set.Run(requests, progress, interrupt.Token));
            var failures = outcomes.Where(outcome => outcome.Failure is not null).ToArray();
            return failures.Length == 0 ? ExitCode.Done : ExitCode.Of(failures[0].Failure!.Kind);
        }
        catch (OperationCanceledException)
        {
            JobWorker.Leave(folder.Job, screen);
            return interrupt.Stopped();
        }
    }

    /// <summary>What 'auto' means was decided where the set was made, because it is part of what a run is.</summary>
    private static void PrintPrecision(Screen screen, RunSetPlan plan, IReadOnlyList<RunRequest> requests)
    {
        var here = PrecisionSupport.NativeInstructions(PrecisionSupport.ReadCpuInfo());
        var count = requests.Count(request => request.Experiment.Recipe.Precision == Precision.BFloat16);
        if (count > 0 && here is null)
        {
            screen.Progress(
                $"{Wording.Count(count, "run")} of this set compute in bfloat16, as {plan.Host} decided, and the processor of "
                    + $"{Environment.MachineName} has no instructions for it: they are slow here, and their last bits may be others; "
                    + $"choose float32 for the set where the nodes differ."
            );
        }
    }
}
