namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>Recognizes folders laid out for tasks other than classification: masks and boxes taken for classes would give a meaningless
/// result.</summary>
internal static class OtherTasks
{
    private static readonly HashSet<string> PictureWords = new(StringComparer.Ordinal)
    {
        "images",
        "image",
        "imgs",
        "img",
        "pictures",
        "photos",
        "jpeg",
        "originals",
        "original",
        "inputs",
        "input",
        "frames",
        "raw",
    };

    private static readonly HashSet<string> MaskWords = new(StringComparer.Ordinal)
    {
        "mask",
        "masks",
        "label",
        "labels",
        "annotation",
        "annotations",
        "annot",
        "annots",
        "segmentation",
        "segmentations",
        "groundtruth",
        "gt",
        "trimap",
        "trimaps",
        "targets",
        "matte",
        "mattes",
    };

    /// <summary>Throws on a folder in which pictures lie beside masks or boxes.</summary>
    /// <param name="listing">The files and folders.</param>
    /// <param name="folder">The folder that would hold classes or parts.</param>
    /// <exception cref="InputException">The folder is laid out for another task.</exception>
    public static void RequireNone(FolderListing listing, string folder)
    {
        foreach (var place in listing.FoldersOf(folder).Select(name => FolderListing.Join(folder, name)).Prepend(folder))
        {
            var names = listing.FoldersOf(place);
            foreach (var masks in names.Where(n => NameWords.Of(n).Any(MaskWords.Contains)))
            {
                var pictures = names.FirstOrDefault(n =>
                    n != masks
                    && !NameWords.Of(n).Any(MaskWords.Contains)
                    && Rest(n) == Rest(masks)
                    && listing.PicturesIn(FolderListing.Join(place, n)).Any()
                );
                if (pictures is not null && KindOf(listing, FolderListing.Join(place, masks)) is { } kind)
                {
                    throw new InputException(
                        Sentence(listing, kind, $"{FolderListing.Join(place, pictures)}/ and {FolderListing.Join(place, masks)}/")
                    );
                }
            }
        }
    }

    /// <summary>Returns a sentence on the task that a folder without classes may be laid out for; null if unknown.</summary>
    /// <param name="listing">The files and folders.</param>
    public static string? Guess(FolderListing listing)
    {
        if (listing.Others.FirstOrDefault(f => IsCoco(f)) is { Path: { } json })
        {
            return Sentence(listing, "detection in COCO's layout", json);
        }

        var stems = listing.Pictures.Select(p => p.Stem).ToHashSet(StringComparer.Ordinal);
        var beside = listing.Others.Where(f => stems.Contains(f.Stem)).ToArray();
        return beside.FirstOrDefault(f => f.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)).Path is { } xml
                ? Sentence(listing, "detection in Pascal VOC's layout", xml)
            : beside.FirstOrDefault(f => f.Name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)).Path is { } text
                ? Sentence(listing, "detection in YOLO's layout", text)
            : null;
    }

    private static bool IsCoco(ListedFile file) =>
        file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        && (
            file.Name.Contains("coco", StringComparison.OrdinalIgnoreCase)
            || file.Name.StartsWith("instances_", StringComparison.OrdinalIgnoreCase)
            || NameWords.Of(file.Path).Any(w => w is "annotation" or "annotations")
        );

    private static string? KindOf(FolderListing listing, string folder)
    {
        if (listing.PicturesIn(folder).Any())
        {
            return "segmentation";
        }

        var names = listing.OthersIn(folder).Select(f => Path.GetExtension(f.Name).ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return names.Contains(".txt") ? "detection in YOLO's layout"
            : names.Contains(".xml") ? "detection in Pascal VOC's layout"
            : names.Contains(".json") ? "detection in COCO's layout"
            : names.Contains(".npy") || names.Contains(".mat") ? "segmentation"
            : null;
    }

    private static string Rest(string name) =>
        string.Join(
            ' ',
            NameWords
                .Of(name)
                .Where(w =>
                    !PictureWords.Contains(w)
                    && !MaskWords.Contains(w)
                    && !NameWords.IsFiller(w)
                    && w is not ("class" or "object" or "ground" or "truth")
                )
        );

    private static string Sentence(FolderListing listing, string task, string found) =>
        $"{listing.Root} is laid out for {task} ({found}), and Rote learns one label a picture; expected one folder of pictures per "
        + $"class, or a table of labels; docs/guide/own-data.md shows the layouts.";
}
