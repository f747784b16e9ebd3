using Rote.Data.Formats.Pictures.Layouts;

namespace Rote.Data.Formats.Pictures;

/// <summary>The classes and files of a user's folder of pictures, before any picture is opened.</summary>
/// <param name="Root">The folder, absolute.</param>
/// <param name="ClassNames">At least two names: of folders in ordinal order, or from a table.</param>
/// <param name="Files">The pictures, in ordinal order of their paths.</param>
/// <param name="IsSplit">Whether there are separate pictures for training and testing.</param>
/// <param name="Notes">Sentences about what was skipped.</param>
internal sealed record PictureFolder(
    string Root,
    IReadOnlyList<string> ClassNames,
    PictureFile[] Files,
    bool IsSplit,
    IReadOnlyList<Sentence> Notes
)
{
    /// <summary>The tables of the labels, with their names in the checksum and their paths; none if folders are the classes.</summary>
    public IReadOnlyList<(string Name, string Path)> Tables { get; init; } = [];

    /// <summary>The column of labels; null if folders are the classes.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Lists a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">Whether links are followed, and the place of the labels; null: the defaults.</param>
    /// <exception cref="InputException">The layout is unknown, or there are too few pictures.</exception>
    /// <exception cref="MachineException">The folder cannot be read.</exception>
    public static PictureFolder Read(string path, UserDataOptions? options = null)
    {
        var own = options ?? new UserDataOptions();
        return LayoutFinder.Find(List(path, own), own);
    }

    /// <summary>Lists all pictures in a folder, or one picture, without labels.</summary>
    /// <param name="path">The folder or the picture.</param>
    /// <param name="classNames">The classes that may be predicted; every file has the first one, which means nothing.</param>
    /// <param name="options">Whether links are followed.</param>
    /// <exception cref="InputException">There are no pictures.</exception>
    /// <exception cref="MachineException">The folder cannot be read.</exception>
    public static PictureFolder Unlabelled(string path, IReadOnlyList<string> classNames, UserDataOptions options)
    {
        var full = Path.GetFullPath(path);
        var listing = File.Exists(full)
            ? new FolderListing(
                Path.GetDirectoryName(full)!,
                [],
                [new ListedFile(Path.GetFileName(full), new FileInfo(full).Length)],
                [],
                []
            )
            : List(path, options);
        return listing.Pictures.Length > 0
            ? new PictureFolder(
                listing.Root,
                classNames,
                [.. listing.Pictures.Select(p => new PictureFile(p.Path, 0, null, p.Bytes))],
                false,
                [.. listing.Notes()]
            )
            : throw new InputException(
                $"{listing.Root} has no pictures in it, expected names that end in " + $"{FolderListing.ExtensionList}.{listing.Hint()}"
            );
    }

    /// <summary>Lists a folder by names and sizes.</summary>
    /// <exception cref="MachineException">The folder cannot be read.</exception>
    private static FolderListing List(string path, UserDataOptions options)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            return FolderWalk.List(full, options.FollowLinks);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{full} cannot be listed ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    /// <summary>Whether tables in a folder name the pictures in it, and so are not data of their own.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="tables">Its tables.</param>
    public static bool NamesPictures(string folder, IReadOnlyList<string> tables)
    {
        const int Looked = 100;
        ListedFile[] pictures =
        [
            .. Directory
                .EnumerateFiles(folder)
                .Select(f => Path.GetFileName(f))
                .Where(FolderListing.IsPicture)
                .Select(f => new ListedFile(f, 0)),
        ];
        if (pictures.Length == 0)
        {
            return false;
        }

        var index = new PictureIndex(pictures, _ => true, "");
        return tables
            .Where(t => LabelRows.MayBe(Path.GetFileName(t)))
            .Any(table =>
            {
                try
                {
                    var (columns, rows) = LabelRows.Read(table, text => index.Find(text) is not null, Looked);
                    return Enumerable
                        .Range(0, columns.Count)
                        .Any(c =>
                            rows.Count(row => index.Find(row[c]) is not null) * 2 > rows.Count
                            || rows.Select(row => index.FindLoosely(row[c])).OfType<int>().Distinct().Count() * 2 > rows.Count
                        );
                }
                catch (InputException)
                {
                    return false; // such a file names no pictures
                }
            });
    }

    /// <summary>Throws unless every class can be learned and at least one can be tested.</summary>
    /// <param name="files">The files to count.</param>
    /// <param name="name">Their name, for the message.</param>
    /// <param name="hint">The end of the message.</param>
    /// <returns>A sentence about classes without test pictures; null if there are none.</returns>
    /// <exception cref="InputException">A class has no training picture, or no class has a test picture.</exception>
    public Sentence? RequireEnough(IEnumerable<PictureFile> files, string name, Sentence? hint = null)
    {
        hint ??= $"";
        var counts = new (int Train, int Test)[ClassNames.Count];
        foreach (var file in files)
        {
            ref var count = ref counts[file.Class];
            count = file.Split == Split.Test ? (count.Train, count.Test + 1) : (count.Train + 1, count.Test);
        }

        if (Array.FindIndex(counts, c => c.Train == 0) is >= 0 and var empty)
        {
            throw new InputException(
                $"{name}: the class \"{ClassNames[empty]}\" has no picture{(IsSplit ? " to train on" : "")}, expected at least one.{hint}"
            );
        }

        if (counts.All(c => IsSplit ? c.Test == 0 : c.Train < 2))
        {
            throw new InputException(
                IsSplit
                    ? $"{name} has no pictures to test on, expected at least one.{hint}"
                    : $"{name}: every class has one picture only, expected at least two of one class: one to train on and one to "
                        + $"test.{hint}"
            );
        }

        var untested = ClassNames.Where((_, c) => IsSplit ? counts[c].Test == 0 : counts[c].Train < 2).ToArray();
        if (untested.Length == 0)
        {
            return null;
        }

        var end = IsSplit ? "" : ": one picture is trained on";
        return $"No picture to test {(untested.Length == 1 ? "the class" : "the classes")} {List(untested)}{end}.";
    }

    /// <summary>Lists names in words, the first five of them.</summary>
    public static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(5)) + (names.Count > 5 ? $" and {names.Count - 5:N0} more" : "");
}
