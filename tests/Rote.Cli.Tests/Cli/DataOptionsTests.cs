using System.CommandLine;
using Rote.Cli;
using Rote.Cli.Commands;

namespace Rote.Tests.Cli;

/// <summary>Data of one's own is read in the same words by every command.</summary>
public sealed class DataOptionsTests
{
    [Fact]
    public void Every_command_that_takes_data_takes_all_options_of_data()
    {
        // "runs list --data NAME" reads none, and "review --data" reads it as the audit did.
        var commands = All(Program.Build()).Where(command => TakesData(command) && command.Name is not ("list" or "review")).ToArray();
        Assert.Equal(
            [
                "audit",
                "check",
                "embed",
                "evaluate",
                "features",
                "forget",
                "frontier",
                "kernel",
                "minimum-norm",
                "quickstart",
                "show",
                "theorem1",
                "train",
            ],
            commands.Select(c => c.Name).Order(StringComparer.Ordinal)
        );
        foreach (var command in commands)
        {
            // "data show" and "data check" look at what others encode.
            var options = new DataOptions(encoder: command.Name is "show" or "check" ? EncoderUse.Never : EncoderUse.OnDemand);
            Assert.Empty(options.All.Select(option => option.Name).Except(command.Options.Select(option => option.Name)));
        }
    }

    private static bool TakesData(Command command) =>
        command.Arguments.Any(argument => argument.Name == "DATA") || command.Options.Any(option => option.Name == "--data");

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);
}
