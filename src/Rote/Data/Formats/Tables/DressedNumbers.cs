using System.Text.RegularExpressions;

namespace Rote.Data.Formats.Tables;

/// <summary>Counts texts that are numbers with something around them, the same in each: a unit (<c>12.5 kg</c>), a percent sign, a
/// currency, or marks between thousands (<c>1,234.50</c>, <c>1.234,50</c>, <c>1 234</c>). Codes with letters before their digits are
/// none.</summary>
internal sealed partial class DressedNumbers
{
    private string? _around;

    /// <summary>How many of the texts are such numbers.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a text.</summary>
    /// <param name="text">A value that is no number as it stands.</param>
    public void Add(string text)
    {
        if (text.Length is < 2 or > 40 || Form().Match(text.Trim()) is not { Success: true } match)
        {
            return;
        }

        var around = match.Groups["before"].Value + " " + match.Groups["after"].Value.Trim();
        _around ??= around;
        Count += around == _around ? 1 : 0;
    }

    [GeneratedRegex(
        @"^[+\-\u2212(]?(?<before>[\p{Sc}]?)\s?[+\-\u2212]?"
            + @"(\d{1,3}([ ,.'\u2019\u00A0\u202F]\d{3})+([.,]\d+)?|\d+([.,]\d+)?)\)?"
            + @"(?<after>\s?%|\s?\p{Sc}|\s?\u00B0?[CF]|\s\p{L}{1,6}(/\p{L}{1,3})?[\u00B2\u00B3]?|"
            + @"(kg|g|mg|km|m|cm|mm|ms|s|h|GB|MB|kB|px|k|K|M)?)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Form();
}
