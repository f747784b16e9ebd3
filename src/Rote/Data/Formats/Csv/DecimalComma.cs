using System.Globalization;
using System.Text.RegularExpressions;

namespace Rote.Data.Formats.Csv;

/// <summary>Reads numbers as most of Europe writes them: with a comma before the fraction, maybe with points between thousands.</summary>
internal static partial class DecimalComma
{
    /// <summary>Reads a number with a decimal comma.</summary>
    /// <param name="text">The text, as "-0,5" or "1.234,56".</param>
    /// <param name="value">The number.</param>
    /// <returns>False if it is no such number; so is one without a comma.</returns>
    public static bool TryRead(string text, out double value)
    {
        value = double.NaN;
        return text.Contains(',')
            && Form().IsMatch(text)
            && double.TryParse(
                text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.'),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out value
            );
    }

    [GeneratedRegex(
        @"^[+\-]?(\d*|\d{1,3}(\.\d{3})+),\d+([eE][+\-]?\d+)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Form();
}
