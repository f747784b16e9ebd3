using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Rote.Data.Formats.Parquet;
using Rote.Data.Formats.Tables;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Csv;

/// <summary>Reads a file of separated values, one record after the other.</summary>
/// <remarks>Accepts RFC 4180, and also semicolons or tabs between fields, LF alone between records, and UTF-8 with or without a byte order
/// mark (UTF-16 with one).</remarks>
internal sealed class CsvFile : TableRecords
{
    private readonly RecordLimit _text;
    private readonly CsvParser _parser;
    private readonly bool _dropsEmpty; // several spaces count as one separator
    private readonly bool _byTabs;
    private readonly CsvSample _sample;
    private string[] _record = [];
    private long _row = -1;
    private int _line; // of the current record, from 1
    private (string[] Record, int Line)? _waiting; // a record that was looked at ahead
    private bool _isGivenOut = true; // false where the first record is no header, so Next returns it again

    private CsvFile(string path, string? labelColumn, bool bySpaces)
    {
        Path = path;
        var (separator, isSaid) = CsvDialect.Of(path, bySpaces);
        (_dropsEmpty, _byTabs) = (separator == " ", separator == "\t");
        _sample = CsvSample.Read(path, separator);
        HasDecimalCommas = separator is ";" or "\t" && _sample.HasDecimalCommas;
        _text = new RecordLimit(CsvDialect.Open(path), path);
        _parser = new CsvParser(
            _text,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = separator,
                MaxFieldSize = CsvDialect.LongestField,
                TrimOptions = TrimOptions.Trim,
                WhiteSpaceChars = [_dropsEmpty ? '\t' : ' '],
            }
        );
        if ((isSaid && !Parse()) || !Parse())
        {
            throw new InputException($"{path} is empty, expected a table with a row an example.");
        }

        DropComment();
        RequireNoPairs();
        var first = _record;
        var isLone = bySpaces && first.Length == 1 && !IsHeader(first, labelColumn) && IsAboveNumber();
        HasHeader = isLone || IsHeader(first, labelColumn);
        _isGivenOut = HasHeader && !isLone;
        Nameless =
            HasHeader ? [.. Enumerable.Range(0, first.Length).Where(i => first[i].Length == 0)]
            : _record.Length > 1 && _record[^1].Length == 0 ? [_record.Length - 1]
            : [];
        Columns = HasHeader
            ? [.. first.Select((name, i) => name.Length > 0 ? name : $"Unnamed: {i}")]
            : [.. Enumerable.Range(1, _record.Length).Select(i => $"column {i}")];
        RequireColumns();
    }

    /// <inheritdoc/>
    public override string Path { get; }

    /// <summary>Whether numbers have a decimal comma, as Excel writes them in most of Europe. Only files with semicolons or tabs
    /// can.</summary>
    public override bool HasDecimalCommas { get; }

    /// <summary>Whether the first record is a header.</summary>
    public bool HasHeader { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <summary>Indices of the columns without a name in the header; they are called "Unnamed: 0", as in pandas. Without a header: the last
    /// column if its first cell is empty.</summary>
    public override IReadOnlyList<int> Nameless { get; }

    /// <summary>The current record's row, from 0; the header does not count.</summary>
    public override long Row => _row;

    /// <summary>The position of the current record, as "row 17 (line 19)"; lines count from 1.</summary>
    public override string Place => $"row {Row} (line {_line})";

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labelColumn">The label column that the user named; a first record that contains this name is a header.</param>
    /// <param name="bySpaces">Whether spaces separate the fields if the first line has no other separator.</param>
    /// <exception cref="InputException">It is empty or no such text, or two columns have the same name.</exception>
    /// <exception cref="MachineException">It cannot be read.</exception>
    public static CsvFile Read(string path, string? labelColumn, bool bySpaces = false) => new(path, labelColumn, bySpaces);

    /// <inheritdoc/>
    public override bool Next()
    {
        if (_isGivenOut && !Parse())
        {
            return false;
        }

        _isGivenOut = true;
        _row++;
        if (_record.Length == Columns.Count + 1 && _record[^1].Length == 0)
        {
            _record = _record[..^1]; // the line ends with a separator
        }

        if (_byTabs && _record.Length > Columns.Count)
        {
            _record = [.. _record.Where(f => f.Length > 0)]; // several tabs may align the columns and count as one
        }

        return _record.Length == Columns.Count
            ? true
            : throw new InputException(
                $"{Path}: {Place} has {_record.Length} {(_record.Length == 1 ? "field" : "fields")}, expected {Columns.Count} as the "
                    + $"first line has."
            );
    }

    /// <inheritdoc/>
    public override string this[int column] => _record[column];

    /// <inheritdoc/>
    public override bool TryNumber(int column, out double value) =>
        HasDecimalCommas && DecimalComma.TryRead(_record[column], out value) ? true : base.TryNumber(column, out value);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _parser.Dispose();
        _text.Dispose();
    }

    /// <summary>NumPy's savetxt writes a header as a comment.</summary>
    private void DropComment()
    {
        if (_record is [['#', ..], ..] && _record.Length > 1)
        {
            _record[0] = _record[0].TrimStart('#').Trim();
            _record = _record[0].Length == 0 ? _record[1..] : _record;
        }
    }

    /// <summary>Refuses libsvm's format, whose lines hold a label and then pairs of column number and value, and fastText's, whose lines
    /// are a marked label and a text.</summary>
    private void RequireNoPairs()
    {
        if (_record[0].StartsWith("__label__", StringComparison.Ordinal))
        {
            throw new InputException($"{Path} is in fastText's format, which is not read; {ForeignFormats.FastText(Path)}.");
        }

        if (
            _dropsEmpty
            && _record.Length > 1
            && _record.Skip(1).All(f => f.Split(':') is [var column, var value] && IsNumber(column) && IsNumber(value))
        )
        {
            throw new InputException(
                $"{Path} is in libsvm's format (label, then column:value), which is not read; {ForeignFormats.Libsvm(Path)}"
            );
        }
    }

    /// <summary>A record of names has no numbers in it, or it has one of the usual names of a label column, as when a program named its
    /// columns 0, 1, 2, … and label.</summary>
    private bool IsHeader(string[] first, string? labelColumn) =>
        first.Any(f =>
            (f == labelColumn && (!IsNumber(f) || IsCount(first))) || LabelNames.Default.Contains(f, StringComparer.OrdinalIgnoreCase)
        )
        || (first.Length > 1 && !first.Any(IsNumber) && !_sample.HasAgain(first))
        || (first.Count(IsNumber) > 2 && IsCount([.. first.Where(IsNumber)])); // pandas numbers columns so, maybe beside a name

    /// <summary>Whether the record counts 0, 1, 2, … or 1, 2, 3, …, the names that programs give to unnamed columns. Any other number that
    /// the user gives as the label column is its position, and the record may be an example.</summary>
    private static bool IsCount(string[] record) =>
        Enumerable
            .Range(0, 2)
            .Any(from => record.Select((text, i) => text == (from + i).ToString(CultureInfo.InvariantCulture)).All(isIt => isIt));

    private bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || (HasDecimalCommas && DecimalComma.TryRead(text, out _));

    /// <summary>Whether the first record is a text and the next a number: the name of a table's only column. Then the next is the current
    /// one; if not, it waits.</summary>
    private bool IsAboveNumber()
    {
        var (first, line) = (_record, _line);
        if (first[0].Length == 0 || IsNumber(first[0]) || !Parse())
        {
            _record = first;
            return false;
        }

        if (_record.Length == 1 && IsNumber(_record[0]))
        {
            return true;
        }

        _waiting = (_record, _line);
        (_record, _line) = (first, line);
        return false;
    }

    private bool Parse()
    {
        if (_waiting is var (record, line))
        {
            (_record, _line, _waiting) = (record, line, null);
            return true;
        }

        try
        {
            if (!_parser.Read())
            {
                return false;
            }

            _line = _parser.RawRow;
            _text.Reset();
            // here, because the parser checks a field only when it is asked for
            _record = !_dropsEmpty ? _parser.Record! : [.. _parser.Record!.Where(f => f.Length > 0)];
            return true;
        }
        catch (Exception error) when (CsvDialect.IsKnown(error))
        {
            throw CsvDialect.Sentence(error, Path, $"line {_parser.RawRow}");
        }
    }
}
