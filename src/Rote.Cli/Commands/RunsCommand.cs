using System.CommandLine;
using Rote.Storage;

namespace Rote.Cli.Commands;

/// <summary><c>rote runs list|show|compare|remove</c>: what has been trained.</summary>
internal static class RunsCommand
{
    private const string WhatNamesARun = "The beginning of a run's name, any part of it that no other run has, or the path of its folder";

    /// <summary>The command with its four parts.</summary>
    /// <param name="ask">Asks the user a yes-or-no question; null where nobody can be asked. For tests.</param>
    public static Command Create(Func<Screen, string, bool?>? ask = null) =>
        new("runs", "List, show, compare and remove the runs that were trained")
        {
            RunsListCommand.Create(),
            RunsShowCommand.Create(),
            RunsCompareCommand.Create(),
            RunsRemoveCommand.Create(ask),
        };

    /// <summary>The argument that names one run.</summary>
    public static Argument<string> Name() => new("RUN") { Description = WhatNamesARun };

    /// <summary>The argument that names one run or several.</summary>
    public static Argument<string[]> Names() => new("RUN") { Description = WhatNamesARun, Arity = ArgumentArity.OneOrMore };

    /// <summary>Where a page is to be written, if at all.</summary>
    public static Option<string?> Report() => new("--report") { Description = "Also write a page with charts", HelpName = "FILE.html" };

    /// <summary>The store that the user named.</summary>
    /// <exception cref="InputException">It is no folder's name.</exception>
    public static RunStore Store(ParseResult parse, Option<string> runs) => new(parse.GetRequiredValue(runs), TimeProvider.System);

    /// <summary>A file to write that the user named; null where none is.</summary>
    /// <exception cref="InputException">It is no file's name.</exception>
    public static string? File(string? path, string option = "--report") =>
        path switch
        {
            null => null,
            "" => throw new InputException($"{option} is empty, expected a file's name."),
            _ when Directory.Exists(path) => throw new InputException($"{option} is {path}, which is a folder; expected a file's name."),
            _ when path.Contains('\0', StringComparison.Ordinal) => throw new InputException(
                $"{option} holds a character that no file's name has."
            ),
            _ => Path.GetFullPath(path),
        };
}
