using System.Text.RegularExpressions;

namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>Says what may be meant by a folder in which neither folders nor tables give classes.</summary>
internal static partial class LayoutHints
{
    private const int MostClasses = 1000;

    private static readonly string[] LabelWords = ["label", "labels", "classes", "annotations", "metadata", "train"];

    /// <summary>Returns a sentence on what the folder holds and what makes it readable; null if nothing is known.</summary>
    /// <param name="listing">The files and folders.</param>
    public static string? Of(FolderListing listing) =>
        listing.Pictures.Length == 0 ? WithoutPictures(listing) : Strangers(listing) ?? ForeignLabels(listing) ?? ClassesInNames(listing);

    private static string? WithoutPictures(FolderListing listing)
    {
        if (listing.Others.FirstOrDefault(f => UnreadFormats.IsArchive(f.Name)) is { Path: { } archive })
        {
            return $"{listing.Root} holds archives and no pictures: {UnreadFormats.Sentence(Path.Combine(listing.Root, archive))}";
        }

        var inside = listing.Others.Where(f => f.Folder.Length > 0).ToArray();
        var bare = inside.Where(f => !HasEnding(f.Name)).ToArray();
        if (bare.Length == 0 || 2 * bare.Length < inside.Length)
        {
            return null;
        }

        var root = ForeignFormats.Quoted(listing.Root);
        var (what, ending) = KindOf(Path.Combine(listing.Root, bare[0].Path)) switch
        {
            true => ("pictures", ".png"),
            false => ("texts", ".txt"),
            null => ("", ""),
        };
        return what.Length == 0
            ? null
            : $"{listing.Root} holds {what} whose names have no ending, such as {bare[0].Path}; in Python: import pathlib; "
                + $"[f.rename(f'{{f}}{ending}') for f in list(pathlib.Path({root}).rglob('[!.]*')) if f.is_file()] "
                + $"gives them {ending}.";
    }

    /// <summary>Whether a name ends in a format; 20 newsgroups are numbered, and 00.1 is no format.</summary>
    private static bool HasEnding(string name) => Path.GetExtension(name) is { Length: > 1 } end && end.Any(char.IsLetter);

    /// <summary>Whether a file is a picture; false for a text, null for anything else.</summary>
    private static bool? KindOf(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var start = new byte[512];
            var read = start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
            return PictureSigns.IsPicture(read) ? true
                : read.Length > 0 && !read.Contains((byte)0) ? false
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A table beside pictures that names none of them.</summary>
    private static string? Strangers(FolderListing listing)
    {
        var tables = listing.Others.Where(f => LabelRows.MayBe(f.Name) && !f.Name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase));
        if (!IsFlat(listing) || tables.FirstOrDefault() is not { Path: { } table })
        {
            return null;
        }

        try
        {
            var (_, rows) = LabelRows.Read(Path.Combine(listing.Root, table), _ => false, 1);
            return rows.Count == 0
                ? null
                : $"{listing.Root} has pictures in one folder, and {table} hardly names one of them: its first row is "
                    + $"\"{string.Join(", ", rows[0].Take(5))}\", and the first picture {listing.Pictures[0].Path}; expected their names.";
        }
        catch (InputException)
        {
            return null; // no table
        }
    }

    private static bool IsFlat(FolderListing listing) =>
        listing.Pictures.All(p => p.Folder == listing.Pictures[0].Folder)
        && listing.Folders.All(f =>
            listing.Pictures[0].Folder == f || listing.Pictures[0].Folder.StartsWith(f + "/", StringComparison.Ordinal)
        );

    /// <summary>Labels beside the pictures in a format that is not read.</summary>
    private static string? ForeignLabels(FolderListing listing) =>
        listing.Others.FirstOrDefault(f =>
            !f.Folder.Contains('/', StringComparison.Ordinal)
            && ForeignFormats.Extensions.Any(e => f.Name.EndsWith(e, StringComparison.OrdinalIgnoreCase))
            && (listing.Others.Length == 1 || NameWords.Of(f.Stem).Any(LabelWords.Contains))
        )
            is { Path: { } labels }
            ? $"{listing.Root} has pictures and no labels that are read: {Converted(Path.Combine(listing.Root, labels))}"
            : null;

    /// <summary>What converts labels; in JSON they are often one object with the names of pictures as keys.</summary>
    private static string Converted(string path) =>
        !path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || First(path) != '{'
            ? ForeignFormats.Sentence(path)
            : $"{path} is one JSON text; if its keys are the pictures and its values their labels, in Python: import json; "
                + $"d = json.load(open({ForeignFormats.Quoted(path)}, encoding='utf-8')); "
                + $"open({ForeignFormats.Quoted(path, ".jsonl")}, 'w')"
                + ".writelines(json.dumps({'file': k, 'label': v}) + '\\n' for k, v in d.items()).";

    private static char? First(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            while (reader.Read() is >= 0 and var next)
            {
                if (!char.IsWhiteSpace((char)next))
                {
                    return (char)next;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever reads on names it.
        }

        return null;
    }

    /// <summary>Names such as cat.0.jpg, which begin with a class.</summary>
    private static string? ClassesInNames(FolderListing listing)
    {
        var flat = listing.Pictures;
        string[] starts = [.. flat.Select(p => Start().Match(p.Name).Groups["class"].Value)];
        var counts = starts.CountBy(start => start).ToArray();
        if (!IsFlat(listing) || counts.Length is < 2 or > MostClasses || counts.Any(c => c.Key.Length == 0 || c.Value < 2))
        {
            return null;
        }

        var folder = Path.Combine(listing.Root, flat[0].Folder);
        var (place, table) = (ForeignFormats.Quoted(folder), ForeignFormats.Quoted(Path.Combine(folder, "labels.csv")));
        return $"{folder} has {flat.Length:N0} pictures and no labels, and their names begin like classes "
            + $"({PictureFolder.List([.. counts.Select(c => c.Key).Order(StringComparer.Ordinal)])}); if they are, in Python: "
            + $"import csv, pathlib, re; d = [(f.name, re.match(r'(.*?)[\\W_]*\\d', f.name)[1]) "
            + $"for f in pathlib.Path({place}).glob('*[0-9]*.*')]; "
            + $"csv.writer(open({table}, 'w', newline='')).writerows([('file', 'label')] + d).";
    }

    [GeneratedRegex(@"^(?<class>\D*?\w)[\W_]*\d", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();
}
