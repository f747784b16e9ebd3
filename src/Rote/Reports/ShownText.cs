using System.Text;
using Rote.Data;

namespace Rote.Reports;

/// <summary>Shows a text of the user's data on a page or a terminal: one line of limited length.</summary>
internal static class ShownText
{
    /// <summary>The characters that a table shows.</summary>
    private const int Shown = 160;

    /// <summary>The characters that a page keeps to show on request; the files of the audit have the whole text.</summary>
    private const int Kept = 2000;

    /// <summary>The characters of a name in a table.</summary>
    private const int LongestName = 60;

    /// <summary>Returns the beginning for a page, with more of the text in the title.</summary>
    /// <param name="text">As it was read.</param>
    /// <returns>Markup; a text without a visible character is shown as empty.</returns>
    public static Html Of(string text)
    {
        var line = Line(text, Kept);
        return line.Length == 0
            ? Html.Of($"<span class=\"text missing\">empty text</span>")
            : Html.Of($"<span class=\"text\" dir=\"auto\" title=\"{line}\">{Line(text, Shown)}</span>");
    }

    /// <summary>What an example is called in a table.</summary>
    /// <param name="own">What the user calls it; null: its file and row.</param>
    /// <param name="row">Its file and row.</param>
    /// <returns>The beginning of the user's name, or the end of a path, which tells more than its beginning.</returns>
    public static string Name(string? own, RowIdentity row) =>
        own is null ? Shortened.Ending(row.Name, LongestName - 1) : Line(own, LongestName);

    /// <summary>Returns the beginning of a text, with every run of white space as one space.</summary>
    /// <param name="text">As it was read.</param>
    /// <param name="most">Characters at most, at least 1.</param>
    /// <returns>At most <paramref name="most"/> characters; an ellipsis stands for what is cut off.</returns>
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
                var whole = line.ToString();
                return $"{(most == 1 ? "" : whole[..Shortened.LengthOfBeginning(whole, most - 1)]).TrimEnd()}…";
            }
        }

        return line.ToString().TrimEnd();
    }
}
