using System.Globalization;

namespace Rote.Data.Labels;

/// <summary>Finds labels that may be one class in several spellings: <c>Yes</c> and <c>yes</c>, <c>007</c> and <c>7</c>, <c>1</c> and
/// <c>true</c>, <c>non-spam</c> and <c>non spam</c>. They are said and nothing is joined, because only the owner of the data
/// knows.</summary>
internal static class LabelSpellings
{
    private const int Shown = 5;

    /// <summary>Words for the two values of a bool; a pair counts where labels hold words of both spellings.</summary>
    private static readonly string[][] Truths =
    [
        ["0", "false", "f", "no", "n"],
        ["1", "true", "t", "yes", "y"],
    ];

    /// <summary>What is to be said of labels.</summary>
    /// <param name="texts">The different labels as they were written, in any order.</param>
    /// <returns>Sentences; none where nothing is odd.</returns>
    public static IEnumerable<string> In(IReadOnlyList<string> texts)
    {
        if (texts.All(text => Number(text) is not null))
        {
            if (Groups(texts, Numeral).Where(group => group.Any(IsPadded)).ToArray() is { Length: > 0 } codes)
            {
                yield return $"Labels that are one number are one class: {List(codes)}. If they are codes, write all of them with as many "
                    + "digits.";
            }

            yield break;
        }

        if (Groups(texts, text => text.ToUpperInvariant()).FirstOrDefault() is { } twins)
        {
            yield return $"Labels differ only in upper and lower case and are classes of their own: {string.Join(", ", twins)}.";
        }

        string[][] others =
        [
            .. Groups(texts, Numeral),
            .. Groups(texts, Words).Where(group => Groups(group, text => text.ToUpperInvariant()).Length == 0),
            .. AreTruths(texts) ? Truths.Select(words => Those(texts, words)).Where(group => !AreOneInCase(group)) : [],
        ];
        if (others.Length > 0)
        {
            yield return $"Labels may be the same in other words and are classes of their own: {List(others)}. If so, write them alike.";
        }
    }

    /// <summary>Groups of labels with one key, in ordinal order; labels without a key are in none.</summary>
    private static string[][] Groups(IEnumerable<string> texts, Func<string, string?> key) =>
        [
            .. texts
                .Select(text => (Text: text, Key: key(text)))
                .Where(pair => pair.Key is not null)
                .GroupBy(pair => pair.Key, pair => pair.Text, StringComparer.Ordinal)
                .Where(group => group.Count() > 1)
                .Select(group => group.Order(StringComparer.Ordinal).ToArray())
                .OrderBy(group => group[0], StringComparer.Ordinal),
        ];

    /// <summary>The value of a label that is a number.</summary>
    private static string? Numeral(string text) => Number(text) is { } value ? value.ToString("R", CultureInfo.InvariantCulture) : null;

    /// <summary>The label with one space for every hyphen and underscore; null for numbers, whose hyphen is a sign.</summary>
    private static string? Words(string text) =>
        text.Any(char.IsLetter) ? text.Replace('-', ' ').Replace('_', ' ').ToUpperInvariant().Trim() : null;

    /// <summary>Whether all labels are words for true and false, written in several ways.</summary>
    private static bool AreTruths(IReadOnlyList<string> texts) =>
        texts.Count is > 2 and <= 20 && texts.All(text => Truths.Any(words => words.Contains(text, StringComparer.OrdinalIgnoreCase)));

    private static string[] Those(IReadOnlyList<string> texts, string[] words) =>
        [.. texts.Where(text => words.Contains(text, StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    private static bool AreOneInCase(string[] group) => group.Distinct(StringComparer.OrdinalIgnoreCase).Count() < 2;

    private static bool IsPadded(string text) => text is ['0', >= '0' and <= '9', ..];

    private static double? Number(string text) =>
        text.Length <= 15
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : null;

    private static string List(string[][] groups) =>
        string.Join("; ", groups.Take(Shown).Select(group => string.Join(", ", group.Take(Shown))))
        + (groups.Length > Shown ? $" and {groups.Length - Shown} more" : "");
}
