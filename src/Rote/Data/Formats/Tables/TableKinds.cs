namespace Rote.Data.Formats.Tables;

/// <summary>Which names of files stand for which form of a table.</summary>
internal static class TableKinds
{
    private static readonly (string Extension, TableKind Kind)[] InFolders =
    [
        (".csv", TableKind.Separated),
        (".tsv", TableKind.Separated),
        (".csv.gz", TableKind.Separated),
        (".tsv.gz", TableKind.Separated),
        (".jsonl", TableKind.JsonLines),
        (".ndjson", TableKind.JsonLines),
        (".jsonl.gz", TableKind.JsonLines),
        (".ndjson.gz", TableKind.JsonLines),
        (".arrow", TableKind.Arrow),
        (".feather", TableKind.Arrow),
        (".parquet", TableKind.Parquet),
    ];

    /// <summary>In a folder these are as likely a note or a list; a path to one of them means it.</summary>
    private static readonly string[] ByPathOnly = [".txt", ".data", ".dat", ".txt.gz", ".data.gz", ".dat.gz"];

    /// <summary>Endings of all tables' names.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. InFolders.Select(e => e.Extension), .. ByPathOnly];

    /// <summary>What can be given, in words.</summary>
    public static string Words => "a table (.csv, .tsv, .txt, .jsonl, each also .gz, .parquet, .arrow)";

    /// <summary>The form of a file by its name; null if it is no table that is looked for in folders.</summary>
    public static TableKind? InFolder(string path) =>
        InFolders
            .Where(e => path.EndsWith(e.Extension, StringComparison.OrdinalIgnoreCase))
            .Select(e => (TableKind?)e.Kind)
            .FirstOrDefault();

    /// <summary>The form of a file that was named.</summary>
    public static TableKind Of(string path) => InFolder(path) ?? TableKind.Separated;

    /// <summary>Whether a name is that of a table, when it is named itself.</summary>
    public static bool IsTable(string path) => Extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
