using Rote.Audits;
using Rote.Cli.Commands;
using Rote.Data;
using Rote.Workers;

namespace Rote.Cli.Clusters;

/// <summary>A job of identical workers: numbers and the command line of one worker.</summary>
internal sealed record ClusterJob
{
    /// <summary>More workers than this need an explicit request.</summary>
    public const int UsualTasks = 100;

    // Settings of the launcher and the user for this process apply to workers too. Slurm passes the environment on, unless told not to.
    private static readonly string[] Passed = ["DOTNET_ROOT", "GLIBC_TUNABLES", DataFolder.Variable, Extensions.Variable];

    /// <summary>What the workers share.</summary>
    public required JobFolder Folder { get; init; }

    /// <summary>A name that people recognize in a queue.</summary>
    public required string Name { get; init; }

    /// <summary>What the workers make.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>How many of them are not finished.</summary>
    public required int Pieces { get; init; }

    /// <summary>The words that start a worker, after the program's name.</summary>
    public required IReadOnlyList<string> Worker { get; init; }

    /// <summary>The folder that the paths in these words start from; null: they have none that is relative.</summary>
    public string? StartsIn { get; init; }

    /// <summary>Workers.</summary>
    public required int Tasks { get; init; }

    /// <summary>Cores a worker.</summary>
    public required int Cores { get; init; }

    public required ClusterRequest Request { get; init; }

    /// <summary>Whether a worker needs a GPU. Of Slurm it is asked for by --gres, whose names differ from cluster to cluster.</summary>
    public bool IsForGpu { get; init; }

    /// <summary>A job for a set.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="folder">The set.</param>
    /// <param name="probe">What workers must find there.</param>
    /// <param name="open">The runs that are not finished.</param>
    /// <exception cref="InputException">A run has more threads than a worker has cores.</exception>
    public static ClusterJob Of(ClusterRequest request, RunSetFolder folder, string probe, IReadOnlyList<RunRequest> open)
    {
        var threads = open.Select(run => run.Experiment.Threads).DefaultIfEmpty(1).Max();
        return new ClusterJob
        {
            Folder = folder.Job,
            Name = $"rote-{Path.GetFileName(folder.Path)[..8]}",
            Kind = JobKind.Runs,
            Pieces = open.Count,
            Worker = [WorkerCommand.Name, "--set", folder.Path, "--probe", probe],
            Tasks = TasksFor(request, open.Count),
            Cores = CoresFor(request, threads, "run"),
            IsForGpu = open.Any(run => run.Experiment.Recipe.Device.IsGpu),
            Request = request,
        };
    }

    /// <summary>A job for the networks of an audit.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="folder">The job's.</param>
    /// <param name="plan">The audit.</param>
    /// <param name="open">How many networks are not finished.</param>
    /// <param name="worker">The words of a worker.</param>
    /// <exception cref="InputException">A network has more threads than a worker has cores.</exception>
    public static ClusterJob Of(ClusterRequest request, JobFolder folder, AuditPlan plan, int open, IReadOnlyList<string> worker) =>
        new()
        {
            Folder = folder,
            Name = $"rote-{plan.Identity[..8]}",
            Kind = JobKind.Networks,
            Pieces = open,
            Worker = worker,
            StartsIn = Directory.GetCurrentDirectory(),
            Tasks = TasksFor(request, open),
            Cores = CoresFor(request, plan.Threads, "network"),
            IsForGpu = plan.Recipe.Device.IsGpu,
            Request = request,
        };

    /// <summary>The words that start a worker.</summary>
    /// <param name="program">The program's name where it has another place than here; null: it has this one.</param>
    public IReadOnlyList<string> Words(string? program = null) => [.. program is null ? WorkerStart.Program() : [program], .. Worker];

    /// <summary>The variables that a worker needs, as they are here.</summary>
    public static IReadOnlyList<(string Name, string Value)> Variables() =>
        [
            .. Passed
                .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
                .Where(variable => !string.IsNullOrEmpty(variable.Value))
                .Select(variable => (variable.Name, variable.Value!)),
        ];

    private static int TasksFor(ClusterRequest request, int pieces) => Math.Min(request.Tasks ?? UsualTasks, Math.Max(1, pieces));

    private static int CoresFor(ClusterRequest request, int threads, string piece) =>
        request.Cores < threads
            ? throw new InputException(
                $"{request.Cores} cores a worker are asked for, and a {piece} computes with {threads} threads; ask for {threads} or more."
            )
            : request.Cores ?? threads;
}
