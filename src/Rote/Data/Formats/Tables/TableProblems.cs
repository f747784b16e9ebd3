namespace Rote.Data.Formats.Tables;

/// <summary>Collects the faulty fields of a whole file, so that the user can correct them all at once.</summary>
/// <param name="path">The file.</param>
internal sealed class TableProblems(string path)
{
    private const int Shown = 5;

    private static readonly string[] NoLabels = ["", "na", "n/a", "nan", "null", "?"];

    /// <summary>Texts that mean a missing value in a column of numbers, but can be ordinary values in a column of names.</summary>
    private static readonly string[] NoNumbers = ["none", "-", "missing"];

    private static readonly string[] Infinities = ["inf", "+inf", "-inf"];

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private (string Place, string Column, string Value)? _firstMissing;
    private long _missing;

    /// <summary>True while no fault was noted.</summary>
    public bool None => _texts.Count == 0 && _missing == 0;

    /// <summary>Notes a feature that is not a number.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="value">The text of the field.</param>
    /// <param name="place">Its place in words.</param>
    public void Add(string column, string value, string place)
    {
        if (IsMissing(value))
        {
            AddMissing(column, value, place);
        }
        else if (!_texts.ContainsKey(column))
        {
            _texts.Add(column, $"\"{Short(value)}\" in {place}");
        }
    }

    /// <summary>Notes a field that is empty, or a number that is not finite.</summary>
    public void AddMissing(string column, string value, string place)
    {
        _missing++;
        _firstMissing ??= (place, column, value);
    }

    /// <summary>Throws if anything was noted.</summary>
    /// <exception cref="InputException">At least one field is faulty.</exception>
    public void Require()
    {
        if (_texts.Count > 0)
        {
            var first = TableColumns.Typed(_texts.First().Key);
            var list =
                string.Join("; ", _texts.Take(Shown).Select(t => $"{t.Key} ({t.Value})"))
                + (_texts.Count > Shown ? $"; and {_texts.Count - Shown} more" : "");
            throw new InputException(
                $"{path} has {(_texts.Count == 1 ? "a column whose values are" : $"{_texts.Count} columns whose values are")} not all "
                    + $"numbers: {list}; "
                    + $"write numbers with a decimal point and nothing around them, "
                    + $"read them as categories ({Setting.Categorical} {first}), "
                    + $"leave them out ({Setting.Ignore} {first}), or say with {Setting.LabelColumn} which one holds "
                    + $"the labels."
            );
        }

        if (_firstMissing is { } missing)
        {
            throw new InputException(
                $"{path} has {(_missing == 1 ? "a value that is" : $"{_missing:N0} values that are")} missing or not finite, the first "
                    + $"in {missing.Place}, column {missing.Column} (\"{Short(missing.Value)}\"); fill them in, or remove such rows."
            );
        }
    }

    /// <summary>Returns the beginning of a value, without control characters.</summary>
    public static string Short(string value) =>
        new([.. value[..Shortened.LengthOfBeginning(value, 40)].Select(c => char.IsControl(c) ? '\uFFFD' : c)]);

    /// <summary>Whether a text means a missing label. Not <c>none</c>, <c>-</c> or <c>missing</c>, which can be class names.</summary>
    public static bool IsNoLabel(string text) => NoLabels.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text means a missing number.</summary>
    public static bool IsNoNumber(string text) => IsNoLabel(text) || NoNumbers.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text means a missing or an infinite number.</summary>
    private static bool IsMissing(string value) => IsNoNumber(value) || Infinities.Contains(value, StringComparer.OrdinalIgnoreCase);
}
