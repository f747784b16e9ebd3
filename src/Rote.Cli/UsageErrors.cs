using System.CommandLine;
using System.CommandLine.Parsing;

namespace Rote.Cli;

/// <summary>What a user reads who mistyped: one sentence, and the nearest thing that would have worked.</summary>
internal static class UsageErrors
{
    /// <summary>Prints the first error.</summary>
    /// <returns>The exit code of wrong usage.</returns>
    public static int Tell(ParseResult parse, TextWriter console)
    {
        var command = parse.CommandResult;
        var sentence = parse.UnmatchedTokens is [var word, ..] && Suggest(word, command.Command) is { } known
            ? $"'{word}' is not known; did you mean '{known}'?"
            : parse.Errors[0].Message;
        console.WriteLine($"rote: {sentence} 'rote {Path(command)}--help' lists what there is.");
        return ExitCode.WrongInput;
    }

    private static string? Suggest(string word, Command command) => Nearest.To(
        word,
        word.StartsWith('-') ? command.Options.Concat(Recursive(command)).Select(o => o.Name) : command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name));

    private static IEnumerable<Option> Recursive(Command command) =>
        command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(o => o.Recursive).Concat(Recursive(parent)));

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)}{command.Command.Name} " : "";
}
