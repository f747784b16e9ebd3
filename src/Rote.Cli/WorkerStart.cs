using System.Diagnostics;
using Rote.Experiments;
using Rote.Storage;
using Rote.Workers;

namespace Rote.Cli;

/// <summary>How this command starts itself as a worker, and sets of runs that such workers make.</summary>
internal static class WorkerStart
{
    /// <summary>A set of runs whose downloads are told to the user.</summary>
    /// <param name="screen">Where words go.</param>
    /// <param name="store">Where runs are kept.</param>
    /// <param name="workers">Processes.</param>
    /// <exception cref="InputException">The number of workers is out of range.</exception>
    public static RunSet Set(Screen screen, RunStore store, int workers) =>
        new(store, Create)
        {
            Workers = workers,
            Downloads = screen.Quiet ? null : new DownloadLines(screen.PeopleWriter, screen.IsLive, screen.NameOf),
        };

    /// <summary>As many processes as the cores allow; one for a GPU, whose memory each would fill with the data.</summary>
    /// <param name="experiment">One of the runs.</param>
    /// <param name="runs">How many runs there are.</param>
    public static int Usual(Experiment experiment, int runs) =>
        experiment.Recipe.Device.IsGpu ? 1 : Math.Clamp(Environment.ProcessorCount / experiment.Threads, 1, runs);

    /// <summary>The same program with the hidden subcommand. It inherits folder and environment, the settings of the launcher among
    /// them.</summary>
    public static ProcessStartInfo Create() => new(Program()[0], [.. Program().Skip(1), Commands.WorkerCommand.Name]);

    /// <summary>The words that start this program.</summary>
    /// <exception cref="MachineException">The system does not tell.</exception>
    public static IReadOnlyList<string> Program()
    {
        var program =
            Environment.ProcessPath
            ?? throw new MachineException(
                "This system does not tell a program its own path, so no worker can be started; do without --workers."
            );
        return string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase)
            ? [program, typeof(WorkerStart).Assembly.Location] // started as "dotnet Rote.Cli.dll"
            : [program];
    }
}
