using System.CommandLine;
using System.Diagnostics;

namespace Rote.Tests.Support;

/// <summary>Runs the command.</summary>
internal static class Command
{
    /// <summary>In this process.</summary>
    public static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = global::Rote.Cli.Program.Run(arguments, new InvocationConfiguration { Output = output, Error = error });
        DocumentCheck.Of(arguments, output.ToString());
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>As a program of its own, which workers can be started from.</summary>
    public static (int Code, string Output, string Error) Start(params string[] arguments) => Start(null, arguments);

    /// <summary>As a program of its own that permissions bind, also where root runs the tests; skipped where that cannot be had.</summary>
    public static (int Code, string Output, string Error) StartBound(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Permissions are those of Unix.");
        if (!Environment.IsPrivilegedProcess)
        {
            return Start(arguments);
        }

        const string Without = "-dac_override,-dac_read_search";
        var program = Path.Combine(AppContext.BaseDirectory, "Rote.Cli");
        var result = Programs.Start("setpriv", [$"--bounding-set={Without}", $"--inh-caps={Without}", program, .. arguments]);
        Assert.SkipUnless(result is not null, "Needs setpriv of util-linux.");
        return result!.Value;
    }

    /// <summary>As a program of its own.</summary>
    /// <param name="variable">A variable of its environment.</param>
    /// <param name="arguments">Its command line.</param>
    public static (int Code, string Output, string Error) Start((string Name, string Value)? variable, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Rote.Cli"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (variable is var (name, value))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        DocumentCheck.Of(arguments, output);
        return (process.ExitCode, output, error.Result);
    }
}
