using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rote.Data.Formats.Pictures;
using Rote.Data.Labels;
using Rote.Data.Texts;

namespace Rote.Data.Formats.Tables;

/// <summary>Counts over all rows what the values of one column are: numbers, dates, a few names, or texts.</summary>
/// <param name="name">The column's name.</param>
internal sealed class ColumnProfile(string name)
{
    /// <summary>The most distinct values that are counted; a column with more has no categories.</summary>
    private const int MostDistinct = 10_000;

    /// <summary>Characters of a value that are kept; see <see cref="Category"/>.</summary>
    private const int LongestValue = 200;

    /// <summary>The number of rows in which words are counted.</summary>
    private const int RowsOfWords = 1000;

    /// <summary>Free text has at least this many words on average.</summary>
    private const double FewestWords = 3;

    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);
    private bool _hasMore; // distinct values than are counted
    private long _words;
    private long _wordRows;
    private long _blank; // empty, or means missing in any column
    private long _none; // means missing in a column of numbers but can be a name
    private long _numbers;
    private long _dates;
    private long _otherDates; // in forms that are not read
    private long _pictures; // names of picture files
    private long _commas; // numbers with a decimal comma
    private readonly DressedNumbers _dressed = new();

    /// <summary>The column's name.</summary>
    public string Name => name;

    /// <summary>The number of rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>The first value that is neither a number nor missing, and its place; null if there is none.</summary>
    public (string Value, string Place)? FirstText { get; private set; }

    /// <summary>The number of rows with a value, for numbers or dates.</summary>
    public long Present => Rows - _blank - _none;

    /// <summary>The number of rows without a value, for numbers or dates.</summary>
    public long Missing => _blank + _none;

    /// <summary>The number of rows without a value, for names.</summary>
    public long Blank => _blank;

    /// <summary>Whether no row has a value.</summary>
    public bool IsEmpty => Rows == _blank;

    /// <summary>Whether all values are numbers.</summary>
    public bool AreNumbers => Present > 0 && _numbers == Present;

    /// <summary>Whether all values are dates.</summary>
    public bool AreDates => Present > 0 && _dates == Present;

    /// <summary>Whether nearly all values are names of picture files: the pictures are meant, and not their names.</summary>
    public bool ArePictures => Present > 0 && 10 * _pictures >= 9 * Present;

    /// <summary>Whether all values are dates or times, mostly distinct, and not all in a form that is read.</summary>
    public bool AreOtherDates => Present > 0 && _dates + _otherDates == Present && _otherDates > 0 && IsMostlyDistinct;

    /// <summary>Whether at least half of the values are numbers, or all with decimal commas allowed: then all should be. So they should
    /// if they would be left out as names and are numbers with something around them, as "12 %".</summary>
    public bool AreMeantAsNumbers =>
        Present > 0
        && (
            2 * _numbers >= Present
            || _numbers + _commas == Present
            || (IsMostlyDistinct && !AreDates && 2 * (_numbers + _dressed.Count) >= Present)
        );

    /// <summary>Whether the values are sentences or longer, and mostly distinct.</summary>
    public bool AreTexts => IsMostlyDistinct && _wordRows > 0 && _words >= FewestWords * _wordRows;

    /// <summary>Whether more than half of the values are distinct: they name their rows and say nothing about others.</summary>
    public bool IsMostlyDistinct => _hasMore || (_values.Count > 2 && 2L * _values.Count > Rows - _blank);

    /// <summary>The number of distinct values; null if there are too many to count.</summary>
    public int? Distinct => _hasMore ? null : _values.Count;

    /// <summary>Returns the most frequent values, in ordinal order.</summary>
    public IReadOnlyList<string> MostFrequent() =>
        [
            .. _values
                .OrderByDescending(v => v.Value)
                .ThenBy(v => v.Key, StringComparer.Ordinal)
                .Take(DataColumn.MostValues)
                .Select(v => v.Key)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Adds the value of the current record.</summary>
    /// <param name="file">The file, at the record.</param>
    /// <param name="column">Its column.</param>
    public void Add(TableRecords file, int column)
    {
        Rows++;
        var text = file[column];
        if (TableProblems.IsNoLabel(text))
        {
            _blank++;
            return;
        }

        AddValue(text);
        if (file.TryNumber(column, out _))
        {
            _numbers++;
        }
        else if (TableProblems.IsNoNumber(text))
        {
            _none++;
        }
        else
        {
            AddText(text, file);
        }
    }

    /// <summary>The name of the category that a value stands for: the cleaned text. A text of more than 200 characters is cut, which
    /// bounds the memory of a column, and carries its hash, so that texts with the same beginning stay apart.</summary>
    /// <param name="text">The value as it stands in the table.</param>
    public static string Category(string text)
    {
        var value = LabelTexts.Clean(text);
        if (value.Length <= LongestValue)
        {
            return value;
        }

        // Not cut between text elements: networks that were trained know the values by this form. Half a pair cannot be stored.
        var kept = char.IsHighSurrogate(value[LongestValue - 1]) ? LongestValue - 1 : LongestValue;
        return $"{value.AsSpan(0, kept)}… {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, 8))}";
    }

    private void AddText(string text, TableRecords file)
    {
        FirstText ??= (text, file.Place);
        if (_dates + _otherDates == Present - 1)
        {
            var isDate = DateParts.TryRead(text, out _);
            _dates += isDate ? 1 : 0;
            _otherDates += !isDate && DateParts.IsOther(text) ? 1 : 0;
        }

        _pictures += FolderListing.IsPicture(text) ? 1 : 0;
        _commas += IsWithComma(text) ? 1 : 0;
        _dressed.Add(text);
        if (_wordRows < RowsOfWords)
        {
            _wordRows++;
            _words += TextWords.Of(text).Take(100).Count();
        }
    }

    private void AddValue(string text)
    {
        if (_hasMore)
        {
            return;
        }

        var value = Category(text);
        _values[value] = _values.GetValueOrDefault(value) + 1;
        if (_values.Count > MostDistinct)
        {
            _hasMore = true;
            _values.Clear();
        }
    }

    private static bool IsWithComma(string text) =>
        text.Count(c => c == ',') == 1 && double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
