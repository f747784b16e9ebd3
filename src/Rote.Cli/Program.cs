using System.CommandLine;
using System.CommandLine.Help;
using Rote.Cli.Commands;
using Rote.Cli.Documents;
using Rote.Cli.Help;
using Rote.Embeddings;

namespace Rote.Cli;

/// <summary>The rote command.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        MemorySettings.Use(args);
        return Run(args, new InvocationConfiguration());
    }

    /// <summary>Runs the command; every error becomes one sentence and an exit code.</summary>
    internal static int Run(string[] args, InvocationConfiguration configuration)
    {
        configuration.EnableDefaultExceptionHandler = false;
        configuration.ProcessTerminationTimeout = null;
        if (args is [['[', .., ']'] directive, ..])
        {
            configuration.Error.WriteLine($"rote: '{directive}' is not known. 'rote --help' lists what there is.");
            return ExitCode.WrongInput;
        }

        OnnxEncoders.Register();
        try
        {
            Extensions.Load(args);
        }
        catch (InputException error)
        {
            return Print(error, null, verbose: false, configuration.Error);
        }

        var parse = Build()
            .Parse(
                args switch
                {
                    [] => ["--help"],
                    ["help", .. var command] => [.. command, "--help"],
                    _ => args,
                }
            );
        if (parse.Action is not HelpText && IsGroupAlone(parse))
        {
            // As git and cargo do: what was meant cannot be told, and nothing was done.
            HelpText.Write(parse.CommandResult.Command, configuration.Error, HelpText.Width(configuration.Error));
            return ExitCode.WrongInput;
        }

        if (parse.Action is not HelpText && (parse.Errors.Count > 0 || UsageErrors.HasComma(parse)))
        {
            return UsageErrors.Print(parse, configuration.Error);
        }

        if (PrintsNoDocument(parse))
        {
            var name = HelpText.Path(parse.CommandResult.Command);
            configuration.Error.WriteLine($"rote: 'rote {name}' prints no JSON document; leave {GlobalOptions.Json.Name} out.");
            return ExitCode.WrongInput;
        }

        try
        {
            InputGuard.Require(parse);
            return parse.Invoke(configuration);
        }
        catch (Exception error)
        {
            return Print(error, parse.CommandResult.Command, parse.GetValue(GlobalOptions.Verbose), configuration.Error);
        }
    }

    /// <summary>Not a <see cref="RootCommand"/>: that one names itself after the file it was started from.</summary>
    internal static Command Build() =>
        new("rote", "Rote measures how a neural network learns, by rule or by rote, and lets you set how much of each.")
        {
            // In the order in which people want them.
            QuickstartCommand.Create(),
            AuditCommand.Create(),
            ReviewCommand.Create(),
            ApplyCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            ForgetCommand.Create(),
            FeaturesCommand.Create(),
            FrontierCommand.Create(),
            ReproduceCommand.Create(),
            TheoryCommand.Create(),
            EmbedCommand.Create(),
            DataCommand.Create(),
            RunsCommand.Create(),
            ServeCommand.Create(),
            DoctorCommand.Create(),
            SchemaCommand.Create(),
            CompletionCommand.Create(),
            CompletionCommand.CreateAsked(),
            ManualCommand.Create(),
            WorkerCommand.Create(),
            GlobalOptions.Json,
            GlobalOptions.Quiet,
            GlobalOptions.Explain,
            GlobalOptions.Verbose,
            GlobalOptions.Extension,
            new HelpOption { Action = new HelpText() },
            new VersionOption(),
        };

    /// <summary>Whether a command that only has parts, as 'rote runs', stands without one.</summary>
    private static bool IsGroupAlone(ParseResult parse) =>
        parse.CommandResult.Command is { Subcommands.Count: > 0 } group && group.Parents.Any() && parse.UnmatchedTokens.Count == 0;

    /// <summary>Whether a document is asked of a command that has none: a program that reads along would get something else.</summary>
    private static bool PrintsNoDocument(ParseResult parse) =>
        parse.GetValue(GlobalOptions.Json)
        && parse.Action is not HelpText
        && parse.CommandResult.Command is { Subcommands.Count: 0 } command
        && !Schemas.Has(command);

    private static int Print(Exception error, Command? command, bool verbose, TextWriter console)
    {
        var (sentence, code) = ErrorSentence.Of(error, command);
        console.WriteLine(code == ExitCode.Interrupted ? sentence : $"rote: {sentence}");
        if (verbose)
        {
            console.WriteLine(error);
        }

        return code;
    }
}
