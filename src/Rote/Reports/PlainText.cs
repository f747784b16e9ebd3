using System.Text;

namespace Rote.Reports;

/// <summary>Text from data made fit to be shown.</summary>
public static class PlainText
{
    /// <summary>The text with every control character and every half of a surrogate pair replaced by U+FFFD; line breaks and tabs become
    /// spaces.</summary>
    /// <remarks>An escape sequence in a class name would otherwise reach the terminal, and a control character is not allowed in
    /// SVG.</remarks>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value is '\n' or '\r' or '\t' ? clean.Append(' ') : clean.Append(Rune.IsControl(rune) ? Rune.ReplacementChar : rune);
        }

        return clean.ToString();
    }

    /// <summary>The same for a terminal, with plain spaces: a terminal copies a no-break space as it is, and a search for "53.4 %" would
    /// miss it.</summary>
    public static string ForTerminal(string text) => Clean(text).Replace('\u00A0', ' ');

    /// <summary>The text in lines of at most <paramref name="width"/> characters, broken at spaces; a longer word keeps its own
    /// line.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }
}
