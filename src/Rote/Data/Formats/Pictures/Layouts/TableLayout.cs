using Rote.Data.Labels;

namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>Reads a folder with labels in tables beside the pictures: one for all, or one each for training and testing.</summary>
internal sealed class TableLayout
{
    private const int MostTables = 100;

    private readonly FolderListing _listing;
    private readonly FolderParts _parts;
    private readonly IReadOnlyList<LabelTable> _tables;
    private readonly Dictionary<int, (string Label, string? Split)> _labels = [];
    private readonly List<Sentence> _notes = [];

    private readonly bool _isColumnGiven;

    private TableLayout(FolderListing listing, FolderParts parts, IReadOnlyList<LabelTable> tables, bool isColumnGiven) =>
        (_listing, _parts, _tables, _isColumnGiven) = (listing, parts, tables, isColumnGiven);

    /// <summary>The label of every picture that has one, by its index in the listing.</summary>
    public IReadOnlyDictionary<int, (string Label, string? Split)> Labels => _labels;

    /// <summary>Whether the columns of labels are named like labels, or were asked for.</summary>
    public bool IsNamed => _tables.All(t => t.IsNamed);

    /// <summary>The names of the tables.</summary>
    public string Names => string.Join(" and ", _tables.Select(t => t.Name));

    /// <summary>Finds the tables.</summary>
    /// <param name="listing">The files and folders.</param>
    /// <param name="parts">The folders of training and test pictures.</param>
    /// <param name="options">A table that the user names, and its column of labels.</param>
    /// <returns>The layout; null if there is no table.</returns>
    /// <exception cref="InputException">A table cannot be used.</exception>
    public static TableLayout? Find(FolderListing listing, FolderParts parts, UserDataOptions options)
    {
        var tables = new List<LabelTable>();
        var indices = new Dictionary<(string?, string), PictureIndex>();
        InputException? problem = null;
        foreach (var (path, name) in Candidates(listing, parts, options))
        {
            try
            {
                if (
                    LabelTable.Read(
                        path,
                        name,
                        listing,
                        Index(listing, parts, name, indices),
                        options.LabelColumn,
                        options.Labels is not null
                    ) is
                    { } table
                )
                {
                    tables.Add(table);
                }
            }
            catch (InputException error)
            {
                problem ??= error; // another table may give the labels
            }
        }

        if (tables.Count == 0)
        {
            return problem is null ? null : throw problem;
        }

        // The table of test pictures may lack the column of labels of the training pictures: then it has no labels.
        var main = tables.FirstOrDefault(t => SplitOf(t) == "train") ?? tables.FirstOrDefault(t => t.IsNamed) ?? tables[0];
        var work = new TableLayout(listing, parts, [.. tables.Where(t => t.Label == main.Label)], options.LabelColumn is not null);
        work.Join();
        return work;
    }

    private static string? SplitOf(LabelTable table) => NameWords.Split(System.IO.Path.GetFileNameWithoutExtension(table.Path))?.Split;

    /// <summary>Returns the folder according to the tables.</summary>
    /// <exception cref="InputException">There are fewer than two classes that can be learned.</exception>
    public PictureFolder Read()
    {
        var withSplit = _labels.ToDictionary(p => p.Key, p => p.Value.Split ?? SplitOf(_listing.Pictures[p.Key].Path));
        var splits = withSplit.Values.ToHashSet();
        var test =
            splits.Contains("train") && !splits.Contains(null)
                ? (
                    splits.Contains("test") ? "test"
                    : splits.Contains("val") ? "val"
                    : null
                )
                : null;
        int[] used = [.. _labels.Keys.Where(i => test is null || withSplit[i] == "train" || withSplit[i] == test).Order()];
        if (used.Length < _labels.Count)
        {
            _notes.Add($"Left out, because others are to be trained on and to be tested: {_labels.Count - used.Length:N0} to validate.");
        }

        var labels = new LabelTexts();
        foreach (var i in used.Where(i => test is null || withSplit[i] == "train"))
        {
            labels.Add(_labels[i].Label);
        }

        var classes = ClassList.Of(labels.Distinct, Names);
        _notes.AddRange(LabelSpellings.In(labels.Distinct).Select(note => new Sentence(note)));
        var numbers = used.Select(i => (Place: i, Class: classes.NumberOf(_labels[i].Label))).ToArray();
        var strangers = numbers
            .Where(n => n.Class is null)
            .CountBy(n => _labels[n.Place].Label)
            .Select(s => $"{s.Value:N0} of {s.Key}")
            .ToArray();
        if (strangers.Length > 0)
        {
            _notes.Add($"Left out, because there is no picture of their class to train on: {PictureFolder.List(strangers)}.");
        }

        PictureFile[] files =
        [
            .. numbers
                .Where(n => n.Class is not null)
                .Select(n =>
                    (
                        File: _listing.Pictures[n.Place],
                        n.Class,
                        Split: test is null ? (Split?)null
                        : withSplit[n.Place] == "train" ? Split.Train
                        : Split.Test
                    )
                )
                .Select(n => new PictureFile(n.File.Path, (int)n.Class!.Value, n.Split, n.File.Bytes)),
        ];
        return Folder(classes.Names, files, test is not null);
    }

    private PictureFolder Folder(IReadOnlyList<string> classNames, PictureFile[] files, bool isSplit)
    {
        var result = new PictureFolder(_listing.Root, classNames, files, isSplit, [])
        {
            Tables = [.. _tables.Select(t => (t.Name, t.Path))],
            LabelColumn = _tables[0].Label,
        };
        var untested = result.RequireEnough(files, Names);
        return result with
        {
            Notes =
            [
                .. _listing.Notes(_tables.Select(t => t.Name)),
                .. NotesOfTables(),
                .. _notes,
                .. untested is null ? Array.Empty<Sentence>() : [untested],
            ],
        };
    }

    /// <summary>Joins all tables to one label per picture.</summary>
    private void Join()
    {
        foreach (var table in _tables)
        {
            var split = SplitOf(table);
            foreach (var row in table.Rows)
            {
                if (_labels.TryGetValue(row.Picture, out var known) && known.Label != row.Label)
                {
                    throw new InputException(
                        $"{table.Name} gives {_listing.Pictures[row.Picture].Path} several labels, {known.Label} and {row.Label}; "
                            + $"expected one label a picture."
                    );
                }

                _labels[row.Picture] = (row.Label, row.Split ?? split);
            }
        }
    }

    private IEnumerable<Sentence> NotesOfTables()
    {
        foreach (var table in _tables)
        {
            yield return _isColumnGiven
                ? new Sentence($"The labels are in the column {table.Label} of {table.Name}, the pictures in {table.File}.")
                : $"The labels are in the column {table.Label} of {table.Name}, the pictures in {table.File}; other "
                    + $"labels are chosen with {Setting.LabelColumn}.";
            if (table.Otherwise is { } name)
            {
                yield return $"{table.Name} names pictures otherwise than their files, as {name} for "
                    + $"{_listing.Pictures[table.Rows[0].Picture].Path}.";
            }

            if (table.Strangers.Count > 0)
            {
                yield return $"Rows of {table.Name} without a picture: {table.Strangers.Count:N0} ({PictureFolder.List(table.Strangers)}).";
            }
        }

        var missing = Enumerable
            .Range(0, _listing.Pictures.Length)
            .Where(i => !_labels.ContainsKey(i))
            .Select(i => _listing.Pictures[i].Path)
            .ToArray();
        if (missing.Length > 0)
        {
            yield return $"Pictures without a label in {Names}, left out: {missing.Length:N0} ({PictureFolder.List(missing)}).";
        }
    }

    private string? SplitOf(string path) =>
        _parts.Train is { } train && path.StartsWith(train + "/", StringComparison.Ordinal) ? "train"
        : _parts.Tests.FirstOrDefault(t => path.StartsWith(t + "/", StringComparison.Ordinal)) is { } test
            ? NameWords.Split(test[(test.LastIndexOf('/') + 1)..])?.Split
        : null;

    /// <summary>Returns the pictures that a table may name: those of a part if it lies in that part or is named like it.</summary>
    private static PictureIndex Index(
        FolderListing listing,
        FolderParts parts,
        string name,
        Dictionary<(string?, string), PictureIndex> known
    )
    {
        var folder = name.LastIndexOf('/') is > 0 and var slash && !name.StartsWith("..", StringComparison.Ordinal) ? name[..slash] : "";
        string?[] all = [parts.Train, .. parts.Tests];
        var split = NameWords.Split(System.IO.Path.GetFileNameWithoutExtension(name))?.Split;
        var part =
            all.FirstOrDefault(p => p is not null && (folder == p || folder.StartsWith(p + "/", StringComparison.Ordinal)))
            ?? (
                split is null
                    ? null
                    : all.FirstOrDefault(p => p is not null && NameWords.Split(p[(p.LastIndexOf('/') + 1)..])?.Split == split)
            );
        if (!known.TryGetValue((part, folder), out var index))
        {
            index = new PictureIndex(
                listing.Pictures,
                p => part is null || p.Path.StartsWith(part + "/", StringComparison.Ordinal),
                folder
            );
            known.Add((part, folder), index);
        }

        return index;
    }

    private static IEnumerable<(string Path, string Name)> Candidates(FolderListing listing, FolderParts parts, UserDataOptions options)
    {
        if (options.Labels is { } asked)
        {
            var full = System.IO.Path.GetFullPath(asked);
            var inside = System.IO.Path.GetRelativePath(listing.Root, full).Replace(System.IO.Path.DirectorySeparatorChar, '/');
            return File.Exists(full)
                ? [(full, inside.StartsWith("..", StringComparison.Ordinal) ? "../" + System.IO.Path.GetFileName(full) : inside)]
                : throw new InputException($"There is no file {full}, which is named as {Setting.Labels}.");
        }

        var stems = listing.Pictures.Select(p => (p.Folder, p.Stem)).ToHashSet(); // a text beside each picture is not a table
        var found = listing
            .Others.Where(f => LabelRows.MayBe(f.Name) && IsNear(f.Folder, parts.Base) && !stems.Contains((f.Folder, f.Stem)))
            .Take(MostTables)
            .Select(f => (System.IO.Path.Combine(listing.Root, f.Path), f.Path))
            .ToArray();
        var isFlat = listing.Pictures.All(p => p.Folder.Length == 0) && listing.Pictures.Length > 0;
        return found.Length > 0 || !isFlat ? found : Above(listing.Root);
    }

    /// <summary>Whether a folder is that of the parts or classes, above it, or one level below.</summary>
    private static bool IsNear(string folder, string place) =>
        folder == place
        || folder.Length == 0
        || place.StartsWith(folder + "/", StringComparison.Ordinal)
        || (
            (place.Length == 0 || folder.StartsWith(place + "/", StringComparison.Ordinal))
            && !folder[(place.Length == 0 ? 0 : place.Length + 1)..].Contains('/', StringComparison.Ordinal)
        );

    /// <summary>Returns the tables beside a folder of pictures that was given by its path.</summary>
    private static IEnumerable<(string Path, string Name)> Above(string root)
    {
        try
        {
            return System.IO.Path.GetDirectoryName(root) is { } above
                ?
                [
                    .. Directory
                        .GetFiles(above)
                        .Where(f => LabelRows.MayBe(System.IO.Path.GetFileName(f)))
                        .Order(StringComparer.Ordinal)
                        .Take(MostTables)
                        .Select(f => (f, $"../{System.IO.Path.GetFileName(f)}")),
                ]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // a folder that cannot be listed gives no table
        }
    }
}
