using Rote.Audits.Review;

namespace Rote.Reports.Reviews;

/// <summary>Pictures in a user's folder, unchanged: the browser decodes them.</summary>
/// <param name="root">The folder, absolute.</param>
/// <param name="followLinks">Whether the audit followed symbolic links when it read the folder.</param>
internal sealed class PictureFilesView(string root, bool followLinks) : IExampleView
{
    private const long LargestFile = 256L << 20;

    // The kind is told by content, as the reader of pictures does: a file's name proves nothing.
    private static readonly (byte[] Start, int At, string MediaType)[] Kinds =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], 0, "image/png"),
        ([0xFF, 0xD8, 0xFF], 0, "image/jpeg"),
        ([.. "GIF8"u8], 0, "image/gif"),
        ([.. "BM"u8], 0, "image/bmp"),
        ([.. "WEBP"u8], 8, "image/webp"),
    ];

    private string? _inner;

    public ExampleKind Kind => ExampleKind.Picture;

    public ExamplePicture? Picture(ReviewedExample example)
    {
        if (Find(example.Identity.File) is not { } path)
        {
            return null;
        }

        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            return Kinds.FirstOrDefault(k => bytes.AsSpan(Math.Min(k.At, bytes.Length)).StartsWith(k.Start)).MediaType is { } type
                ? new ExamplePicture(bytes, type)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public IReadOnlyList<(string Name, string Value)> Fields(ReviewedExample example) => [];

    public void Dispose() { }

    /// <summary>Finds a picture's file, never one outside the folder: the audit's table may come from anywhere.</summary>
    internal string? Find(string relative)
    {
        if (relative.Length == 0 || relative.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(relative))
        {
            return null;
        }

        // The reader of pictures enters a folder that holds nothing but one folder.
        var folder = _inner ?? root;
        for (var depth = 0; depth < 8 && folder is not null; depth++)
        {
            if (In(folder, relative) is { } path)
            {
                _inner = folder;
                return path;
            }

            folder = OnlyFolder(folder);
        }

        return null;
    }

    private string? In(string folder, string relative)
    {
        var path = Path.GetFullPath(Path.Combine(folder, relative));
        if (!path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return null;
        }

        if (!File.Exists(path))
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
