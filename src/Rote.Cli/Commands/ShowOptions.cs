using System.CommandLine;
using Rote.Audits.Shown;
using Rote.Cli.Help;

namespace Rote.Cli.Commands;

/// <summary>What of a user's own is shown of examples: <c>--show</c>, <c>--names</c>, <c>--images</c>. For eyes only: results do not depend
/// on it.</summary>
internal sealed class ShowOptions
{
    private readonly Option<string[]> _show = new("--show")
    {
        Description = "Own tables: columns that the page shows of each suspect, with commas between, also such as are no features",
        HelpName = "COLUMNS",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _names = new("--names")
    {
        Description =
            "What the examples are called, in their order: a text with one name a line, or FILE:COLUMN of a table; the page and the tables "
            + "show it",
        HelpName = "FILE",
    };

    private readonly Option<string?> _images = new("--images")
    {
        Description =
            "Pictures that the page shows of the examples: a folder, whose files the data's column file or --names names, or an .npy array "
            + "in the order of the examples",
        HelpName = "PATH",
    };

    /// <summary>Every option.</summary>
    public IReadOnlyList<Option> All => [_show, _names, _images];

    /// <summary>Makes them options of a command.</summary>
    /// <param name="command">One that writes a page of suspects.</param>
    public Command AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(HelpGroups.Put(option, HelpGroups.OwnData));
        }

        return command;
    }

    /// <summary>What the user wants to see.</summary>
    /// <param name="parse">The command line.</param>
    /// <exception cref="InputException">A value is empty.</exception>
    public ShownSettings Read(ParseResult parse)
    {
        var (names, column) = PathOf("--names", parse.GetValue(_names)) is { } typed ? ShownSettings.FileAndColumn(typed) : (null, null);
        return new ShownSettings
        {
            Columns = parse.GetValue(_show) is { Length: > 0 } columns ? columns : null,
            Names = names,
            NamesColumn = column,
            Images = PathOf("--images", parse.GetValue(_images)),
        };
    }

    private static string? PathOf(string option, string? path) =>
        path is not null && (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            ? throw new InputException($"{option} is empty, or holds a character that no file's name has; expected a file.")
            : path;
}
