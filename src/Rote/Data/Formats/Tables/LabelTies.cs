using System.Globalization;

namespace Rote.Data.Formats.Tables;

/// <summary>How well a column tells the label, row by row: such a column was often made from the label, as a finer class, the labels of
/// another person or the answers of another network.</summary>
/// <remarks>
/// A row counts as told if the label is the most frequent one among the rows with its value, and another row has that value too. Its share
/// is compared with that of the most frequent label: 0 is no better than always naming it, 1 is right in all rows (Cohen's κ for a guess
/// that never varies). Columns of numbers that are not whole are not looked at: measurements may well tell the label.
/// </remarks>
internal sealed class LabelTies
{
    /// <summary>With fewer rows a column may tell the label by chance.</summary>
    public const int FewestRows = 20;

    /// <summary>A column that tells the label as well as this, or better, is worth a word.</summary>
    private const double Strong = 0.8;

    /// <summary>Names that are those of the classes and agree with the label as well as this are labels, too.</summary>
    private const double SameNames = 0.5;

    private const int MostValues = 1000;

    private const int RowsBetweenLooks = 200;

    private static readonly string[] YesAndNo = ["yes", "no", "y", "n", "true", "false", "t", "f", "on", "off"];

    private readonly Dictionary<string, Dictionary<string, int>> _labelsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private int _rows; // with a value and a label
    private int _same; // whose value is the label
    private bool _areNumbers = true;

    /// <summary>Whether more rows could still show that the column tells the label.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>The share of the rows whose label the column tells, if it tells it well; else null.</summary>
    public double? Told
    {
        get
        {
            // Of numbers with many values a few in a row belong to a class; only the same number for a class is another label.
            var isFew = !_areNumbers || _labelsOf.Count <= 2 * _labels.Count;
            return IsKnown && (Tie >= 1 || (isFew && Tie >= Strong)) ? (double)Agreeing / _rows : null;
        }
    }

    /// <summary>Whether the values are the names of the classes, and mostly that of the row's own.</summary>
    public bool HasNamesOfClasses =>
        IsKnown
        && !_areNumbers
        && 10L * _labelsOf.Where(v => _labels.ContainsKey(v.Key)).Sum(v => v.Value.Values.Sum()) >= 9L * _rows
        && !_labelsOf.Keys.All(v => YesAndNo.Contains(v, StringComparer.OrdinalIgnoreCase))
        && Above(_same) >= SameNames;

    private bool IsKnown => IsOpen && _rows >= FewestRows && _labels.Count > 1 && _labelsOf.Count > 1;

    private int Agreeing => _labelsOf.Values.Sum(labels => labels.Values.Max() is var most and > 1 ? most : 0);

    private double Tie => Above(Agreeing);

    /// <summary>Adds the next row.</summary>
    /// <param name="text">The value as written.</param>
    /// <param name="label">The row's label; null if it has none.</param>
    public void Add(string text, string? label)
    {
        if (!IsOpen || label is null || TableProblems.IsNoLabel(text))
        {
            return;
        }

        if (_areNumbers)
        {
            _areNumbers = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            if (_areNumbers && !double.IsInteger(number))
            {
                Close();
                return;
            }
        }

        _rows++;
        _same += text == label ? 1 : 0;
        _labels[label] = _labels.GetValueOrDefault(label) + 1;
        if (!_labelsOf.TryGetValue(text, out var labels))
        {
            _labelsOf.Add(text, labels = new Dictionary<string, int>(StringComparer.Ordinal));
        }

        labels[label] = labels.GetValueOrDefault(label) + 1;
        if (_labelsOf.Count > MostValues || (_rows % RowsBetweenLooks == 0 && _labels.Count > 1 && Tie < SameNames))
        {
            Close();
        }
    }

    /// <summary>How much better than the most frequent label a guess is that is right in so many rows.</summary>
    private double Above(int right)
    {
        var most = _labels.Values.Max();
        return most == _rows ? 0 : (double)(right - most) / (_rows - most);
    }

    private void Close()
    {
        IsOpen = false;
        _labelsOf.Clear();
        _labels.Clear();
    }
}
