using Rote.Audits.Review;
using Rote.Audits.Shown;

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

    private readonly FolderFiles _files = new(root, followLinks);

    public ExampleKind Kind => ExampleKind.Picture;

    public ExamplePicture? Picture(ReviewedExample example)
    {
        return Find(example.Identity.File) is { } path ? At(path) : null;
    }

    /// <summary>The picture in a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null where it is none that a browser shows, is too large, or cannot be read.</returns>
    internal static ExamplePicture? At(string path)
    {
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

    /// <summary>A picture's file, never one outside the folder: the audit's table may come from anywhere.</summary>
    internal string? Find(string relative) => _files.Find(relative);
}
