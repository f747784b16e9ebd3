using System.Diagnostics;

namespace Rote.Tests.Support;

/// <summary>Runs lines of Python where a Python with the modules is there.</summary>
internal static class PythonLines
{
    /// <summary>The interpreter that has all modules; the test is skipped where none has.</summary>
    /// <param name="modules">Their names.</param>
    public static string With(params string[] modules)
    {
        string[] known = [Environment.GetEnvironmentVariable("ROTE_PYTHON") ?? "python3", "/usr/bin/python3"];
        var found = Array.Find(known, python => Try(python, $"import {string.Join(", ", modules)}").Code == 0);
        Assert.SkipUnless(found is not null, $"No python3 here has {string.Join(", ", modules)}.");
        return found!;
    }

    /// <summary>Runs lines, which must succeed.</summary>
    /// <param name="python">What <see cref="With"/> gave.</param>
    /// <param name="lines">The program.</param>
    public static void Run(string python, string lines)
    {
        var (code, error) = Try(python, lines);
        Assert.True(code == 0, $"{lines}\n{error}");
    }

    private static (int Code, string Error) Try(string python, string lines)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(python, ["-c", lines]) { RedirectStandardError = true, UseShellExecute = false }
            )!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (-1, error.Message);
        }
    }
}
