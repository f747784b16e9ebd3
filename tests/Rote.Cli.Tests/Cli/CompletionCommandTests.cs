using System.Diagnostics;
using Rote.Cli;
using Rote.Cli.Commands;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("rote au", "audit")]
    [InlineData("rote audit --fail", "--fail-over")]
    [InlineData("rote train shapes --network mlp-3", "mlp-3x512")]
    [InlineData("rote audit --network res", "resnet")]
    [InlineData("rote runs sh", "show")]
    [InlineData("./rote audit --sar", "--sarif")]
    public void What_may_stand_at_the_cursor_is_told(string line, string expected) =>
        Assert.Equal([expected], CompletionCommand.Of(line, line.Length));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("rote audit ./my-ph")] // files are the shell's
    [InlineData("rote 'unclosed")]
    [InlineData("rote audit --network nothing-of-that-name")]
    [InlineData("rote $(touch x) `y` ; \u0001")]
    public void Where_nothing_is_known_nothing_is_said(string line) => Assert.Empty(CompletionCommand.Of(line, int.MaxValue));

    [Fact]
    public void Only_what_is_before_the_cursor_counts()
    {
        Assert.Equal(["audit"], CompletionCommand.Of("rote au --json", 7));
        Assert.Empty(CompletionCommand.Of("rote au", -5));
        Assert.DoesNotContain(CompletionCommand.Asked, CompletionCommand.Of("rote ", 5));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Every_shell_has_its_script(string shell)
    {
        var (code, output, error) = Command.Run("completion", shell);
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains(" complete ", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', output);
        if (OperatingSystem.IsLinux() && File.Exists($"/usr/bin/{shell}"))
        {
            using var check = Process.Start(
                new ProcessStartInfo($"/usr/bin/{shell}", ["-n"]) { UseShellExecute = false, RedirectStandardInput = true }
            )!;
            check.StandardInput.Write(output);
            check.StandardInput.Close();
            check.WaitForExit();
            Assert.Equal(0, check.ExitCode);
        }
    }

    [Fact]
    public void Another_shell_is_one_sentence() =>
        Assert.Equal(
            (ExitCode.WrongInput, "rote: There is no completion for 'tcsh', expected bash, zsh or fish.\n"),
            (Command.Run("completion", "tcsh").Code, Command.Run("completion", "tcsh").Error)
        );

    [Fact]
    public void The_manual_has_every_command_and_option_and_no_request_that_roff_does_not_know()
    {
        var (code, page, _) = Command.Run("man");
        Assert.Equal(ExitCode.Done, code);
        foreach (var command in global::Rote.Cli.Program.Build().Subcommands.Where(c => !c.Hidden))
        {
            Assert.Contains($".SS rote {command.Name}", page.Replace("\\-", "-", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.All(
                command.Options.Where(o => !o.Hidden && command.Subcommands.Count == 0),
                option => Assert.Contains(option.Name.Replace("-", "\\-", StringComparison.Ordinal), page, StringComparison.Ordinal)
            );
        }

        Assert.All(
            page.Split('\n').Where(line => line.StartsWith('.') || line.StartsWith('\'')),
            line => Assert.Matches(@"^\.(TH|SH|SS|TP|B)( |$)", line)
        );
        Assert.All(page, c => Assert.True(c is '\n' or (>= ' ' and < (char)127), $"{(int)c:X}"));
    }
}
