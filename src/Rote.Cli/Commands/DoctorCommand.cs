using System.CommandLine;
using Rote.Cli.Doctor;

namespace Rote.Cli.Commands;

/// <summary><c>rote doctor</c>: does this machine have what Rote needs?</summary>
internal static class DoctorCommand
{
    /// <summary>The command. Exit code 0 if Rote can run, also with warnings; 3 if something needed is missing.</summary>
    public static Command Create()
    {
        var command = new Command(
            "doctor",
            "Check this machine: libtorch, cores, bfloat16, memory, disk, data cache. Asks nothing of the network."
        );
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var screen = new Screen(parse);
        var findings = MachineProbe.Look(AppContext.BaseDirectory);
        var checks = Diagnosis.Of(findings);
        if (screen.Json)
        {
            parse.InvocationConfiguration.Output.WriteLine(DoctorOutput.ToJson(findings, checks));
        }
        else
        {
            DoctorOutput.Write(checks, screen.People);
        }

        return DoctorOutput.Overall(checks) == CheckStatus.Missing ? ExitCode.MachineLacks : ExitCode.Done;
    }
}
