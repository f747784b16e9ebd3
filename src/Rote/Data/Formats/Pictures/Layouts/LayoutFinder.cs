namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>Finds the layout of a folder of pictures: classes in folders, or in a table; or a task other than classification.</summary>
internal static class LayoutFinder
{
    /// <summary>A table and folders that agree on this share of pictures mean the same classes.</summary>
    private const double Agreement = 0.9;

    /// <summary>Finds classes and files.</summary>
    /// <param name="listing">The files and folders.</param>
    /// <param name="options">A table that the user names, and its column of labels.</param>
    /// <exception cref="InputException">The layout is unknown, or there are too few pictures.</exception>
    public static PictureFolder Find(FolderListing listing, UserDataOptions options)
    {
        var parts = FolderParts.Find(listing);
        OtherTasks.RequireNone(listing, parts.Base);
        var isAsked = options.Labels is not null || options.LabelColumn is not null;
        PictureFolder? folders = null;
        InputException? problem = null;
        try
        {
            folders = isAsked ? null : ClassFolders.Read(listing, parts);
        }
        catch (InputException error)
        {
            problem = error;
        }

        var table = Table(listing, parts, options, isNeeded: folders is null);
        if (folders is not null)
        {
            return table is null ? folders : Agreed(folders, table, listing);
        }

        return table?.Read()
            ?? throw (
                isAsked
                    ? new InputException(
                        $"{listing.Root} has no table that names its pictures, and so nothing for {Setting.LabelColumn}; leave that "
                            + $"out, or give the table with {Setting.Labels}."
                    )
                : (OtherTasks.Guess(listing) ?? LayoutHints.Of(listing)) is { } guess ? new InputException(guess)
                : problem!
            );
    }

    private static TableLayout? Table(FolderListing listing, FolderParts parts, UserDataOptions options, bool isNeeded)
    {
        try
        {
            return TableLayout.Find(listing, parts, options);
        }
        catch (InputException) when (!isNeeded)
        {
            return null; // the folders give the classes
        }
    }

    /// <summary>Takes the folders as classes if the table agrees with them. If not, they only store pictures, and the table gives the
    /// labels.</summary>
    private static PictureFolder Agreed(PictureFolder folders, TableLayout table, FolderListing listing)
    {
        if (!table.IsNamed)
        {
            return folders; // some other fact about the pictures
        }

        var classes = folders.Files.ToDictionary(f => f.Path, f => f.Class, StringComparer.Ordinal);
        var pairs = table
            .Labels.Where(p => classes.ContainsKey(listing.Pictures[p.Key].Path))
            .Select(p => (Class: classes[listing.Pictures[p.Key].Path], p.Value.Label))
            .ToArray();
        var majority = pairs.GroupBy(p => p.Class).ToDictionary(g => g.Key, g => g.CountBy(p => p.Label).MaxBy(c => c.Value).Key);
        var agreeing = pairs.Count(p => majority[p.Class] == p.Label);
        if (2 * pairs.Length < folders.Files.Length)
        {
            return folders; // a list of some pictures
        }

        if (majority.Values.Distinct(StringComparer.Ordinal).Count() < majority.Count || agreeing < Agreement * pairs.Length)
        {
            return table.Read();
        }

        return agreeing == pairs.Length
            ? folders
            : folders with
            {
                Notes =
                [
                    .. folders.Notes,
                    $"{table.Names} gives {pairs.Length - agreeing:N0} of {pairs.Length:N0} pictures another label than their folder; "
                        + $"folders are taken, and {Setting.Labels} takes the table.",
                ],
            };
    }
}
