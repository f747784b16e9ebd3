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
        text = IsClean(text) ? text : Cleaned(text.ToString());
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

    /// <summary>A name in the form in which labels are kept: without space and invisible characters at its ends, with one plain space for
    /// any space within, in Unicode's normal form C. Names that nobody can tell apart are one name.</summary>
    public static string Clean(string name) => Cleaned(Trimmed(name).ToString());

    private static string Cleaned(string text)
    {
        text = NormalForm.Of(text);
        // Split without separators is at any of Unicode's spaces.
        return HasOneSpaces(text) ? text : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsClean(ReadOnlySpan<char> text) => !NormalForm.MayChange(text) && HasOneSpaces(text);

    /// <summary>Whether all space within a text is single plain spaces.</summary>
    private static bool HasOneSpaces(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) && (text[i] != ' ' || i == 0 || text[i - 1] == ' '))
            {
                return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && IsUnseen(text[0]))
        {
            text = text[1..];
        }

        while (text.Length > 0 && IsUnseen(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    /// <summary>Space, and characters that show nothing at the end of a text: soft hyphens, joiners, marks of direction, byte order
    /// marks. Within a text they may matter, as joiners do in emoji and in Persian.</summary>
    private static bool IsUnseen(char c) =>
        char.IsWhiteSpace(c)
        || c is '\0' or '\u00AD' or '\u061C' or '\u180E' or '\uFEFF'
        || c is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F');

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
