namespace Rote.Data.Formats.Tables;

/// <summary>Maps file names to formats of tables.</summary>
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

    /// <summary>In a folder, such files may as well be notes or lists; the path of one means a table.</summary>
    private static readonly string[] ByPathOnly = [".txt", ".data", ".dat", ".txt.gz", ".data.gz", ".dat.gz"];

    /// <summary>The extensions of all tables.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. InFolders.Select(e => e.Extension), .. ByPathOnly];

    /// <summary>The accepted files, in words.</summary>
    public static string Words => "a table (.csv, .tsv, .txt, .jsonl, each also .gz, .parquet, .arrow)";

    /// <summary>Returns the format of a file by its name; null if it is not a table that folders are searched for.</summary>
    public static TableKind? InFolder(string path) =>
        InFolders
            .Where(e => path.EndsWith(e.Extension, StringComparison.OrdinalIgnoreCase))
            .Select(e => (TableKind?)e.Kind)
            .FirstOrDefault();

    /// <summary>Returns the format of a file given by its path.</summary>
    public static TableKind Of(string path) => InFolder(path) ?? TableKind.Separated;

    /// <summary>Whether a file given by its path is a table.</summary>
    public static bool IsTable(string path) => Extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
