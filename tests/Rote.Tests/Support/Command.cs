using System.CommandLine;

namespace Rote.Tests.Support;

/// <summary>Runs the command in this process.</summary>
internal static class Command
{
    public static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = global::Rote.Cli.Program.Run(arguments, new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
