using System.CommandLine;
using System.CommandLine.Parsing;
using Rote.Audits;

namespace Rote.Cli;

/// <summary>Refuses command lines by which a file that a command reads would be overwritten by what it writes.</summary>
internal static class InputGuard
{
    private const char Dash = '-';
    private const string Folder = "output";

    /// <summary>Options that name a file to be written, or a folder for files, without their dashes.</summary>
    private static readonly string[] Outputs = [Folder, "out", "report", "sarif", "junit", "picture", "rule-picture"];

    /// <summary>Arguments that name a file to be written.</summary>
    private static readonly string[] OutputArguments = ["FILE"];

    /// <summary>Names of files that commands write into a folder.</summary>
    private static readonly string[] Written =
    [
        AuditFiles.Csv,
        AuditFiles.Parquet,
        AuditFiles.Suspects,
        AuditFiles.Summary,
        AuditFiles.Keep,
        AuditFiles.Probabilities,
        AuditFiles.Checks,
        "predictions.csv",
        "predictions.parquet",
        "probabilities.csv",
        "report.html",
        "source.json",
    ];

    /// <summary>Looks at all paths of a command line.</summary>
    /// <param name="parse">What was typed.</param>
    /// <exception cref="InputException">A file would be overwritten that the command reads.</exception>
    public static void Require(ParseResult parse)
    {
        var symbols = parse.CommandResult.Children.Select(Words).ToArray();
        var read = symbols.Where(symbol => !IsOutput(symbol.Name)).SelectMany(symbol => symbol.Values).Where(IsFile).ToArray();
        foreach (var (name, values) in symbols.Where(symbol => IsOutput(symbol.Name)))
        {
            foreach (var output in values.Where(value => value.Length > 0 && !value.Contains('\0', StringComparison.Ordinal)))
            {
                if (read.FirstOrDefault(file => Real(file) == Real(output)) is { } same)
                {
                    throw new InputException($"{name} is {output}, which is read by this command ({same}); choose another file.");
                }

                if (name.TrimStart(Dash) == Folder && read.FirstOrDefault(file => IsIn(file, output)) is { } inside)
                {
                    throw new InputException($"{name} is {output}, where {inside} would be overwritten; choose another folder.");
                }
            }
        }
    }

    private static bool IsOutput(string name) => Outputs.Contains(name.TrimStart(Dash)) || OutputArguments.Contains(name);

    private static (string Name, IEnumerable<string> Values) Words(SymbolResult symbol) =>
        symbol switch
        {
            OptionResult option => (option.Option.Name, option.Tokens.Select(token => token.Value)),
            ArgumentResult argument => (argument.Argument.Name, argument.Tokens.Select(token => token.Value)),
            _ => ("", []),
        };

    private static bool IsFile(string path) => !path.Contains('\0', StringComparison.Ordinal) && File.Exists(path);

    private static bool IsIn(string file, string folder) =>
        Path.GetDirectoryName(Real(file)) == Real(folder).TrimEnd(Path.DirectorySeparatorChar) && Written.Contains(Path.GetFileName(file));

    /// <summary>The full path, through a link to the file itself.</summary>
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            return new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return full; // a loop of links, or a folder that may not be read: whoever opens it says so
        }
    }
}
