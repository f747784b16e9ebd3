using System.Text;
using CsvHelper;
using Rote.Data.Formats.Parquet;

namespace Rote.Data.Formats.Csv;

/// <summary>The separator and encoding of a file of separated values, and the messages for faults in its text.</summary>
internal static class CsvDialect
{
    /// <summary>A field with more characters than this is no table field but an unclosed quote.</summary>
    public const int LongestField = 1 << 20;

    private const int LinesWithBars = 50;

    /// <summary>Finds the separator of a file. The first line may declare it (Excel's "sep=;"). Otherwise it is the first of these that the
    /// line has outside quotes: tab, semicolon (used where the comma is the decimal sign), comma, and if asked for a bar or
    /// spaces.</summary>
    /// <returns>The separator, and whether the first line declares it and so is no record.</returns>
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
            if (!isQuoted && next is '\t' or ';' or ',' or '|' or ' ' && !found.Contains((char)next))
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
            : (Likeliest(found, line.ToString(), bySpaces, () => AreBars(path)), false);
    }

    /// <summary>Whether the first lines have as many bars each.</summary>
    private static bool AreBars(string path)
    {
        using var reader = Open(path);
        var counts = new HashSet<int>();
        for (var i = 0; i < LinesWithBars && reader.ReadLine() is { } line; i++)
        {
            counts.Add(line.Count(c => c == '|'));
        }

        return counts.Count == 1;
    }

    /// <summary>Python code that reads quotes as letters, and writes them as they are read here.</summary>
    private static string Requoted(string path) =>
        "import pandas as pd; "
        + $"d = pd.read_csv({ForeignFormats.Quoted(path)}, sep={SeparatorOf(path)}, quoting=3, dtype=str, keep_default_na=False); "
        + $"d.to_csv({ForeignFormats.Quoted(path, ".quoted.csv")}, index=False)";

    private static string SeparatorOf(string path) =>
        Of(path, bySpaces: true).Separator switch
        {
            "\t" => "'\\t'",
            var separator => $"'{separator}'",
        };

    private static string Likeliest(string found, string start, bool bySpaces, Func<bool> areBars) =>
        found.Contains('\t') ? "\t"
        : found.Contains(';') ? ";"
        : bySpaces && found.Contains('|') && !found.Contains(',') && areBars() ? "|"
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

    /// <summary>Opens a text in UTF-8 or UTF-16; gzip or plain.</summary>
    /// <exception cref="MachineException">It cannot be opened.</exception>
    public static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(
                GzipText.Open(path),
                TextEncoding.Of(path),
                detectEncodingFromByteOrderMarks: true,
                bufferSize: 1 << 16
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    /// <summary>Whether faulty texts or files cause such an error.</summary>
    public static bool IsKnown(Exception error) =>
        error is CsvHelperException or DecoderFallbackException or InvalidDataException or IOException or UnauthorizedAccessException;

    /// <summary>Turns such an error into a message for the user.</summary>
    public static RoteException Sentence(Exception error, string path, string place) =>
        error switch
        {
            MaxFieldSizeException => new InputException(
                $"{path}: {place} begins a field of more than {LongestField:N0} characters; is a quote not closed, or a text "
                    + "longer than is read?",
                error
            ),
            CsvHelperException => new InputException(
                $"{path}: {place} is damaged: a quote stands inside a field that does not begin with one, or is not closed. "
                    + $"If quotes are letters like others, in Python: {Requoted(path)}.",
                error
            ),
            InvalidDataException => new InputException(
                $"{path} is no sound gzip file ({error.Message.Split('\n')[0].TrimEnd('.')}), expected a whole one.",
                error
            ),
            DecoderFallbackException => new InputException(
                $"{path} is not UTF-8 ({TextEncoding.PlaceOfFault(path) ?? place}); {TextEncoding.Advice(path, "cp1252")}.",
                error
            ),
            _ => new MachineException($"{path} cannot be read ({error.Message.Split('\n')[0]}).", error),
        };
}
