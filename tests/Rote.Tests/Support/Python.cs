using System.Diagnostics;

namespace Rote.Tests.Support;

/// <summary>A Python that has PyTorch, if this machine has one: that of ROTE_PYTHON, of the path, or of the system.</summary>
internal static class Python
{
    private static readonly Lazy<string?> WithTorch = new(() =>
        new[] { Environment.GetEnvironmentVariable("ROTE_PYTHON"), "python3", "/usr/bin/python3" }.FirstOrDefault(python =>
            !string.IsNullOrEmpty(python) && Programs.Start(python, "-c", "import torch") is { Code: 0 }
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

        return Programs.Start(python, arguments)!.Value;
    }

    /// <summary>Runs a script with the system's Python and nothing but its standard library, or skips the test where there is
    /// none.</summary>
    /// <returns>Exit code, standard output, standard error.</returns>
    public static (int Code, string Output, string Error) Plain(params string[] arguments)
    {
        const string System = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(System), "Needs Python: apt-get install python3.");
        return Programs.Start(System, arguments)!.Value;
    }
}
