namespace Rote.Tests.Support;

/// <summary>Runs lines of Python where a Python with the modules is there.</summary>
internal static class PythonLines
{
    /// <summary>The interpreter that has all modules; the test is skipped where none has.</summary>
    /// <param name="modules">Their names.</param>
    public static string With(params string[] modules)
    {
        string[] known = [Environment.GetEnvironmentVariable("ROTE_PYTHON") ?? "python3", "/usr/bin/python3"];
        var found = Array.Find(known, python => Programs.Start(python, "-c", $"import {string.Join(", ", modules)}") is { Code: 0 });
        Assert.SkipUnless(found is not null, $"No python3 here has {string.Join(", ", modules)}.");
        return found!;
    }

    /// <summary>Runs lines, which must succeed.</summary>
    /// <param name="python">What <see cref="With"/> gave.</param>
    /// <param name="lines">The program.</param>
    public static void Run(string python, string lines) => Programs.Run(python, "-c", lines);
}
