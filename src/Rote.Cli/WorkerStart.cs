using System.Diagnostics;

namespace Rote.Cli;

/// <summary>How this command starts itself as a worker.</summary>
internal static class WorkerStart
{
    /// <summary>The same program with the hidden subcommand. It inherits folder and environment, the settings of the launcher among them.</summary>
    public static ProcessStartInfo Create()
    {
        var program = Environment.ProcessPath ?? throw new MachineException("This system does not tell a program its own path, so no worker can be started; do without --workers.");
        var start = new ProcessStartInfo(program);
        if (string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(typeof(WorkerStart).Assembly.Location); // started as "dotnet Rote.Cli.dll"
        }

        start.ArgumentList.Add(Commands.WorkerCommand.Name);
        return start;
    }
}
