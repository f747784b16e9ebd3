using System.CommandLine;

namespace Rote.Cli;

/// <summary>The command as the user typed it, fit to be pasted into a shell.</summary>
internal static class CommandLine
{
    private const string Name = "rote";

    /// <summary>The environment variable in which the launcher says how it was called.</summary>
    internal const string CalledAs = "ROTE_CALLED_AS";

    /// <summary>Whether the user typed an option; a default is not typed.</summary>
    public static bool Has(ParseResult parse, Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>The first of some options that the user typed; null: none.</summary>
    public static Option? FirstOf(ParseResult parse, IEnumerable<Option> options) => options.FirstOrDefault(option => Has(parse, option));

    /// <summary>For a page, which is read anywhere: the program by its name.</summary>
    public static string Of(ParseResult parse) => Line(Name, parse);

    /// <summary>For the terminal where it was typed: the program as it was called there.</summary>
    public static string Typed(ParseResult parse) =>
        Line(Environment.GetEnvironmentVariable(CalledAs) is { Length: > 0 } called ? Quote(called) : Name, parse);

    private static string Line(string program, ParseResult parse) =>
        string.Join(' ', parse.Tokens.Select(t => Quote(t.Value)).Prepend(program));

    internal static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./=:,+@%".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
