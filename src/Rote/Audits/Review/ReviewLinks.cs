using System.Globalization;

namespace Rote.Audits.Review;

/// <summary>A folder with a folder a class, in it a link to each picture of that class: the data as it was decided, without a copy and
/// without a change to it.</summary>
internal static class ReviewLinks
{
    /// <summary>Makes the folder.</summary>
    /// <param name="set">The audit, of a folder of pictures.</param>
    /// <param name="rows">What was decided; what was dropped has no link.</param>
    /// <param name="path">The folder; it must not be there.</param>
    /// <exception cref="InputException">The data is no folder of pictures, or something lies there.</exception>
    /// <exception cref="MachineException">It cannot be written; nothing is left behind.</exception>
    public static void Write(ReviewSet set, IReadOnlyList<ReviewExport.Row> rows, string path)
    {
        var root = set.Source?.Data;
        if (
            root is null
            || !Path.IsPathRooted(root)
            || !Directory.Exists(root)
            || set.Examples.Any(e => e.Identity.Row is not null)
            || set.Examples[0].Text is not null
        )
        {
            throw new InputException(
                "Links lead to pictures in a folder, and the examples of this audit are none that is there; choose another form of export."
            );
        }

        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.Exists(target))
        {
            throw new InputException($"{target} is there already, expected a folder that is made; choose another one.");
        }

        var beside = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            Fill(rows, Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)), beside);
            Directory.Move(beside, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }

            throw AtomicFile.CannotWrite(target, e);
        }
    }

    private static void Fill(IReadOnlyList<ReviewExport.Row> rows, string root, string folder)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Directory.CreateDirectory(folder);
        foreach (var row in rows.Where(r => r.Consensus.Choice != ReviewChoice.Drop))
        {
            if (!folders.TryGetValue(row.Label, out var place))
            {
                place = Free(folder, FileName(row.Label), taken);
                folders.Add(row.Label, place);
                Directory.CreateDirectory(place);
            }

            // The class that it came with stays in the name: two pictures may be called alike in two folders.
            var picture = Path.GetFullPath(Path.Combine(root, row.Example.Identity.File));
            if (picture.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                var name = FileName(row.Example.Identity.File.Replace("/", "--", StringComparison.Ordinal));
                File.CreateSymbolicLink(Free(place, name, taken), picture);
            }
        }
    }

    private static string Free(string folder, string name, HashSet<string> taken)
    {
        var path = Path.Combine(folder, name);
        for (var i = 2; !taken.Add(path); i++)
        {
            path = Path.Combine(
                folder,
                $"{Path.GetFileNameWithoutExtension(name)}-{i.ToString(CultureInfo.InvariantCulture)}{Path.GetExtension(name)}"
            );
        }

        return path;
    }

    /// <summary>A text as the name of a file: class names come from anywhere.</summary>
    private static string FileName(string text)
    {
        var safe = new string([.. text.Select(c => char.IsControl(c) || "/\\:*?\"<>|".Contains(c, StringComparison.Ordinal) ? '_' : c)]);
        safe = safe[^Shortened.LengthOfEnding(safe, 120)..]; // the ending of the name stays
        return safe.Trim().TrimStart('.') is { Length: > 0 } name ? name : "_";
    }
}
