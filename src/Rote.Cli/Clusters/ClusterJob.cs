using Rote.Data;
using Rote.Workers;

namespace Rote.Cli.Clusters;

/// <summary>A job of identical workers that make a set of runs: numbers and the command line of one worker.</summary>
internal sealed record ClusterJob
{
    /// <summary>More workers than this need an explicit request.</summary>
    public const int UsualTasks = 100;

    // Settings of the launcher and the user for this process apply to workers too. Slurm passes the environment on, unless told not to.
    private static readonly string[] Passed = ["DOTNET_ROOT", "GLIBC_TUNABLES", DataFolder.Variable, Extensions.Variable];

    /// <summary>The set's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>What workers must find there.</summary>
    public required string Probe { get; init; }

    /// <summary>Runs that are not finished.</summary>
    public required int Runs { get; init; }

    /// <summary>Workers.</summary>
    public required int Tasks { get; init; }

    /// <summary>Cores a worker.</summary>
    public required int Cores { get; init; }

    public required ClusterRequest Request { get; init; }

    /// <summary>A name that people recognize in a queue.</summary>
    public string Name => $"rote-{Path.GetFileName(Folder)[..8]}";

    /// <summary>A job for a set.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="folder">The set.</param>
    /// <param name="probe">What workers must find there.</param>
    /// <param name="open">The runs that are not finished.</param>
    /// <exception cref="InputException">A run has more threads than a worker has cores.</exception>
    public static ClusterJob Of(ClusterRequest request, RunSetFolder folder, string probe, IReadOnlyList<RunRequest> open)
    {
        var threads = open.Select(run => run.Experiment.Threads).DefaultIfEmpty(1).Max();
        if (request.Cores < threads)
        {
            throw new InputException(
                $"{request.Cores} cores a worker are asked for, and a run computes with {threads} threads; ask for {threads} or more."
            );
        }

        return new ClusterJob
        {
            Folder = folder.Path,
            Probe = probe,
            Runs = open.Count,
            Tasks = Math.Min(request.Tasks ?? UsualTasks, Math.Max(1, open.Count)),
            Cores = request.Cores ?? threads,
            Request = request,
        };
    }

    /// <summary>The words that start a worker.</summary>
    /// <param name="program">The program's name where it has another place than here; null: it has this one.</param>
    public IReadOnlyList<string> Words(string? program = null)
    {
        var start = WorkerStart.Create();
        string[] begin = program is null ? [start.FileName, .. start.ArgumentList] : [program, Commands.WorkerCommand.Name];
        return [.. begin, "--set", Folder, "--probe", Probe];
    }

    /// <summary>The variables that a worker needs, as they are here.</summary>
    public static IReadOnlyList<(string Name, string Value)> Variables() =>
        [
            .. Passed
                .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
                .Where(variable => !string.IsNullOrEmpty(variable.Value))
                .Select(variable => (variable.Name, variable.Value!)),
        ];
}
