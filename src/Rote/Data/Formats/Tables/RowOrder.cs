using System.Globalization;

namespace Rote.Data.Formats.Tables;

/// <summary>Whether the values of a column only grow or only shrink from row to row while rows lie in groups of one label: numbers of
/// tickets, times and names of files then tell the label by the order of the file.</summary>
internal sealed class RowOrder
{
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private double _last = double.NaN;
    private string? _label;
    private bool _isRising = true;
    private bool _isFalling = true;
    private int _changes; // of the label from one row to the next
    private int _rows;

    /// <summary>Whether more rows could still matter.</summary>
    public bool IsOpen => _isRising || _isFalling;

    /// <summary>Whether the column tells the label by its place: the label changes less than half as often as it would in random
    /// order.</summary>
    public bool TellsLabel
    {
        get
        {
            var same = _labels.Values.Sum(count => (double)count * count) / Math.Max(1, (double)_rows * _rows);
            return IsOpen && _rows >= LabelTies.FewestRows && _labels.Count > 1 && _changes < 0.5 * (1 - same) * (_rows - 1);
        }
    }

    /// <summary>Adds the next row.</summary>
    /// <param name="text">The value as written: a number or a date, or else the column has no order.</param>
    /// <param name="label">The row's label; null if it has none.</param>
    public void Add(string text, string? label)
    {
        if (!IsOpen)
        {
            return;
        }

        if (
            label is null
            || !(
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || DateParts.TryRead(text, out value)
            )
        )
        {
            _isRising = _isFalling = false;
            return;
        }

        _isRising &= _rows == 0 || value > _last;
        _isFalling &= _rows == 0 || value < _last;
        _changes += _rows > 0 && label != _label ? 1 : 0;
        _labels[label] = _labels.GetValueOrDefault(label) + 1;
        (_last, _label) = (value, label);
        _rows++;
    }
}
