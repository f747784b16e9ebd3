using System.ComponentModel;
using System.Diagnostics;

namespace Rote.Tests.Support;

/// <summary>Other people's programs, where this machine has them.</summary>
internal static class Programs
{
    /// <summary>Runs a program, which must succeed; the test is skipped where there is none.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    public static void Run(string program, params string[] arguments)
    {
        var result = Start(program, arguments);
        Assert.SkipUnless(result is not null, $"No {program} here.");
        Assert.True(result!.Value.Code == 0, $"{program} {string.Join(' ', arguments)}\n{result.Value.Output}\n{result.Value.Error}");
    }

    /// <summary>Runs a program to its end; null where there is none.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Exit code, standard output, standard error.</returns>
    public static (int Code, string Output, string Error)? Start(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
                }
            )!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
