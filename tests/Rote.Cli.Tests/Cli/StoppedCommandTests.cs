using System.Diagnostics;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

/// <summary>Commands that say "Stop at any time" are stopped as by Ctrl-C, and the same command goes on.</summary>
public sealed class StoppedCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public StoppedCommandTests()
    {
        var rows = Enumerable
            .Range(0, 2000)
            .Select(i => FormattableString.Invariant($"{i * 37 % 101}.5,{i * 53 % 89}.5,c{i * 37 % 101 / 51}"));
        File.WriteAllLines(_folder.File("t.csv"), ["a,b,label", .. rows]);
    }

    public static TheoryData<string, string> Lines =>
        new()
        {
            { "train t.csv --network mlp-1x64 --epochs 1000 --stop-at never --threads 1 --precision float32 --runs runs", " epochs in " },
            { "audit t.csv --network mlp-1x64 --members 16 --epochs 30 --threads 1 --output out --audits audits", "report.html" },
            {
                "quickstart --data t.csv --network mlp-1x64 --epochs 300 --rule-epochs 0 --threads 1 --precision float32 --runs runs "
                    + "--report q.html",
                "Done in "
            },
        };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_same_command_goes_on(string line, string end)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are those of Unix.");
        var (stopped, before, _) = Type(line, isStopped: true);
        Assert.Contains("Stop at any time; the same command goes on.", before, StringComparison.Ordinal);
        Assert.Contains("(Ctrl-C again: stop now)", before, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Interrupted, stopped);
        Assert.DoesNotContain(end, before, StringComparison.Ordinal);
        var (code, output, error) = Type(line, isStopped: false);
        Assert.True(code == ExitCode.Done, error);
        Assert.Contains(end, output, StringComparison.Ordinal);
    }

    /// <summary>Types a line in the folder; may stop it half a second after it says that it can be stopped.</summary>
    private (int Code, string Output, string Error) Type(string line, bool isStopped)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Rote.Cli"), line.Split(' '))
            {
                WorkingDirectory = _folder.Path,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync();
        var output = new System.Text.StringBuilder();
        while (process.StandardOutput.ReadLine() is { } said)
        {
            output.Append(said).Append('\n');
            if (isStopped && said.Contains("Stop at any time", StringComparison.Ordinal))
            {
                Thread.Sleep(500);
                using var kill = Process.Start("/bin/kill", ["-INT", $"{process.Id}"]);
                kill.WaitForExit();
            }
        }

        process.WaitForExit();
        return (process.ExitCode, output.ToString(), error.Result);
    }
}
