using System.Globalization;
using System.Text;

using CsvHelper;
using CsvHelper.Configuration;

using Rote.Data.Formats.Numpy;
using Rote.Data.Formats.Parquet;

namespace Rote.Data.Formats.Csv;

/// <summary>A file of separated values, one record after the other.</summary>
/// <remarks>RFC 4180, and also semicolons or tabs between fields, LF alone between records, UTF-8 with or without a byte order mark (UTF-16 with one).</remarks>
internal sealed class CsvFile : IDisposable
{
    /// <summary>Names that a column of labels has where the user does not say one, the likeliest first.</summary>
    public static readonly string[] LabelNames = ["label", "class", "target", "y"];

    /// <summary>A field with more characters is none of a table: a quote was not closed.</summary>
    private const int LongestField = 65_536;

    private readonly RecordLimit _text;
    private readonly CsvParser _parser;
    private string[] _record = [];
    private bool _isGivenOut = true; // false where the first record is no header and comes again

    private CsvFile(string path, string? labelColumn)
    {
        Path = path;
        var separator = SeparatorOf(path);
        _text = new RecordLimit(Open(path), path);
        _parser = new CsvParser(_text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = separator, MaxFieldSize = LongestField, TrimOptions = TrimOptions.Trim });
        if (!Parse())
        {
            throw new InputException($"{path} is empty, expected a table with a row an example.");
        }

        HasHeader = IsHeader(_record, labelColumn);
        _isGivenOut = HasHeader;
        Columns = HasHeader ? _record : [.. Enumerable.Range(1, _record.Length).Select(i => $"column {i}")];
        RequireColumns();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether the first record holds the columns' names.</summary>
    public bool HasHeader { get; }

    /// <summary>The columns' names, at least one; "column 1", "column 2", … without a header.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The current record's row, from 0; the header is none.</summary>
    public long Row { get; private set; } = -1;

    /// <summary>Where the current record is, in words, as "row 17 (line 19)"; lines count from 1.</summary>
    public string Place => $"row {Row} (line {_parser.RawRow})";

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labelColumn">What the user says of the column of labels; a first record that has it is a header.</param>
    /// <exception cref="InputException">It is empty or no such text, or its columns have no names or the same.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static CsvFile Read(string path, string? labelColumn) => new(path, labelColumn);

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InputException">It has more or fewer fields than there are columns, or cannot be read.</exception>
    public bool Next()
    {
        if (_isGivenOut && !Parse())
        {
            return false;
        }

        _isGivenOut = true;
        Row++;
        return _record.Length == Columns.Count
            ? true
            : throw new InputException($"{Path}: {Place} has {_record.Length} {(_record.Length == 1 ? "field" : "fields")}, expected {Columns.Count} as the first line has.");
    }

    /// <summary>A field of the current record, without space at its ends.</summary>
    public string this[int column] => _record[column];

    /// <inheritdoc/>
    public void Dispose()
    {
        _parser.Dispose();
        _text.Dispose();
    }

    /// <summary>A tab if the first line has one outside of quotes; else a semicolon, which stands where the comma is the decimal sign; else a comma.</summary>
    private static string SeparatorOf(string path)
    {
        using var reader = Open(path);
        var (quoted, semicolon) = (false, false);
        for (var i = 0; i < RecordLimit.MostCharacters; i++)
        {
            switch (Character(reader, path))
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '\t' when !quoted:
                    return "\t";
                case ';' when !quoted:
                    semicolon = true;
                    break;
                case -1:
                case '\n' when !quoted && i > 0:
                    return semicolon ? ";" : ",";
            }
        }

        return semicolon ? ";" : ",";
    }

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

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read ({e.Message.Split('\n')[0]}); check its permissions.", e);
        }
    }

    /// <summary>A record of names has no numbers in it; or it has one of the names that labels go by, as where a program called its columns 0, 1, 2, … and label.</summary>
    private static bool IsHeader(string[] first, string? labelColumn) =>
        first.Any(f => (f == labelColumn && (!IsNumber(f) || IsCount(first))) || LabelNames.Contains(f, StringComparer.OrdinalIgnoreCase))
        || (first.Length > 1 && !first.Any(IsNumber));

    /// <summary>0, 1, 2, … or 1, 2, 3, …: the names that programs give to columns without one. Any other number that the column of labels goes by is its place, and the record may be an example.</summary>
    private static bool IsCount(string[] record) => Enumerable.Range(0, 2).Any(from => record.Select((text, i) => text == (from + i).ToString(CultureInfo.InvariantCulture)).All(isIt => isIt));

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private void RequireColumns()
    {
        if (Columns.Count > ArrayVectors.MostFeatures + 1)
        {
            throw new InputException($"{Path} has {Columns.Count} columns, expected at most {ArrayVectors.MostFeatures + 1}.");
        }

        var nameless = Enumerable.Range(0, Columns.Count).FirstOrDefault(i => Columns[i].Length == 0, -1);
        if (nameless >= 0)
        {
            throw new InputException($"{Path}: column {nameless + 1} has no name; name it, or leave it out (pandas writes row numbers into such a column: index=False).");
        }

        if (Columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InputException($"{Path} has {twice.Count()} columns called \"{twice.Key}\", expected one; rename or remove the others.");
        }
    }

    private bool Parse()
    {
        try
        {
            if (!_parser.Read())
            {
                return false;
            }

            _text.Reset();
            _record = _parser.Record!; // here, because the parser looks at a field only when it is asked for
            return true;
        }
        catch (Exception error) when (IsKnown(error))
        {
            throw Sentence(error, Path, $"line {_parser.RawRow}");
        }
    }

    private static bool IsKnown(Exception error) => error is CsvHelperException or DecoderFallbackException or IOException or UnauthorizedAccessException;

    private static RoteException Sentence(Exception error, string path, string place) => error switch
    {
        MaxFieldSizeException => new InputException($"{path}: {place} begins a field of more than {LongestField:N0} characters; is a quote not closed?", error),
        CsvHelperException => new InputException($"{path}: {place} is damaged: a quote stands inside a field that does not begin with one, or is not closed.", error),
        DecoderFallbackException => new InputException($"{path} is not UTF-8 ({place}); save it as UTF-8.", error),
        _ => new MachineException($"{path} cannot be read ({error.Message.Split('\n')[0]}).", error),
    };
}
