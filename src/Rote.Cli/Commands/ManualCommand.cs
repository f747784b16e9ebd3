using System.CommandLine;
using Rote.Cli.Help;

namespace Rote.Cli.Commands;

/// <summary><c>rote man</c>: the manual page, for <c>man</c> and for those who make packages of a system.</summary>
internal static class ManualCommand
{
    public const string Name = "man";

    public static Command Create()
    {
        var command = new Command(Name, "Print the manual page rote(1), for 'man -l'");
        command.SetAction(parse =>
        {
            ManPage.Write(Program.Build(), parse.InvocationConfiguration.Output);
            return ExitCode.Done;
        });
        return command;
    }
}
