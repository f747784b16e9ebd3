using System.CommandLine;

namespace Rote.Cli;

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON document on standard output, everything else on standard error",
        Recursive = true,
    };

    public static readonly Option<bool> Quiet = new("--quiet") { Description = "No progress, only the result", Recursive = true };

    public static readonly Option<string[]> Extension = new("--extension")
    {
        Description = "Load an assembly that adds networks, losses, measures and the like; once for each (samples/Extending)",
        HelpName = "FILE.dll",
        Recursive = true,
        Arity = ArgumentArity.OneOrMore,
    };

    public static readonly Option<bool> Explain = new("--explain")
    {
        Description = "Say below every table what its columns mean",
        Recursive = true,
    };

    public static readonly Option<bool> Verbose = new("--verbose") { Description = "Show where an error came from", Recursive = true };
}
