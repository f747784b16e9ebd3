namespace Rote.Data.Formats.Pictures;

/// <summary>A file in a user's folder.</summary>
/// <param name="Path">Relative to the folder, with <c>/</c> between its parts.</param>
/// <param name="Bytes">Its size.</param>
internal readonly record struct ListedFile(string Path, long Bytes)
{
    /// <summary>Its folder; empty for the root.</summary>
    public string Folder => Path.LastIndexOf('/') is >= 0 and var at ? Path[..at] : "";

    /// <summary>Its name.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Its name without the extension.</summary>
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Name);
}

/// <summary>All files and folders of a user's folder by name and size, listed once; the layout is found from this alone.</summary>
/// <param name="Root">The folder, absolute.</param>
/// <param name="Folders">Relative paths of all folders in it, in ordinal order.</param>
/// <param name="Pictures">Files with a picture's extension, in ordinal order of their paths.</param>
/// <param name="Others">All other files, in ordinal order of their paths.</param>
/// <param name="LinkNotes">Sentences about symbolic links.</param>
internal sealed record FolderListing(
    string Root,
    string[] Folders,
    ListedFile[] Pictures,
    ListedFile[] Others,
    IReadOnlyList<Sentence> LinkNotes
)
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".jfif", ".bmp", ".webp", ".gif"];

    /// <summary>Extensions of pictures that are not read: a class of such pictures is not empty.</summary>
    private static readonly string[] UnreadFormats =
    [
        ".tif",
        ".tiff",
        ".heic",
        ".heif",
        ".avif",
        ".jp2",
        ".dcm",
        ".svg",
        ".ppm",
        ".pgm",
        ".tga",
        ".ico",
        ".exr",
        ".npy",
    ];

    /// <summary>The extensions of pictures that are read, in words.</summary>
    public static string ExtensionList => string.Join(", ", Extensions);

    /// <summary>Whether a name has the extension of a picture that is read.</summary>
    public static bool IsPicture(string name) => Extensions.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a name has the extension of a picture that is not read.</summary>
    public static bool IsUnreadPicture(string name) => UnreadFormats.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the names of the folders in a folder, in ordinal order.</summary>
    /// <param name="folder">Relative; empty for the root.</param>
    public string[] FoldersOf(string folder) =>
        [.. Folders.Where(f => IsIn(f, folder, recurse: false)).Select(f => f[(f.LastIndexOf('/') + 1)..])];

    /// <summary>Returns the pictures in a folder.</summary>
    /// <param name="folder">Relative; empty for the root.</param>
    /// <param name="recurse">False: in this folder only.</param>
    public IEnumerable<ListedFile> PicturesIn(string folder, bool recurse = true) =>
        Under(Pictures, folder).Where(p => recurse || p.Folder == folder);

    /// <summary>Returns the other files in a folder.</summary>
    /// <param name="folder">Relative; empty for the root.</param>
    /// <param name="recurse">False: in this folder only.</param>
    public IEnumerable<ListedFile> OthersIn(string folder, bool recurse = true) =>
        Under(Others, folder).Where(p => recurse || p.Folder == folder);

    /// <summary>Returns sentences about files and links that were skipped.</summary>
    /// <param name="read">Other files that were read, such as tables of labels.</param>
    public IEnumerable<Sentence> Notes(IEnumerable<string>? read = null)
    {
        var known = (read ?? []).ToHashSet(StringComparer.Ordinal);
        var others = Others
            .Where(f => !known.Contains(f.Path))
            .CountBy(f => Path.GetExtension(f.Path).ToLowerInvariant() is { Length: > 0 } extension ? extension : "without extension")
            .OrderByDescending(k => k.Value)
            .ThenBy(k => k.Key, StringComparer.Ordinal)
            .ToArray();
        if (others.Length > 0)
        {
            var kinds = string.Join(", ", others.Take(5).Select(o => $"{o.Value:N0} {o.Key}")) + (others.Length > 5 ? ", …" : "");
            yield return $"Files not looked at, because their names do not end in {ExtensionList}: {others.Sum(o => o.Value):N0} "
                + $"({kinds}).";
        }

        foreach (var note in LinkNotes)
        {
            yield return note;
        }
    }

    /// <summary>Returns what was skipped, each in brackets, for the end of a message; empty if nothing was.</summary>
    public Sentence Hint()
    {
        Sentence hint = $"";
        foreach (var note in Notes())
        {
            hint = $"{hint} ({note})";
        }

        return hint;
    }

    /// <summary>Joins the path of a folder and a name in it.</summary>
    public static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static bool IsIn(string path, string folder, bool recurse) =>
        (
            folder.Length == 0
            || (path.Length > folder.Length + 1 && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal))
        ) && (recurse || path.IndexOf('/', folder.Length == 0 ? 0 : folder.Length + 1) < 0);

    /// <summary>Finds the first file by bisection: sorted paths with the same prefix are adjacent.</summary>
    private static IEnumerable<ListedFile> Under(ListedFile[] files, string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var (low, high) = (0, files.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(files[middle].Path, prefix) < 0 ? (middle + 1, high) : (low, middle);
        }

        for (; low < files.Length && files[low].Path.StartsWith(prefix, StringComparison.Ordinal); low++)
        {
            yield return files[low];
        }
    }
}
