using System.CommandLine;

using Rote.Cli.Doctor;

using Spectre.Console;

namespace Rote.Cli.Commands;

/// <summary><c>rote doctor</c>: does this machine have what Rote needs?</summary>
internal static class DoctorCommand
{
    private const int NotReady = 3;

    /// <summary>The command with its options. Exit code 0 if Rote can run, also with warnings; 3 if something needed is missing.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON document instead of text." };
        var command = new Command("doctor", "Check this machine: libtorch, cores, bfloat16, memory, disk, data cache. Asks nothing of the network.") { json };
        command.SetAction(parsed => Run(parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(bool asJson, TextWriter output)
    {
        var findings = MachineProbe.Look(AppContext.BaseDirectory);
        var checks = Diagnosis.Of(findings);
        if (asJson)
        {
            output.WriteLine(DoctorOutput.ToJson(findings, checks));
        }
        else
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
            if (!console.Profile.Out.IsTerminal)
            {
                console.Profile.Width = 10_000; // a file has no edge: one line a check
            }

            DoctorOutput.Write(checks, console);
        }

        return DoctorOutput.Overall(checks) == CheckStatus.Missing ? NotReady : 0;
    }
}
