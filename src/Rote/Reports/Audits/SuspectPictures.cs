using Rote.Audits.Review;
using Rote.Data;
using Rote.Reports.Reviews;
using SkiaSharp;

namespace Rote.Reports.Audits;

/// <summary>Pictures of examples at the size that a page can use, and the location of each. Pictures from the user's own folder are its
/// files, made smaller; others are what the networks see.</summary>
internal sealed class SuspectPictures : IDisposable
{
    /// <summary>The longer side of a picture made smaller, in pixels: 160 on a screen with twice the pixel density.</summary>
    private const int Side = 320;

    private const int Quality = 82;
    private const long LargestFile = 64L << 20;

    /// <summary>Files with more pixels than this are not decoded: 200 of them would take minutes.</summary>
    private const long LargestPicture = 50_000_000;

    private readonly Dataset _examples;
    private readonly PictureFilesView? _files;
    private readonly string? _page; // the folder of the page
    private readonly Dictionary<int, string> _small = [];

    /// <param name="examples">The examples; the caller still owns them.</param>
    /// <param name="source">The location of the examples; null where it is not known: then nothing is linked.</param>
    /// <param name="page">The page's file; null where there is none: then nothing is linked.</param>
    public SuspectPictures(Dataset examples, AuditSource? source, string? page)
    {
        _examples = examples;
        if (page is not null && source is { Data: { } folder } && Path.IsPathRooted(folder) && Directory.Exists(folder))
        {
            _page = Path.GetDirectoryName(Path.GetFullPath(page));
            _files = new PictureFilesView(folder, source.Options.FollowLinks);
        }
    }

    /// <summary>Draws what networks see of some examples, all at once; <c>Uri</c> then returns them one by one.</summary>
    /// <param name="rows">Which.</param>
    public void Draw(IEnumerable<int> rows)
    {
        int[] missing = [.. rows.Where(row => row >= 0 && !_small.ContainsKey(row)).Distinct()];
        foreach (var (row, uri) in missing.Zip(Thumbnails.Of(_examples, missing) ?? []))
        {
            _small.Add(row, uri);
        }
    }

    /// <summary>Returns the picture from the user's file, else as the networks see it.</summary>
    /// <param name="row">An example.</param>
    /// <param name="fromFile">Whether to read the example's file where there is one.</param>
    /// <returns>A data URI; null where there is nothing to see, or <c>Draw</c> did not draw it.</returns>
    public string? Uri(int row, bool fromFile) =>
        (fromFile && PathOf(row) is { } path ? FromFile(path) : null) ?? _small.GetValueOrDefault(row);

    /// <summary>The location of the example's file, relative to the page.</summary>
    /// <param name="row">An example.</param>
    /// <returns>A relative address; null where the example has no file of its own, or the file is gone.</returns>
    public string? Link(int row) =>
        PathOf(row) is { } path && _page is not null
            ? string.Join(
                '/',
                Path.GetRelativePath(_page, path).Split(Path.DirectorySeparatorChar).Select(part => System.Uri.EscapeDataString(part))
            )
            : null;

    /// <inheritdoc/>
    public void Dispose() => _files?.Dispose();

    private string? PathOf(int row) => _examples.Rows[row] is { Row: null, File: var file } ? _files?.Find(file) : null;

    private static string? FromFile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                return null;
            }

            using var data = SKData.CreateCopy(File.ReadAllBytes(path));
            using var codec = SKCodec.Create(data);

            // A picture with a rotated EXIF origin is shown as the networks see it: upright.
            if (
                codec is null
                || codec.EncodedOrigin != SKEncodedOrigin.TopLeft
                || (long)codec.Info.Width * codec.Info.Height > LargestPicture
            )
            {
                return null;
            }

            using var whole = SKBitmap.Decode(codec);
            return whole is null ? null : Encoded(whole);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Encoded(SKBitmap whole)
    {
        var scale = Math.Min(1, Side / (double)Math.Max(whole.Width, whole.Height));
        var size = new SKImageInfo(Math.Max(1, (int)(whole.Width * scale)), Math.Max(1, (int)(whole.Height * scale)));
        using var small = whole.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var jpeg = small?.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg is null ? null : $"data:image/jpeg;base64,{Convert.ToBase64String(jpeg.Span)}";
    }
}
