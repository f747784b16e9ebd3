using Rote.Data.Formats.Pictures;

namespace Rote.Data.Formats.Tables;

/// <summary>The files of a table, by part.</summary>
/// <param name="Root">The absolute path of their folder.</param>
/// <param name="Train">Training files, or all files; at least one, in ordinal order of their names.</param>
/// <param name="Test">Test files; none if a test part is to be split off.</param>
/// <param name="Notes">Sentences about files that are not read.</param>
internal sealed record TableFiles(string Root, IReadOnlyList<string> Train, IReadOnlyList<string> Test, IReadOnlyList<string> Notes)
{
    private static readonly string[] TestNames = ["test", "validation", "valid", "val"];

    /// <summary>All files in ordinal order of their names.</summary>
    public IEnumerable<string> All => Train.Concat(Test).Order(StringComparer.Ordinal);

    /// <summary>The format, the same for all files.</summary>
    public TableKind Kind => TableKinds.Of(Train[0]);

    /// <summary>Whether a path leads to tables: a table file, a folder of tables without subfolders, or one whose only subfolder is a
    /// <c>data</c> of tables.</summary>
    /// <exception cref="MachineException">The folder cannot be listed.</exception>
    public static bool AreAt(string path) => Directory.Exists(path) ? FolderOf(path) is not null : TableKinds.IsTable(path);

    /// <summary>Finds the files.</summary>
    /// <param name="path">A file, or a folder for which <see cref="AreAt"/> is true.</param>
    /// <exception cref="InputException">The files are of several kinds, or there is a test part and no training part.</exception>
    public static TableFiles Find(string path)
    {
        if (!Directory.Exists(path))
        {
            var full = Path.GetFullPath(path);
            return new TableFiles(Path.GetDirectoryName(full)!, [full], [], []);
        }

        var folder = FolderOf(path)!;
        var files = Tables(folder);
        if (files.Select(TableKinds.Of).Distinct().Count() > 1)
        {
            throw new InputException(
                $"{folder} has tables of several kinds ({string.Join(", ", files.Take(5).Select(Path.GetFileName))}), expected one kind; "
                    + $"give the path of one."
            );
        }

        var train = files.Where(f => StartsWith(f, "train")).ToArray();
        var tests = TestNames.Select(name => files.Where(f => StartsWith(f, name)).ToArray()).FirstOrDefault(f => f.Length > 0) ?? [];
        if (train.Length == 0)
        {
            return tests.Length == 0
                ? new TableFiles(folder, files, [], [.. NoteOf(folder)])
                : throw new InputException(
                    $"{folder} has {Path.GetFileName(tests[0])} and no file whose name begins with train; expected both, or neither."
                );
        }

        var unread = files.Except(train).Except(tests).Select(Path.GetFileName).ToArray();
        return new TableFiles(
            folder,
            train,
            tests,
            unread.Length == 0
                ? [.. NoteOf(folder)]
                :
                [
                    .. NoteOf(folder),
                    $"Not read, because there are files whose names begin with train: "
                        + $"{string.Join(", ", unread.Take(10))}{(unread.Length > 10 ? ", …" : "")}.",
                ]
        );
    }

    /// <summary>Notes pictures that lie beside the tables: they may be what is meant.</summary>
    private static IEnumerable<string> NoteOf(string folder)
    {
        var pictures = Directory.EnumerateFiles(folder).Count(f => Path.GetFileName(f) is not ['.', ..] && FolderListing.IsPicture(f));
        if (pictures > 0)
        {
            yield return $"Read as a table. Pictures beside it that it does not name, which are not read: {pictures:N0}.";
        }
    }

    /// <summary>Returns the name of a file without its folder.</summary>
    public static string NameOf(string path) => Path.GetFileName(path);

    private static string? FolderOf(string path)
    {
        try
        {
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            var folders = Directory.GetDirectories(full).Where(f => Path.GetFileName(f) is not ['.', ..]).ToArray();
            return folders switch
            {
                [] when Tables(full).Length > 0 && !PictureFolder.NamesPictures(full, Tables(full)) => full,
                [var data]
                    when Path.GetFileName(data) == "data"
                        && Tables(full).Length == 0
                        && Tables(data).Length > 0
                        && Directory.GetDirectories(data).Length == 0 => data,
                _ => null,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be listed ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    private static string[] Tables(string folder) =>
        [
            .. Directory
                .GetFiles(folder)
                .Where(f => Path.GetFileName(f) is not ['.', ..] && TableKinds.InFolder(f) is not null)
                .Order(StringComparer.Ordinal),
        ];

    private static bool StartsWith(string path, string part)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name.StartsWith(part, StringComparison.OrdinalIgnoreCase)
            && (name.Length == part.Length || !char.IsLetter(name[part.Length]));
    }
}
