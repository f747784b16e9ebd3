using System.Text;

namespace Rote.Data.Formats.Pictures;

/// <summary>Tells by its first bytes what a file is that has the name of a picture and is none that can be read.</summary>
internal static class PictureSigns
{
    private const int Looked = 512;

    /// <summary>What a file is, in words that go on after its name; null if it is unknown.</summary>
    public static string? Of(PictureSource source)
    {
        try
        {
            using var stream = source.Open();
            var start = new byte[Looked];
            return Of(start.AsSpan(0, stream.ReadAtLeast(start, Looked, throwOnEndOfStream: false)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether bytes are the beginning of a picture that can be read.</summary>
    public static bool IsPicture(ReadOnlySpan<byte> start) =>
        start.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G'])
        || start.StartsWith<byte>([0xFF, 0xD8, 0xFF])
        || start.StartsWith("GIF8"u8)
        || (start.StartsWith("RIFF"u8) && start.Length > 12 && start[8..].StartsWith("WEBP"u8))
        || (start.StartsWith("BM"u8) && start.Length > 26 && start[14] is 12 or 40 or 108 or 124);

    private static string? Of(ReadOnlySpan<byte> start)
    {
        var format =
            start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) ? "TIFF"
            : start.Length > 12 && start[4..].StartsWith("ftyp"u8) ? Box(start[8..12])
            : start.StartsWith("8BPS"u8) ? "a file of Photoshop's"
            : start.StartsWith("%PDF"u8) ? "a PDF"
            : start.StartsWith<byte>([0, 0, 0, 0x0C, (byte)'j', (byte)'P']) ? "JPEG 2000"
            : start.Length > 132 && start[128..].StartsWith("DICM"u8) ? "DICOM"
            : null;
        if (format is not null)
        {
            return $"is {format}, expected PNG, JPEG, BMP, WebP or GIF";
        }

        var text = Encoding.Latin1.GetString(start).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t');
        return text.StartsWith("version https://git-lfs", StringComparison.Ordinal)
                ? "is a pointer of Git LFS, and git lfs pull fetches the picture"
            : text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) || text.Contains("<svg ", StringComparison.OrdinalIgnoreCase)
                ? "is SVG, expected PNG, JPEG, BMP, WebP or GIF"
            : text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                ? "is a page of a website and no picture, as a failed download leaves it"
            : null;
    }

    private static string Box(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("avi"u8) ? "AVIF"
        : brand.StartsWith("he"u8) || brand.StartsWith("mif"u8) || brand.StartsWith("msf"u8) ? "HEIC"
        : "a video";
}
