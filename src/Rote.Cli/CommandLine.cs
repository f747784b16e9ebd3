using System.CommandLine;

namespace Rote.Cli;

/// <summary>The command as the user typed it, fit to be pasted into a shell.</summary>
internal static class CommandLine
{
    public static string Of(ParseResult parse) => string.Join(' ', parse.Tokens.Select(t => Quote(t.Value)).Prepend("./rote"));

    private static string Quote(string word) => word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_./=:,+@%".Contains(c, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
