using System.Globalization;
using System.Text;
using Rote.Data.Labels;

namespace Rote.Data.Texts;

/// <summary>Splits texts into words, and recognizes equal texts.</summary>
internal static class TextWords
{
    /// <summary>The words of a text: runs of letters, digits and marks in lower case and in Unicode's normal form C.</summary>
    /// <param name="text">The text.</param>
    /// <returns>In their order. In scripts without space between words, each character is a word; pairs of neighbours then carry the
    /// meaning.</returns>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in NormalForm.Of(text).EnumerateRunes())
        {
            var isAlone = IsUnspaced(rune.Value);
            if ((isAlone || !IsPart(rune)) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            if (isAlone)
            {
                yield return rune.ToString();
            }
            else if (IsPart(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    /// <summary>A key that is equal for texts that differ only in upper and lower case, in space and in Unicode's form.</summary>
    /// <param name="text">The text.</param>
    /// <returns>In lower case and normal form C, with a single space wherever there was space, and none at the ends.</returns>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var character in NormalForm.Of(text).ToLowerInvariant())
        {
            var isSpace = char.IsWhiteSpace(character) || char.IsControl(character) || character is '\uFEFF' or '\u200B';
            if (!isSpace)
            {
                key.Append(character);
            }
            else if (key.Length > 0 && key[^1] != ' ')
            {
                key.Append(' ');
            }
        }

        return key.ToString().TrimEnd();
    }

    private static bool IsPart(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Thai, Lao, Myanmar and Khmer (not Tibetan), kana and ideographs.</summary>
    private static bool IsUnspaced(int rune) =>
        rune
            is (>= 0x0E01 and <= 0x0EFF)
                or (>= 0x1000 and <= 0x109F)
                or (>= 0x1780 and <= 0x17FF)
                or (>= 0x3041 and <= 0x30FF)
                or (>= 0x3400 and <= 0x9FFF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF);
}
