namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>The training and test parts of a folder, by the names of its folders.</summary>
/// <param name="Base">The folder that holds parts or classes, relative to the root.</param>
/// <param name="Train">The training folder; null if there are no parts.</param>
/// <param name="Tests">The test folders, the best first: test, then validation; empty if there are none.</param>
/// <param name="Unread">Folders beside the parts that are not read.</param>
internal sealed record FolderParts(string Base, string? Train, IReadOnlyList<string> Tests, IReadOnlyList<string> Unread)
{
    /// <summary>Words in folder names beside a lone <c>train</c> which show that it is not a class of locomotives.</summary>
    private static readonly HashSet<string> Asides = new(StringComparer.Ordinal)
    {
        "unlabelled",
        "unlabeled",
        "unlab",
        "sample",
        "samples",
        "pred",
        "predict",
        "prediction",
        "predictions",
        "extra",
        "unsup",
    };

    /// <summary>Finds the parts.</summary>
    /// <param name="listing">The files and folders.</param>
    /// <exception cref="InputException">There are several pairs of parts.</exception>
    public static FolderParts Find(FolderListing listing)
    {
        var place = Unwrap(listing, "");
        var tops = listing.FoldersOf(place);
        var named = tops.Select(name => (Name: name, Split: NameWords.Split(name)))
            .Where(t => t.Split is not null)
            .Select(t => (t.Name, t.Split!.Value.Split, t.Split.Value.Beside))
            .ToArray();
        var pairs = named.GroupBy(t => t.Beside).Where(g => g.Any(t => t.Split == "train") && g.Any(t => t.Split != "train")).ToArray();
        (string Name, string Split, string Beside)[]? pair =
            pairs.Length == 1 ? [.. pairs[0]]
            : pairs.FirstOrDefault(p => p.Key.Length == 0) is { } plain ? [.. plain]
            : pairs.Length == 0 ? Alike(listing, place, named)
            : null;
        if (pairs.Length > 1 && pair is null)
        {
            throw new InputException(
                $"{listing.Root} has several pairs of folders to train and to test "
                    + $"({PictureFolder.List([.. pairs.SelectMany(p => p).Select(t => t.Name + "/")])}), expected one; give the path of "
                    + $"a folder with one pair."
            );
        }

        if (pair is not null)
        {
            var (train, tests) = (First("train"), new[] { First("test"), First("val") }.OfType<string>().ToArray());
            return new FolderParts(
                place,
                train,
                [.. tests.Select(Full)],
                [.. tops.Where(t => t != train && !tests.Contains(t)).Select(Full)]
            ) with
            {
                Train = Full(train!),
            };
        }

        var lone = named.FirstOrDefault(t => t.Split == "train").Name;
        return lone is not null && tops.All(t => t == lone || NameWords.Of(t).Any(Asides.Contains))
            ? new FolderParts(place, Full(lone), [], [.. tops.Where(t => t != lone).Select(Full)])
            : new FolderParts(place, null, [], []);

        string? First(string split) =>
            pair!
                .Where(t => t.Split == split)
                .OrderBy(t => t.Name.Length)
                .ThenBy(t => t.Name, StringComparer.Ordinal)
                .FirstOrDefault()
                .Name;
        string Full(string name) => FolderListing.Join(place, name);
    }

    /// <summary>A folder to train and others to test whose names say something else besides, as <c>1_train</c> and <c>2_test</c>, and which
    /// hold the same classes.</summary>
    private static (string Name, string Split, string Beside)[]? Alike(
        FolderListing listing,
        string place,
        (string Name, string Split, string Beside)[] named
    )
    {
        if (named.Count(t => t.Split == "train") != 1)
        {
            return null;
        }

        var train = named.First(t => t.Split == "train");
        var classes = Classes(train.Name);
        var tests = named.Where(t => t.Split != "train" && Classes(t.Name).SetEquals(classes)).ToArray();
        return classes.Count > 1 && tests.Length > 0 ? [train, .. tests] : null;

        HashSet<string> Classes(string name)
        {
            var folder = Unwrap(listing, FolderListing.Join(place, name));
            return
            [
                .. listing
                    .FoldersOf(folder)
                    .Where(inner => listing.PicturesIn(FolderListing.Join(folder, inner)).Any())
                    .Select(Labels.LabelTexts.Clean),
            ];
        }
    }

    /// <summary>Descends through folders that hold only one folder, as in unpacked archives, to the one that holds several folders, or
    /// pictures.</summary>
    /// <param name="listing">The files and folders.</param>
    /// <param name="folder">The folder to start from.</param>
    public static string Unwrap(FolderListing listing, string folder)
    {
        while (listing.FoldersOf(folder) is [var only] && !listing.PicturesIn(folder, recurse: false).Any())
        {
            var inner = FolderListing.Join(folder, only);
            if (!listing.FoldersOf(inner).Any(name => listing.PicturesIn(FolderListing.Join(inner, name)).Any()))
            {
                break;
            }

            folder = inner;
        }

        return folder;
    }
}
