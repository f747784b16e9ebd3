using Rote.Audits.Review;
using Rote.Data;

namespace Rote.Cli.Commands;

/// <summary>From what a user types to an audit's results.</summary>
internal static class AuditPlaces
{
    /// <summary>The folder that keeps audits where nobody says another.</summary>
    public const string Root = "audits";

    /// <summary>Finds them.</summary>
    /// <param name="typed">The folder of the results, the beginning of its name in <paramref name="root"/>, or the data: then its last
    /// audit.</param>
    /// <param name="root">The folder that holds audits.</param>
    /// <exception cref="InputException">There is none.</exception>
    public static string Find(string typed, string root)
    {
        if (typed.Length > 0 && ReviewSet.IsAudit(typed))
        {
            return Path.GetFullPath(typed);
        }

        var all = Directory.Exists(root) ? Directory.GetDirectories(root).Where(ReviewSet.IsAudit).ToArray() : [];
        string[] named =
        [
            .. all.Where(folder => typed.Length >= 4 && Path.GetFileName(folder).StartsWith(typed, StringComparison.Ordinal)),
        ];
        if (named.Length == 1)
        {
            return named[0];
        }

        if (named.Length > 1)
        {
            throw new InputException(
                $"{typed} is the beginning of {named.Length} audits in {root} "
                    + $"({string.Join(", ", named.Take(3).Select(Path.GetFileName))}); type more of it."
            );
        }

        var data = DataOf(typed, root);
        return all.Where(folder => IsOf(folder, data)).MaxBy(folder => File.GetLastWriteTimeUtc(Path.Combine(folder, "summary.json")))
            ?? throw new InputException(
                $"There is no audit of {typed} in {root}; make one with 'rote audit {CommandLine.Quote(typed)}{At(root)}', or give the "
                    + "folder of its results."
            );
    }

    /// <summary>The name or the full path of data.</summary>
    private static string DataOf(string typed, string root)
    {
        try
        {
            return DatasetLoader.IsCatalogName(typed) ? typed : Path.TrimEndingDirectorySeparator(Path.GetFullPath(typed));
        }
        catch (InputException nothing)
        {
            throw new InputException(
                $"{typed} is no folder of an audit's results, no beginning of such a folder's name in {root} and no data: "
                    + nothing.Message,
                nothing
            );
        }
    }

    /// <summary>The option that makes an audit where it was looked for; nothing where that is the default.</summary>
    private static string At(string root) => root == Root ? "" : $" --audits {CommandLine.Quote(root)}";

    private static bool IsOf(string folder, string data)
    {
        try
        {
            return AuditSource.Read(folder)?.Data is { } found && Path.TrimEndingDirectorySeparator(found) == data;
        }
        catch (RoteException)
        {
            return false; // whatever it is of, it cannot be told
        }
    }
}
