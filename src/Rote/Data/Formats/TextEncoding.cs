using System.Text;
using System.Text.Unicode;

namespace Rote.Data.Formats;

/// <summary>The encoding of a user's text: UTF-8, or UTF-16, whose byte order is told from its first letters where there is no
/// mark.</summary>
internal static class TextEncoding
{
    private static readonly UTF8Encoding Utf8Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The encoding of a file without a byte order mark; a reader heeds a mark by itself.</summary>
    /// <param name="path">The file, gzip or plain.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Encoding Of(string path)
    {
        Span<byte> start = stackalloc byte[4];
        try
        {
            using var stream = GzipText.Open(path);
            return Of(start[..stream.ReadAtLeast(start, 4, throwOnEndOfStream: false)]);
        }
        catch (InvalidDataException)
        {
            return Utf8Strict; // whoever reads on names the damage
        }
    }

    /// <summary>The encoding of a text without a byte order mark.</summary>
    /// <param name="start">Its first four bytes or more: two plain letters tell UTF-16 by the zeros beside them.</param>
    public static Encoding Of(ReadOnlySpan<byte> start) =>
        start switch
        {
            [not 0, 0, not 0, 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
            [0, not 0, 0, not 0, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
            _ => Utf8Strict,
        };

    /// <summary>The first line that is no UTF-8, in words; null if every line is, or the file ends in damage before it.</summary>
    /// <param name="path">The file, gzip or plain.</param>
    public static string? PlaceOfFault(string path)
    {
        try
        {
            return FirstFault(path);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? FirstFault(string path)
    {
        using var reader = new StreamReader(GzipText.Open(path), Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (!Utf8.IsValid(Encoding.Latin1.GetBytes(text)))
            {
                return $"line {line}";
            }
        }

        return null;
    }

    /// <summary>What to do with a file in another encoding, without a full stop.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Python's name of the encoding that it probably has.</param>
    public static string Advice(string path, string encoding) =>
        $"save it as UTF-8, as in Python: t = open({ForeignFormats.Quoted(path)}, encoding='{encoding}', newline='').read(); "
        + $"open({ForeignFormats.Quoted(path)}, 'w', encoding='utf-8', newline='').write(t)";
}
