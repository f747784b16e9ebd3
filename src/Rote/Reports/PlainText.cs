using System.Text;

namespace Rote.Reports;

/// <summary>Makes text from data safe to show.</summary>
public static class PlainText
{
    /// <summary>Replaces every control character, U+FFFE, U+FFFF and every half of a surrogate pair by U+FFFD, and line breaks and tabs by
    /// spaces.</summary>
    /// <remarks>Otherwise an escape sequence in a class name would reach the terminal. SVG allows none of them.</remarks>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value is '\n' or '\r' or '\t' ? clean.Append(' ') : clean.Append(IsAllowed(rune) ? rune : Rune.ReplacementChar);
        }

        return clean.ToString();
    }

    /// <summary>https://www.w3.org/TR/xml/#charsets; the two are no control characters to .NET.</summary>
    private static bool IsAllowed(Rune rune) => !Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF);

    /// <summary>Does the same for a terminal, with plain spaces. A terminal copies a no-break space as it is, and a search for "53.4 %"
    /// would miss it.</summary>
    public static string ForTerminal(string text) => Clean(text).Replace('\u00A0', ' ');

    /// <summary>Breaks the text at spaces into lines of at most <paramref name="width"/> characters; a longer word gets its own
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
