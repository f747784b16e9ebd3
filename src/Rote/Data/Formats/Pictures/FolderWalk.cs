using System.IO.Enumeration;

namespace Rote.Data.Formats.Pictures;

/// <summary>Lists a user's folder: names and sizes only, and counts what is passed over, so that it can be told.</summary>
/// <param name="root">The folder, an absolute path without a link at its end.</param>
internal sealed class FolderWalk(string root)
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".jfif", ".bmp", ".webp"];

    private readonly SortedDictionary<string, int> _others = new(StringComparer.Ordinal);
    private int _links;

    private enum Kind
    {
        Picture,
        Other,
        Link,
    }

    /// <summary>The extensions that are looked at, in words.</summary>
    public static string ExtensionList => string.Join(", ", Extensions);

    /// <summary>Names of the folders in a folder, in ordinal order; hidden ones and links are passed over.</summary>
    /// <param name="relative">The folder, relative to the root; empty for the root.</param>
    public string[] Folders(string relative) =>
    [
        .. new DirectoryInfo(Path.Combine(root, relative)).GetDirectories().Where(d => !IsHidden(d.Name) && !IsLink(d)).Select(d => d.Name).Order(StringComparer.Ordinal),
    ];

    /// <summary>Pictures in a folder and the folders in it.</summary>
    /// <param name="relative">The folder, relative to the root.</param>
    /// <param name="recurse">False: in this folder only.</param>
    /// <returns>Paths relative to the root with <c>/</c> between parts, and sizes; in no order.</returns>
    public IEnumerable<(string Path, long Bytes)> Pictures(string relative, bool recurse = true)
    {
        var found = new FileSystemEnumerable<(string Path, long Bytes, Kind Kind)>(
            Path.Combine(root, relative),
            (ref entry) => (entry.ToFullPath(), entry.Length, IsLink(entry.Attributes) ? Kind.Link : HasExtension(entry.FileName) ? Kind.Picture : Kind.Other),
            new EnumerationOptions { RecurseSubdirectories = recurse, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref entry) => !IsHidden(entry.FileName) && (!entry.IsDirectory || IsLink(entry.Attributes)),
            ShouldRecursePredicate = (ref entry) => !IsHidden(entry.FileName) && !IsLink(entry.Attributes),
        };
        foreach (var (path, bytes, kind) in found)
        {
            if (kind == Kind.Picture)
            {
                yield return (Relative(path), bytes);
            }
            else if (kind == Kind.Link && TargetInside(path) is { } target)
            {
                yield return (Relative(path), target.Length);
            }
            else
            {
                Count(kind, path);
            }
        }
    }

    /// <summary>Sentences about what was passed over; none if nothing was.</summary>
    public IEnumerable<string> Notes()
    {
        if (_others.Count > 0)
        {
            var kinds = string.Join(", ", _others.OrderByDescending(o => o.Value).Take(5).Select(o => $"{o.Value:N0} {o.Key}"));
            yield return $"Files not looked at, because their names do not end in {ExtensionList}: {_others.Values.Sum():N0} ({kinds}{(_others.Count > 5 ? ", …" : "")}).";
        }

        if (_links > 0)
        {
            yield return $"Symbolic links not followed, because they lead to a folder, out of {root}, or nowhere: {_links:N0}.";
        }
    }

    /// <summary>Where a link to a file ends, if that is a picture in the root and no folder on the way is a link; else null.</summary>
    private FileInfo? TargetInside(string path)
    {
        if (!HasExtension(Path.GetFileName(path.AsSpan())))
        {
            return null;
        }

        FileInfo? target;
        try
        {
            target = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo;
        }
        catch (IOException)
        {
            return null; // a circle of links
        }

        if (target is not { Exists: true })
        {
            return null;
        }

        for (var folder = target.Directory; folder is not null; folder = folder.Parent)
        {
            if (folder.FullName == root)
            {
                return target;
            }

            if (IsLink(folder))
            {
                return null;
            }
        }

        return null;
    }

    private void Count(Kind kind, string path)
    {
        if (kind == Kind.Link)
        {
            _links++;
            return;
        }

        var extension = Path.GetExtension(path).ToLowerInvariant() is { Length: > 0 } known ? known : "without extension";
        _others[extension] = _others.GetValueOrDefault(extension) + 1;
    }

    private string Relative(string path) => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');

    private static bool IsLink(FileSystemInfo entry) => IsLink(entry.Attributes);

    private static bool IsLink(FileAttributes attributes) => attributes.HasFlag(FileAttributes.ReparsePoint);

    private static bool IsHidden(ReadOnlySpan<char> name) => name is ['.', ..] or "__MACOSX" or "@eaDir";

    private static bool HasExtension(ReadOnlySpan<char> name)
    {
        foreach (var extension in Extensions)
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
