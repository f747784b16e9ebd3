namespace Rote.Data.Labels;

/// <summary>Labels as they are read, one text per example; each distinct text is kept once.</summary>
internal sealed class LabelTexts
{
    /// <summary>A class's name is shown in tables and pages; a longer text is no name.</summary>
    public const int Longest = 200;

    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _texts = [];
    private readonly List<int> _rows = [];

    public LabelTexts() => _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Number of labels.</summary>
    public int Count => _rows.Count;

    /// <summary>The distinct texts, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Distinct => _texts;

    /// <summary>The label of a row; null if it has none.</summary>
    public string? Of(long row) => row < _rows.Count ? _texts[_rows[(int)row]] : null;

    /// <summary>Adds a label.</summary>
    /// <param name="text">As it was read; space at its ends is dropped.</param>
    /// <returns>False if it is longer than <see cref="Longest"/>.</returns>
    public bool Add(ReadOnlySpan<char> text)
    {
        text = Trimmed(text);
        text = NormalForm.MayChange(text) ? NormalForm.Of(text.ToString()) : text;
        if (text.Length > Longest)
        {
            return false;
        }

        if (!_lookup.TryGetValue(text, out var code))
        {
            code = _texts.Count;
            _texts.Add(text.ToString());
            _codes.Add(_texts[code], code);
        }

        _rows.Add(code);
        return true;
    }

    /// <summary>A name in the form in which labels are kept: without space at its ends, in Unicode's normal form C.</summary>
    public static string Clean(string name) => NormalForm.Of(Trimmed(name).ToString());

    private static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> text) => text.Trim().Trim('\uFEFF').Trim('\u200B').Trim();

    /// <summary>Labels that differ only in upper and lower case, in a sentence; null if there are none.</summary>
    public string? TwinsByCase() =>
        _texts.GroupBy(t => t, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twins
            ? $"Labels differ only in upper and lower case and are classes of their own: "
                + $"{string.Join(", ", twins.Order(StringComparer.Ordinal))}."
            : null;

    /// <summary>The class number of every label.</summary>
    /// <param name="classes">From <see cref="ClassList.Of"/>, of these labels or of the training examples'.</param>
    /// <param name="name">Where the labels come from, for the message.</param>
    /// <returns>[N] numbers.</returns>
    /// <exception cref="InputException">A label is none of the classes.</exception>
    public long[] Numbers(ClassList classes, string name)
    {
        var numbers = _texts.Select(text => classes.NumberOf(text) ?? -1L).ToArray();
        var stranger = Array.IndexOf(numbers, -1L);
        return stranger < 0
            ? [.. _rows.Select(code => numbers[code])]
            : throw new InputException(
                $"{name}: the label of row {_rows.IndexOf(stranger)} is \"{_texts[stranger]}\", which the training examples lack; "
                    + $"expected classes that can be learned."
            );
    }
}
