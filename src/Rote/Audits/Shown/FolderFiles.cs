namespace Rote.Audits.Shown;

/// <summary>Finds the files of a user's folder by names that may come from anywhere, and never one outside the folder.</summary>
/// <param name="root">The folder, absolute.</param>
/// <param name="followLinks">Whether symbolic links are followed.</param>
internal sealed class FolderFiles(string root, bool followLinks)
{
    private const int Deepest = 8;

    private readonly Lazy<string[]> _folders = new(() => [.. Chain(root)]);
    private string? _last; // where the file before was

    /// <summary>A file that is there.</summary>
    /// <param name="relative">Its path in the folder.</param>
    /// <returns>Its absolute path; null where there is none, or where it lies elsewhere.</returns>
    public string? Find(string relative)
    {
        if (relative.Length == 0 || relative.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(relative))
        {
            return null;
        }

        foreach (var folder in _last is { } last ? _folders.Value.Prepend(last) : _folders.Value)
        {
            if (In(folder, relative) is { } path)
            {
                _last = folder;
                return path;
            }
        }

        return null;
    }

    private string? In(string folder, string relative)
    {
        var path = Path.GetFullPath(Path.Combine(folder, relative));
        if (
            !path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || !File.Exists(path)
        )
        {
            return null;
        }

        for (var part = path; !followLinks && part is not null && part.Length > root.Length; part = Path.GetDirectoryName(part))
        {
            if (new FileInfo(part).LinkTarget is not null)
            {
                return null;
            }
        }

        return path;
    }

    /// <summary>The folder, and those inside it: a folder that holds nothing but one folder is gone through when it is read.</summary>
    private static IEnumerable<string> Chain(string root)
    {
        string? folder = root;
        for (var depth = 0; depth < Deepest && folder is not null; depth++)
        {
            yield return folder;
            folder = OnlyFolder(folder);
        }
    }

    private static string? OnlyFolder(string folder)
    {
        try
        {
            return Directory.GetDirectories(folder).Where(f => Path.GetFileName(f) is not ['.' or '_', ..]).ToArray() is [var only]
                ? only
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
