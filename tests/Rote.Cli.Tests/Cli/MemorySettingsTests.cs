using System.Diagnostics;
using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

/// <summary>The settings that the launcher makes are there without it: as a tool, from an archive.</summary>
public sealed class MemorySettingsTests
{
    [Fact]
    public void The_launcher_and_the_program_have_the_same_settings() =>
        Assert.Contains(
            $"    GLIBC_TUNABLES={MemorySettings.Value}\n",
            File.ReadAllText(Path.Combine(Repository.Root, "build", "environment.sh")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(true, "train", "shapes")]
    [InlineData(true, "--quiet", "audit", "x")]
    [InlineData(true, "worker")]
    [InlineData(false, "train", "--help")]
    [InlineData(false, "help", "train")]
    [InlineData(false, "--version")]
    [InlineData(false, "complete", "9", "rote train")]
    [InlineData(false, "runs", "list")]
    [InlineData(false)]
    public void Only_commands_that_compute_start_anew(bool isWanted, params string[] arguments) =>
        Assert.Equal(isWanted, MemorySettings.AreWanted(arguments, _ => null, 7));

    [Theory]
    [InlineData("GLIBC_TUNABLES", "glibc.malloc.mxfast=0", false)]
    [InlineData("MALLOC_TRIM_THRESHOLD_", "1", false)]
    [InlineData(MemorySettings.Guard, "7", false)] // this process has done so
    [InlineData(MemorySettings.Guard, "8", true)] // another one has
    [InlineData("GLIBC_TUNABLES", "", true)]
    public void Not_over_settings_of_the_user_and_not_twice(string name, string value, bool isWanted) =>
        Assert.Equal(isWanted, MemorySettings.AreWanted(["train"], asked => asked == name ? value : null, 7));

    [Fact]
    public void The_program_takes_its_own_place_with_its_environment_and_streams()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere there is no glibc.");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Rote.Cli"), ["worker"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { MemorySettings.Variable, "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", MemorySettings.Guard })
        {
            start.Environment.Remove(name);
        }

        start.Environment["ROTE_TEST"] = "a b";
        using var process = Process.Start(start)!;
        var environment = Awaited(process.Id);
        process.StandardInput.Close(); // the worker's end
        process.WaitForExit();
        // The program itself sees the whole; glibc 2.36 cuts the original, which /proc shows, at its first colon when it reads it.
        Assert.Contains($"{MemorySettings.Variable}={MemorySettings.Value.Split(':')[0]}", environment.Select(line => line.Split(':')[0]));
        Assert.Contains($"{MemorySettings.Guard}={process.Id}", environment);
        Assert.Contains("ROTE_TEST=a b", environment);
    }

    [Fact]
    public void Odd_arguments_arrive_and_so_does_the_exit_code()
    {
        var (code, output, error) = Command.Start((MemorySettings.Guard, ""), ["train", "é 'two words'", ""]);
        Assert.Equal((ExitCode.WrongInput, ""), (code, output));
        Assert.DoesNotContain("Rote failed", error, StringComparison.Ordinal);
        Assert.Contains("rote: ", error, StringComparison.Ordinal);
        (code, _, error) = Command.Start((MemorySettings.Guard, ""), ["train", "é 'two words'"]);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains("\"é 'two words'\"", error, StringComparison.Ordinal);
    }

    /// <summary>The environment that a process was started with, once it has started anew.</summary>
    private static string[] Awaited(int process)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var environment = File.ReadAllText($"/proc/{process}/environ").Split('\0');
            if (environment.Any(line => line.StartsWith(MemorySettings.Variable, StringComparison.Ordinal)))
            {
                return environment;
            }

            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(60), "It did not start anew in a minute.");
            Thread.Sleep(20);
        }
    }
}
