using System.Diagnostics;
using Rote.Cli;
using Rote.Cli.Commands;

namespace Rote.Tests.Cli;

public sealed class WorkerCommandTests
{
    [Fact]
    public void It_starts_this_program_again()
    {
        var start = WorkerStart.Create();
        Assert.Equal(Environment.ProcessPath, start.FileName);
        Assert.Equal(WorkerCommand.Name, start.ArgumentList[^1]);
    }

    [Fact]
    public void Nothing_but_events_is_on_its_standard_output_and_it_ends_with_its_input()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Rote.Cli"), ["worker"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var worker = Process.Start(start)!;
        Assert.StartsWith("{\"event\":\"ready\",", worker.StandardOutput.ReadLine(), StringComparison.Ordinal);
        worker.StandardInput.WriteLine("garbage");
        Assert.StartsWith("{\"event\":\"failed\",", worker.StandardOutput.ReadLine(), StringComparison.Ordinal);
        worker.StandardInput.Close();
        Assert.Equal("", worker.StandardOutput.ReadToEnd());
        worker.WaitForExit();
        Assert.Equal(ExitCode.Done, worker.ExitCode);
    }
}
