using System.CommandLine;
using System.CommandLine.Help;

using Rote.Cli.Commands;

namespace Rote.Cli;

/// <summary>The rote command.</summary>
internal static class Program
{
    public static int Main(string[] args) => Run(args, new InvocationConfiguration());

    /// <summary>Runs the command; every error becomes one sentence and an exit code.</summary>
    internal static int Run(string[] args, InvocationConfiguration configuration)
    {
        configuration.EnableDefaultExceptionHandler = false;
        configuration.ProcessTerminationTimeout = null;
        try
        {
            Extensions.Load(args);
        }
        catch (InputException error)
        {
            return Tell(error, verbose: false, configuration.Error);
        }

        var parse = Build().Parse(args.Length == 0 ? ["--help"] : args);
        if (parse.Errors.Count > 0)
        {
            return UsageErrors.Tell(parse, configuration.Error);
        }

        try
        {
            return parse.Invoke(configuration);
        }
        catch (Exception error)
        {
            return Tell(error, parse.GetValue(GlobalOptions.Verbose), configuration.Error);
        }
    }

    /// <summary>Not a <see cref="RootCommand"/>: that one names itself after the file it was started from.</summary>
    internal static Command Build() => new("rote", "Rote measures how a neural network learns, by rule or by rote, and lets you set how much of each.")
    {
        QuickstartCommand.Create(),
        ReproduceCommand.Create(),
        FrontierCommand.Create(),
        TrainCommand.Create(),
        EvaluateCommand.Create(),
        AuditCommand.Create(),
        TheoryCommand.Create(),
        DataCommand.Create(),
        RunsCommand.Create(),
        DoctorCommand.Create(),
        WorkerCommand.Create(),
        GlobalOptions.Json,
        GlobalOptions.Quiet,
        GlobalOptions.Explain,
        GlobalOptions.Verbose,
        GlobalOptions.Extension,
        new HelpOption(),
        new VersionOption(),
    };

    private static int Tell(Exception error, bool verbose, TextWriter console)
    {
        var (sentence, code) = ErrorSentence.Of(error);
        console.WriteLine(code == ExitCode.Interrupted ? sentence : $"rote: {sentence}");
        if (verbose)
        {
            console.WriteLine(error);
        }

        return code;
    }
}
