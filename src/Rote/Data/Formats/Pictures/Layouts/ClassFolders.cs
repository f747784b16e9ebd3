using System.Text.RegularExpressions;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>Reads a folder with one folder per class, for all pictures or separately for training and testing.</summary>
internal sealed partial class ClassFolders
{
    private const string Layout = "expected one folder of pictures per class; docs/guide/own-data.md shows the layouts";

    private readonly FolderListing _listing;
    private readonly FolderParts _parts;
    private readonly List<Sentence> _notes = [];

    /// <summary>The folders, each with its class and its part.</summary>
    private readonly List<(string Folder, string Class, Split? Split)> _folders = [];

    private ClassFolders(FolderListing listing, FolderParts parts) => (_listing, _parts) = (listing, parts);

    /// <summary>Reads the layout.</summary>
    /// <param name="listing">The files and folders.</param>
    /// <param name="parts">The folders of training and test pictures.</param>
    /// <exception cref="InputException">There are fewer than two classes of pictures.</exception>
    public static PictureFolder Read(FolderListing listing, FolderParts parts)
    {
        var work = new ClassFolders(listing, parts);
        work.FindFolders();
        work.RequireNoTwins();
        return work.Result();
    }

    private Sentence Hint => _listing.Hint();

    private void FindFolders()
    {
        if (_parts.Base.Length > 0)
        {
            _notes.Add($"Read from {_parts.Base}/: what is around it holds nothing else.");
        }

        if (_parts.Train is null && IsClassFirst())
        {
            return;
        }

        var train = _parts.Train is null ? _parts.Base : FolderParts.Unwrap(_listing, _parts.Train);
        var classes = _listing.FoldersOf(train);
        RequireClasses(train, classes);
        var test = _parts.Tests.Select(t => FolderParts.Unwrap(_listing, t)).FirstOrDefault(t => IsLabelled(t, train, classes));
        Add(train, test is null ? null : Split.Train);
        if (test is not null)
        {
            Add(test, Split.Test);
        }

        NoteUnread(test);
        NoteShelves(train, classes);
    }

    /// <summary>Notes that all classes hold folders of the same names: then those may be the classes, and the outer folders parts, persons
    /// or sizes. Folders in a class's folder are otherwise what the user made of them, as years.</summary>
    private void NoteShelves(string part, string[] classes)
    {
        var inner = classes
            .Select(name => FolderListing.Join(part, name))
            .Select(folder =>
                _listing
                    .FoldersOf(folder)
                    .Where(n => _listing.PicturesIn(FolderListing.Join(folder, n)).Any())
                    .Select(NameOf)
                    .ToHashSet(StringComparer.Ordinal)
            )
            .ToArray();
        if (inner[0].Count > 1 && inner.All(names => names.SetEquals(inner[0])))
        {
            _notes.Add(
                $"The classes are read from the outer folders ({PictureFolder.List(classes)}), and each of them holds folders of the same "
                    + $"names ({PictureFolder.List([.. inner[0].Order(StringComparer.Ordinal)])}). If those are the classes, call the "
                    + $"outer folders train and test, or give one of them."
            );
        }
    }

    /// <summary>Notes which folders beside the classes are not read, and why.</summary>
    private void NoteUnread(string? test)
    {
        foreach (var part in _parts.Tests.Where(t => test is null || !IsAtOrIn(test, t)))
        {
            if (test is not null)
            {
                var tested = _parts.Tests.First(t => IsAtOrIn(test, t));
                _notes.Add($"Not read, because {_parts.Train}/ is trained on and {tested}/ tested: {part}/.");
                continue;
            }

            var count = _listing.PicturesIn(part).Count();
            _notes.Add(
                $"{part}/ has no folders of classes: its {Pictures(count)} without labels {(count == 1 ? "is" : "are")} left out, and a "
                    + $"fifth of each class becomes the test set."
            );
        }

        if (_parts.Unread.Count > 0)
        {
            _notes.Add(
                $"Not read, because there {(_parts.Tests.Count == 0 ? "is" : "are")} "
                    + $"{string.Join(" and ", _parts.Tests.Take(1).Prepend(_parts.Train!).Select(p => p + "/"))}: "
                    + $"{string.Join(", ", _parts.Unread.Select(u => u + "/"))}."
            );
        }
    }

    /// <summary>Whether classes hold parts: <c>cat/train</c>, <c>cat/test</c>, <c>dog/train</c>, …</summary>
    private bool IsClassFirst()
    {
        var found = new List<(string Folder, string Class, Split? Split)>();
        foreach (var name in _listing.FoldersOf(_parts.Base))
        {
            var folder = FolderListing.Join(_parts.Base, name);
            var splits = _listing
                .FoldersOf(folder)
                .Select(s => (Name: s, Split: NameWords.Split(s) is { Beside.Length: 0 } known ? known.Split : null))
                .ToArray();
            var train = splits.FirstOrDefault(s => s.Split == "train").Name;
            var test = splits.FirstOrDefault(s => s.Split == "test").Name ?? splits.FirstOrDefault(s => s.Split == "val").Name;
            if (train is null || test is null || splits.Any(s => s.Split is null))
            {
                return false;
            }

            found.AddRange([
                (FolderListing.Join(folder, train), NameOf(name), Split.Train),
                (FolderListing.Join(folder, test), NameOf(name), Split.Test),
            ]);
        }

        _folders.AddRange(found);
        return found.Count >= 4;
    }

    /// <summary>Whether a test part has a class of the training part.</summary>
    private bool IsLabelled(string test, string train, string[] classes)
    {
        string[] names = [.. _listing.FoldersOf(test).Where(n => _listing.PicturesIn(FolderListing.Join(test, n)).Any())];
        var known = classes.Select(NameOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Any(n => known.Contains(NameOf(n))))
        {
            return true;
        }

        return names.Length < 2 // pictures in one folder, or in none, have no labels
            ? false
            : throw new InputException(
                $"{_listing.Root}: no class of {train}/ is in {test}/: the first has {PictureFolder.List(classes)}, the other "
                    + $"{PictureFolder.List(names)}; expected the same folders in both."
            );
    }

    private void Add(string part, Split? split) =>
        _folders.AddRange(_listing.FoldersOf(part).Select(name => (FolderListing.Join(part, name), NameOf(name), split)));

    private void RequireClasses(string part, string[] classes)
    {
        var folder = Path.Combine(_listing.Root, part);
        var loose = _listing.PicturesIn(part, recurse: false).Count();
        if (classes.Length == 0)
        {
            throw new InputException(
                loose > 0
                    ? $"{folder} has no folders in it, only {Pictures(loose)}; {Layout}.{Hint}"
                    : $"{folder} has no folders in it; {Layout}.{Hint}"
            );
        }

        if (classes.Length == 1)
        {
            throw new InputException($"{folder} has one class only, \"{classes[0]}\"; {Layout}, and at least two of them.{Hint}");
        }
    }

    private void RequireNoTwins()
    {
        var twins = _folders
            .GroupBy(f => f.Class, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(g => g.Select(f => f.Class).Distinct().Count() > 1 || g.GroupBy(f => f.Split).Any(s => s.Count() > 1));
        if (twins is not null)
        {
            throw new InputException(
                $"{_listing.Root} has folders whose names differ only in upper and lower case or in how letters are encoded: "
                    + $"{string.Join(", ", twins.Select(f => f.Folder))}; rename one, or put their pictures into one and remove the others."
            );
        }
    }

    private PictureFolder Result()
    {
        var counts = _folders
            .GroupBy(f => f.Class)
            .ToDictionary(
                g => g.Key,
                g => (Train: Count(g, Split.Test, isIt: false), Test: Count(g, Split.Test, isIt: true)),
                StringComparer.Ordinal
            );
        RequireNoUnreadFormats([.. counts.Where(c => c.Value.Train == 0).Select(c => c.Key)]);
        string[] names = [.. counts.Where(c => c.Value.Train > 0).Select(c => c.Key).Order(StringComparer.Ordinal)];
        NoteMissing(counts);
        if (names.Length < 2)
        {
            throw new InputException(
                names.Length == 1
                    ? $"{_listing.Root} has one class only with pictures in it, \"{names[0]}\"; {Layout}, and at least two of them.{Hint}"
                    : $"{_listing.Root} has folders and no pictures in them; {Layout}.{Hint}"
            );
        }

        var numbers = names.Select((name, number) => (name, number)).ToDictionary(c => c.name, c => c.number, StringComparer.Ordinal);
        var masks = 0;
        var files = new List<PictureFile>();
        foreach (var (folder, name, split) in _folders.Where(f => numbers.ContainsKey(f.Class)))
        {
            var pictures = _listing.PicturesIn(folder).ToArray();
            var stems = pictures.Select(p => $"{p.Folder}/{p.Stem}").ToHashSet(StringComparer.Ordinal);
            var kept = pictures
                .Where(p => !(MaskEnd().Match(p.Stem) is { Success: true } end && stems.Contains($"{p.Folder}/{p.Stem[..end.Index]}")))
                .ToArray();
            masks += pictures.Length - kept.Length;
            files.AddRange(kept.Select(p => new PictureFile(p.Path, numbers[name], split, p.Bytes)));
        }

        return Folder(names, files, masks);
    }

    private PictureFolder Folder(string[] names, List<PictureFile> files, int masks)
    {
        PictureFile[] sorted = [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
        var loose = new[] { "", _parts.Base }
            .Concat(_folders.Select(f => f.Folder[..Math.Max(0, f.Folder.LastIndexOf('/'))]))
            .Distinct()
            .Sum(part => _listing.PicturesIn(part, recurse: false).Count());
        List<Sentence> notes = [.. _listing.Notes(), .. _notes];
        if (masks > 0)
        {
            notes.Add(
                $"Left out as masks, because their names are those of pictures beside them with an ending such as _mask: {masks:N0}."
            );
        }

        if (loose > 0)
        {
            notes.Add($"Pictures not used, because they lie in no class's folder: {loose:N0}.");
        }

        var result = new PictureFolder(_listing.Root, names, sorted, _folders.Any(f => f.Split is not null), notes);
        return result.RequireEnough(sorted, _listing.Root, Hint) is { } untested ? result with { Notes = [.. notes, untested] } : result;
    }

    /// <summary>Notes the classes that are left out, because nothing can be learned about them.</summary>
    private void NoteMissing(Dictionary<string, (int Train, int Test)> counts)
    {
        string[] empty = [.. counts.Where(c => c.Value is (0, 0)).Select(c => c.Key).Order(StringComparer.Ordinal)];
        if (empty.Length > 0)
        {
            _notes.Add(
                $"Left out, because no picture is in {(empty.Length == 1 ? "its folder" : "their folders")}: {PictureFolder.List(empty)}."
            );
        }

        var strangers = counts.Where(c => c.Value is (0, > 0)).OrderBy(c => c.Key, StringComparer.Ordinal).ToArray();
        if (strangers.Length > 0)
        {
            _notes.Add(
                $"Left out, because there is no picture of their class to train on: "
                    + $"{string.Join(", ", strangers.Select(s => $"{Pictures(s.Value.Test)} of {s.Key}"))}."
            );
        }
    }

    /// <summary>Throws if a class has only pictures in formats that are not read: it is not an empty class.</summary>
    private void RequireNoUnreadFormats(string[] empty)
    {
        foreach (var (folder, name, _) in _folders.Where(f => empty.Contains(f.Class)))
        {
            if (_listing.OthersIn(folder).FirstOrDefault(f => FolderListing.IsUnreadPicture(f.Name)) is { Path: { } unread })
            {
                throw new InputException(
                    $"{_listing.Root}: the class \"{name}\" has no picture that can be read, only files as {unread}; save them as PNG or "
                        + $"JPEG, or remove the folder.{Hint}"
                );
            }
        }
    }

    private int Count(IEnumerable<(string Folder, string Class, Split? Split)> folders, Split split, bool isIt) =>
        folders.Where(f => f.Split == split == isIt).Sum(f => _listing.PicturesIn(f.Folder).Count());

    /// <summary>Returns the class of a folder. Systems encode accented letters in two ways: macOS in two parts, others in one.</summary>
    private static string NameOf(string folder) => LabelTexts.Clean(folder);

    private static bool IsAtOrIn(string path, string folder) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static string Pictures(int count) => count == 1 ? "1 picture" : $"{count:N0} pictures";

    [GeneratedRegex(
        @"[ _-](mask|seg|segmentation|gt|groundtruth)([ _-]?\d+)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex MaskEnd();
}
