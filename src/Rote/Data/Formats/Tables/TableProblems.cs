namespace Rote.Data.Formats.Tables;

/// <summary>What is wrong with a table's fields, gathered over a whole file, so that all of it can be mended at once.</summary>
/// <param name="path">The file.</param>
internal sealed class TableProblems(string path)
{
    private const int Shown = 5;

    private static readonly string[] NoLabels = ["", "na", "n/a", "nan", "null", "?"];

    /// <summary>What stands for nothing among numbers, and can be a value where names stand.</summary>
    private static readonly string[] NoNumbers = ["none", "-", "missing"];

    private static readonly string[] Infinities = ["inf", "+inf", "-inf"];

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private (string Place, string Column, string Value)? _firstMissing;
    private long _missing;

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool None => _texts.Count == 0 && _missing == 0;

    /// <summary>Notes a feature that is no number.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="value">What stands there.</param>
    /// <param name="place">Where, in words.</param>
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

    /// <summary>Refuses the file if something is wrong.</summary>
    /// <exception cref="InputException">Something is.</exception>
    public void Require()
    {
        if (_texts.Count > 0)
        {
            var list =
                string.Join("; ", _texts.Take(Shown).Select(t => $"{t.Key} ({t.Value})"))
                + (_texts.Count > Shown ? $"; and {_texts.Count - Shown} more" : "");
            throw new InputException(
                $"{path} has {(_texts.Count == 1 ? "a column whose values are" : $"{_texts.Count} columns whose values are")} not all "
                    + $"numbers: {list}; "
                    + $"write numbers with a decimal point, read them as categories ({Setting.Categorical} {_texts.First().Key}), "
                    + $"leave them out ({Setting.Ignore} {_texts.First().Key}), or say with {Setting.LabelColumn} which one holds "
                    + $"the labels."
            );
        }

        if (_firstMissing is { } first)
        {
            throw new InputException(
                $"{path} has {(_missing == 1 ? "a value that is" : $"{_missing:N0} values that are")} missing or not finite, the first "
                    + $"in {first.Place}, column {first.Column} (\"{Short(first.Value)}\"); fill them in, or remove such rows."
            );
        }
    }

    /// <summary>The beginning of a value, without control characters.</summary>
    public static string Short(string value) => new([.. value.Take(40).Select(c => char.IsControl(c) ? '\uFFFD' : c)]);

    /// <summary>Whether a text in the place of a label stands for none. Not <c>none</c>, <c>-</c> or <c>missing</c>, which can be the name
    /// of a class.</summary>
    public static bool IsNoLabel(string text) => NoLabels.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text in the place of a number stands for none.</summary>
    public static bool IsNoNumber(string text) => IsNoLabel(text) || NoNumbers.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text stands for nothing, or for what is not finite.</summary>
    private static bool IsMissing(string value) => IsNoNumber(value) || Infinities.Contains(value, StringComparer.OrdinalIgnoreCase);
}
