using System.Text;
using CsvHelper;
using Rote.Data.Formats.Parquet;

namespace Rote.Data.Formats.Csv;

/// <summary>How a file of separated values is written, and what can be wrong with its text.</summary>
internal static class CsvDialect
{
    /// <summary>A field with more characters is none of a table: a quote was not closed.</summary>
    public const int LongestField = 1 << 20;

    /// <summary>What is between the fields of a file: what its first line says (Excel's "sep=;"); else a tab if that line has one outside
    /// of quotes; else a semicolon, which stands where the comma is the decimal sign; else a comma; else, if asked for, spaces.</summary>
    /// <returns>The separator, and whether the first line says it and is no record.</returns>
    public static (string Separator, bool IsSaid) Of(string path, bool bySpaces)
    {
        using var reader = Open(path);
        var (isQuoted, found, line) = (false, "", new StringBuilder());
        for (var i = 0; i < RecordLimit.MostCharacters; i++)
        {
            var next = Character(reader, path);
            if (next == -1 || (next == '\n' && !isQuoted && i > 0))
            {
                break;
            }

            isQuoted ^= next == '"';
            if (!isQuoted && next is '\t' or ';' or ',' or ' ' && !found.Contains((char)next))
            {
                found += (char)next;
            }

            if (line.Length < 8)
            {
                line.Append((char)next);
            }
        }

        return line.ToString().TrimEnd('\r') is ['s', 'e', 'p', '=', var said]
            ? (said.ToString(), true)
            : (Likeliest(found, line.ToString(), bySpaces), false);
    }

    private static string Likeliest(string found, string start, bool bySpaces) =>
        found.Contains('\t') ? "\t"
        : found.Contains(';') ? ";"
        : found.Contains(',') || !bySpaces || !found.Contains(' ') || start.TrimStart().Length == 0 ? ","
        : " ";

    private static int Character(TextReader reader, string path)
    {
        try
        {
            return reader.Read();
        }
        catch (Exception error) when (IsKnown(error))
        {
            throw Sentence(error, path, "its first line");
        }
    }

    /// <summary>Opens a text in UTF-8, or in UTF-16 with a mark; packed with gzip or not.</summary>
    /// <exception cref="MachineException">It cannot be opened.</exception>
    public static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(
                GzipText.Open(path),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
                detectEncodingFromByteOrderMarks: true,
                bufferSize: 1 << 16
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    /// <summary>Whether an error is one that texts and files make.</summary>
    public static bool IsKnown(Exception error) =>
        error is CsvHelperException or DecoderFallbackException or InvalidDataException or IOException or UnauthorizedAccessException;

    /// <summary>Such an error in a sentence.</summary>
    public static RoteException Sentence(Exception error, string path, string place) =>
        error switch
        {
            MaxFieldSizeException => new InputException(
                $"{path}: {place} begins a field of more than {LongestField:N0} characters; is a quote not closed, or a text "
                    + "longer than is read?",
                error
            ),
            CsvHelperException => new InputException(
                $"{path}: {place} is damaged: a quote stands inside a field that does not begin with one, or is not closed.",
                error
            ),
            InvalidDataException => new InputException(
                $"{path} is no sound gzip file ({error.Message.Split('\n')[0].TrimEnd('.')}), expected a whole one.",
                error
            ),
            DecoderFallbackException => new InputException($"{path} is not UTF-8 ({place}); save it as UTF-8.", error),
            _ => new MachineException($"{path} cannot be read ({error.Message.Split('\n')[0]}).", error),
        };
}
