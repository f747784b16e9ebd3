namespace Rote.Data.Formats.Pictures;

/// <summary>Lists a user's folder: names and sizes only. Skips system files silently, and counts links.</summary>
internal sealed class FolderWalk
{
    /// <summary>Files and folders that macOS, Windows, file servers and notebooks leave behind; names that begin with a dot are skipped
    /// too.</summary>
    private static readonly HashSet<string> SystemNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "__MACOSX",
        "@eaDir",
        "#recycle",
        "$RECYCLE.BIN",
        "System Volume Information",
        "lost+found",
        "__pycache__",
        "Thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "Icon\r",
    };

    /// <summary>Files by which an audit, its results and a run are known (docs/reference/formats.md).</summary>
    private static readonly string[][] Results =
    [
        ["audit.json"],
        ["source.json", "summary.json"],
        ["experiment.json", "manifest.json"],
    ];

    private const int MostLinks = 64; // on the way to one file; Linux allows 40

    private readonly string _root;
    private readonly bool _followLinks;
    private readonly List<string> _folders = [];
    private readonly List<ListedFile> _pictures = [];
    private readonly List<ListedFile> _others = [];
    private readonly Stack<(string Relative, string Real, HashSet<string> Above)> _open = new();
    private int _links;
    private int _lost;

    private FolderWalk(string root, bool followLinks) => (_root, _followLinks) = (root, followLinks);

    /// <summary>Lists a folder and all folders in it.</summary>
    /// <param name="root">The folder, an absolute path; it may be a link.</param>
    /// <param name="followLinks">Whether symbolic links to files and folders are followed, wherever they lead.</param>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be listed.</exception>
    public static FolderListing List(string root, bool followLinks)
    {
        var walk = new FolderWalk(RealPath(root) ?? root, followLinks);
        walk._open.Push(("", walk._root, [walk._root]));
        while (walk._open.TryPop(out var folder))
        {
            walk.Visit(folder.Relative, folder.Real, folder.Above);
        }

        return walk.Listing();
    }

    private static bool IsSystem(string name) => name.StartsWith('.') || SystemNames.Contains(name);

    private FolderListing Listing()
    {
        List<Sentence> notes = [];
        if (_links > 0)
        {
            notes.Add($"Symbolic links not followed: {_links:N0}; {Setting.FollowLinks} includes them.");
        }

        if (_lost > 0)
        {
            notes.Add($"Symbolic links that lead nowhere, or back to a folder that they lie in: {_lost:N0}.");
        }

        return new FolderListing(_root, [.. _folders.Order(StringComparer.Ordinal)], Sorted(_pictures), Sorted(_others), notes);
    }

    private static ListedFile[] Sorted(List<ListedFile> files)
    {
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return [.. files];
    }

    /// <param name="relative">The folder as the user sees it.</param>
    /// <param name="real">Its real path.</param>
    /// <param name="above">The real paths of this folder and of those on the way to it.</param>
    private void Visit(string relative, string real, HashSet<string> above)
    {
        if (relative.Length > 0)
        {
            _folders.Add(relative);
        }

        foreach (
            var entry in new DirectoryInfo(real).EnumerateFileSystemInfos(
                "*",
                new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }
            )
        )
        {
            if (IsSystem(entry.Name))
            {
                continue;
            }

            var path = FolderListing.Join(relative, entry.Name);
            if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                Link(path, entry.FullName, above);
            }
            else if (entry is FileInfo file)
            {
                Add(path, file.Length);
            }
            else if (!IsOfRote(entry.FullName))
            {
                _open.Push((path, entry.FullName, [.. above, entry.FullName]));
            }
        }
    }

    /// <summary>Whether Rote wrote a folder, or all there is in it: an audit or a run begun from within the data lies in it.</summary>
    private static bool IsOfRote(string folder)
    {
        if (IsResult(folder))
        {
            return true;
        }

        var results = 0;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => !IsSystem(entry.Name)))
        {
            if (entry is FileInfo || !IsResult(entry.FullName))
            {
                return false; // a folder of pictures ends here, at its first
            }

            results++;
        }

        return results > 0;
    }

    private static bool IsResult(string folder) => Results.Any(files => files.All(file => File.Exists(Path.Combine(folder, file))));

    private void Link(string path, string place, HashSet<string> above)
    {
        if (!_followLinks)
        {
            _links++;
            return;
        }

        var target = RealPath(place);
        if (target is not null && File.Exists(target))
        {
            Add(path, new FileInfo(target).Length);
        }
        else if (target is not null && Directory.Exists(target) && !above.Contains(target))
        {
            _open.Push((path, target, [.. above, target]));
        }
        else
        {
            _lost++;
        }
    }

    private void Add(string path, long bytes) => (FolderListing.IsPicture(path) ? _pictures : _others).Add(new ListedFile(path, bytes));

    /// <summary>Resolves the links in a path; null after more than 64 of them, as in a circle.</summary>
    private static string? RealPath(string path)
    {
        var (done, parts) = (Path.GetPathRoot(path)!, new Stack<string>(Parts(path)));
        for (var links = 0; parts.TryPop(out var part); )
        {
            var next = Path.GetFullPath(Path.Combine(done, part));
            var info = new FileInfo(next);
            if (info.LinkTarget is not { } target)
            {
                done = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            if (Path.IsPathRooted(target))
            {
                done = Path.GetPathRoot(target)!;
            }

            foreach (var step in Parts(target))
            {
                parts.Push(step);
            }
        }

        return done;

        static IEnumerable<string> Parts(string path) =>
            path[Path.GetPathRoot(path)!.Length..]
                .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
                .Reverse();
    }
}
