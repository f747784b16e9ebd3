using System.Globalization;

namespace Rote.Foundation;

/// <summary>Long texts for showing, cut between text elements: neither half a surrogate pair nor a letter without its accent is left, nor
/// a part of an emoji that several characters make.</summary>
/// <remarks>Lengths are those of <see cref="string.Length"/>. A text element that is longer than the limit itself, as a letter with a
/// hundred accents is, is cut between its code points.</remarks>
public static class Shortened
{
    private const char Ellipsis = '…';

    /// <summary>The beginning of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters that are kept at most, at least 1.</param>
    /// <returns>The text itself where it is no longer; else what is kept and an ellipsis.</returns>
    public static string Beginning(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, LengthOfBeginning(text, most)), [Ellipsis]);

    /// <summary>The ending of a text: of a path it tells more than the beginning.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters that are kept at most, at least 1.</param>
    /// <returns>The text itself where it is no longer; else an ellipsis and what is kept.</returns>
    public static string Ending(string text, int most) =>
        text.Length <= most ? text : string.Concat([Ellipsis], text.AsSpan(text.Length - LengthOfEnding(text, most)));

    /// <summary>How many characters of a text's beginning can be kept.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters at most, at least 1.</param>
    /// <returns>At most <paramref name="most"/>; 0 only for an empty text, or where one code point is longer.</returns>
    public static int LengthOfBeginning(ReadOnlySpan<char> text, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (text.Length <= most)
        {
            return text.Length;
        }

        var kept = 0;
        for (int next; kept < most; kept += next)
        {
            next = StringInfo.GetNextTextElementLength(text[kept..]);
            if (kept + next > most)
            {
                return kept > 0 ? kept : WithoutHalf(text, most);
            }
        }

        return kept;
    }

    /// <summary>How many characters of a text's ending can be kept.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters at most, at least 1.</param>
    /// <returns>At most <paramref name="most"/>; 0 only for an empty text, or where one code point is longer.</returns>
    public static int LengthOfEnding(ReadOnlySpan<char> text, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var start = 0;
        while (text.Length - start > most)
        {
            start += StringInfo.GetNextTextElementLength(text[start..]);
        }

        if (start < text.Length || text.Length == 0)
        {
            return text.Length - start;
        }

        start = text.Length - most;
        return char.IsLowSurrogate(text[start]) ? most - 1 : most;
    }

    /// <summary>The same where a text element may be cut and a code point may not.</summary>
    private static int WithoutHalf(ReadOnlySpan<char> text, int most) => char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
}
