using System.CommandLine;
using System.Reflection;
using System.Text;
using Rote.Cli.Help;

namespace Rote.Cli.Documents;

/// <summary>The JSON Schemas of the documents that commands print. They are the files of docs/reference/schemas, which tests make of the
/// records beside this file, and the program holds a copy of each.</summary>
internal static class Schemas
{
    /// <summary>The ending of their names.</summary>
    public const string Suffix = ".schema.json";

    private const string Prefix = "Rote.Cli.Schemas.";

    private static readonly Assembly Here = typeof(Schemas).Assembly;

    /// <summary>Their names in alphabetical order: a command's words with hyphens, as <c>runs-list</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Here.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The name that a command's schema has, if there is one.</summary>
    /// <param name="command">The command.</param>
    public static string NameOf(Command command) => HelpText.Path(command).Replace(' ', '-');

    /// <summary>Whether a command prints a document.</summary>
    /// <param name="command">The command.</param>
    public static bool Has(Command command) => Names.Contains(NameOf(command), StringComparer.Ordinal);

    /// <summary>A schema as its file has it.</summary>
    /// <param name="name">Its name: words with hyphens or spaces between them.</param>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static string Text(string name)
    {
        var known = name.Trim().Replace(' ', '-');
        using var stream = Here.GetManifestResourceStream(Prefix + known + Suffix) ?? throw Nearest.Unknown("schema", name, Names);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
