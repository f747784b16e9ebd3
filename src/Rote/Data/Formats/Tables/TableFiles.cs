using Rote.Data.Formats.Pictures;

namespace Rote.Data.Formats.Tables;

/// <summary>The files of a table and the part that each belongs to.</summary>
/// <param name="Root">The folder they lie in, absolute.</param>
/// <param name="Train">Files to train on, or all; in ordinal order of their names, at least one.</param>
/// <param name="Test">Files to test on; none where a part is to be set apart.</param>
/// <param name="Notes">Sentences about what was passed over.</param>
internal sealed record TableFiles(string Root, IReadOnlyList<string> Train, IReadOnlyList<string> Test, IReadOnlyList<string> Notes)
{
    private static readonly string[] TestNames = ["test", "validation", "valid", "val"];

    /// <summary>All files in ordinal order of their names.</summary>
    public IEnumerable<string> All => Train.Concat(Test).Order(StringComparer.Ordinal);

    /// <summary>Their form, the same in all of them.</summary>
    public TableKind Kind => TableKinds.Of(Train[0]);

    /// <summary>Whether a path leads to tables: one file, a folder that has some and no folders, or one whose only folder is <c>data</c>
    /// with some.</summary>
    /// <exception cref="MachineException">It cannot be listed.</exception>
    public static bool AreAt(string path) => Directory.Exists(path) ? FolderOf(path) is not null : TableKinds.IsTable(path);

    /// <summary>Finds the files.</summary>
    /// <param name="path">A file, or a folder for which <see cref="AreAt"/> is true.</param>
    /// <exception cref="InputException">They are of several kinds, or there is a test part and none to train on.</exception>
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
                ? new TableFiles(folder, files, [], [])
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
                ? []
                :
                [
                    $"Not read, because there are files whose names begin with train: "
                        + $"{string.Join(", ", unread.Take(10))}{(unread.Length > 10 ? ", …" : "")}.",
                ]
        );
    }

    /// <summary>What the user calls a file: its name.</summary>
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
