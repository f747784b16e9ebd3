using System.Text;

namespace Rote.Reports;

/// <summary>A text of the user's data as a page and a terminal show it: one line, of bounded length.</summary>
internal static class ShownText
{
    /// <summary>Characters that a table shows.</summary>
    private const int Shown = 160;

    /// <summary>Characters that a page holds to be shown on request; the files of the audit have all of them.</summary>
    private const int Kept = 2000;

    /// <summary>For a page: the beginning, with more of it in the title.</summary>
    /// <param name="text">As it was read.</param>
    /// <returns>Markup; a text without a visible character is said to be empty.</returns>
    public static Html Of(string text)
    {
        var line = Line(text, Kept);
        return line.Length == 0
            ? Html.Of($"<span class=\"text missing\">empty text</span>")
            : Html.Of($"<span class=\"text\" dir=\"auto\" title=\"{line}\">{Line(text, Shown)}</span>");
    }

    /// <summary>The beginning of a text with one space where there was some.</summary>
    /// <param name="text">As it was read.</param>
    /// <param name="most">Characters at most, at least 1.</param>
    /// <returns>No longer than <paramref name="most"/>; a character that was cut off is an ellipsis.</returns>
    public static string Line(string text, int most)
    {
        var line = new StringBuilder(Math.Min(most, text.Length) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune))
            {
                line.Append(Rune.IsControl(rune) ? Rune.ReplacementChar : rune);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }

            if (line.Length > most)
            {
                var end = most - 1;
                return $"{line.ToString(0, char.IsHighSurrogate(line[end - 1 < 0 ? 0 : end - 1]) ? end - 1 : end).TrimEnd()}…";
            }
        }

        return line.ToString().TrimEnd();
    }
}
