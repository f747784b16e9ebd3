using System.CommandLine;
using System.CommandLine.Parsing;

namespace Rote.Cli;

/// <summary>The message for a mistyped command line: one sentence, and the nearest thing that would have worked.</summary>
internal static class UsageErrors
{
    /// <summary>Prints the first error.</summary>
    /// <returns>The exit code of wrong usage.</returns>
    public static int Print(ParseResult parse, TextWriter console)
    {
        var command = parse.CommandResult;
        var sentence = parse.UnmatchedTokens is [var word, ..]
            ? Suggest(word, command.Command) is { } known
                ? $"'{word}' is not known; did you mean '{known}'?"
                : command.Command.Subcommands.Count > 0
                    ? $"There is no command 'rote {Path(command)}{word}'."
                    : Sentence(parse.Errors[0])
            : parse.Errors is [var error, ..]
                ? Sentence(error)
                : WithComma(parse) is (var option, var value)
                    ? $"{option.Name} is '{value}', expected {Expected(option.ValueType)}."
                    : "";
        console.WriteLine($"rote: {sentence} 'rote {Path(command)}--help' lists what there is.");
        return ExitCode.WrongInput;
    }

    /// <summary>Whether a number is written with a comma: .NET takes 0,1 for 01, with a separator of thousands.</summary>
    public static bool HasComma(ParseResult parse) => WithComma(parse) is not null;

    private static (Option Option, string Value)? WithComma(ParseResult parse) =>
        parse
            .CommandResult.Children.OfType<OptionResult>()
            .Where(result => (Nullable.GetUnderlyingType(result.Option.ValueType) ?? result.Option.ValueType) == typeof(double))
            .SelectMany(result => result.Tokens.Select(token => ((Option, string)?)(result.Option, token.Value)))
            .FirstOrDefault(word => word!.Value.Item2.Contains(',', StringComparison.Ordinal));

    /// <summary>Whether an unknown word stands where a command should.</summary>
    public static bool IsUnknownCommand(ParseResult parse) =>
        parse.CommandResult.Command.Subcommands.Count > 0 && parse.UnmatchedTokens.Count > 0;

    /// <summary>The parser's message, with what is expected in place of a type's name.</summary>
    private static string Sentence(ParseError error) =>
        error.SymbolResult switch
        {
            OptionResult { Option: var option, Tokens: [.., { Value: var value }] } when IsOfType(error) =>
                $"{option.Name} is '{value}', expected {Expected(option.ValueType)}.",
            ArgumentResult { Argument: var argument, Tokens: [.., { Value: var value }], Parent: OptionResult { Option: var option } }
                when IsOfType(error) => $"{option.Name} is '{value}', expected {Expected(argument.ValueType)}.",
            ArgumentResult { Argument: var argument, Tokens: [.., { Value: var value }] } when IsOfType(error) =>
                $"{argument.Name} is '{value}', expected {Expected(argument.ValueType)}.",
            OptionResult { Option: var option, Tokens: [] }
                when error.Message.StartsWith("Required argument missing", StringComparison.Ordinal) =>
                $"{option.Name} needs a value: {Expected(option.ValueType)}.",
            _ => error.Message,
        };

    private static bool IsOfType(ParseError error) => error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal);

    private static string Expected(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value == typeof(int) ? "a whole number, as 14"
            : value == typeof(long) ? "a whole number, as 1"
            : value == typeof(double) ? "a number, as 0.1"
            : value == typeof(bool) ? "true or false"
            : "a text";
    }

    private static string? Suggest(string word, Command command) =>
        Nearest.To(
            word,
            word.StartsWith('-')
                ? command.Options.Concat(Recursive(command)).Select(o => o.Name)
                : command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)
        );

    private static IEnumerable<Option> Recursive(Command command) =>
        command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(o => o.Recursive).Concat(Recursive(parent)));

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)}{command.Command.Name} " : "";
}
