using System.Diagnostics;

namespace Rote.Tests.Support;

/// <summary>A Python that has PyTorch, if this machine has one: that of ROTE_PYTHON, of the path, or of the system.</summary>
internal static class Python
{
    private static readonly Lazy<string?> WithTorch = new(() =>
        new[] { Environment.GetEnvironmentVariable("ROTE_PYTHON"), "python3", "/usr/bin/python3" }.FirstOrDefault(python =>
            !string.IsNullOrEmpty(python) && Succeeds(python, "-c", "import torch")
        )
    );

    /// <summary>Runs a script, or skips the test where there is no PyTorch.</summary>
    /// <returns>Exit code, standard output, standard error.</returns>
    public static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        if (WithTorch.Value is not { } python)
        {
            Assert.Skip("Needs a Python with PyTorch: apt-get install python3-torch, or set ROTE_PYTHON to one.");
            throw new UnreachableException();
        }

        return Start(python, arguments);
    }

    /// <summary>Runs a script with the system's Python and nothing but its standard library, or skips the test where there is
    /// none.</summary>
    /// <returns>Exit code, standard output, standard error.</returns>
    public static (int Code, string Output, string Error) Plain(params string[] arguments)
    {
        const string System = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(System), "Needs Python: apt-get install python3.");
        return Start(System, arguments);
    }

    private static bool Succeeds(string python, params string[] arguments)
    {
        try
        {
            return Start(python, arguments).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }

    private static (int Code, string Output, string Error) Start(string python, string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(python, arguments)
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
}
