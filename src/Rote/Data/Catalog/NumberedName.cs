using System.Globalization;

namespace Rote.Data.Catalog;

/// <summary>Names of generated sets that end in a number, as <c>modular-addition-97</c>.</summary>
internal static class NumberedName
{
    /// <summary>Reads the number.</summary>
    /// <param name="name">What the user typed.</param>
    /// <param name="set">The set's name, without hyphen and number.</param>
    /// <param name="what">What the number is of the set, as "modulus".</param>
    /// <param name="least">The smallest number.</param>
    /// <param name="most">The largest.</param>
    /// <returns>Null for another name.</returns>
    /// <exception cref="InputException">The number is out of range, or begins with a zero.</exception>
    public static int? Read(string name, string set, string what, int least, int most)
    {
        if (!name.StartsWith($"{set}-", StringComparison.Ordinal))
        {
            return null;
        }

        var digits = name[(set.Length + 1)..];
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
        {
            return null;
        }

        return digits[0] != '0' && int.TryParse(digits, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InputException($"The {what} of {set} is {Shortened.Beginning(digits, 20)}, expected {least} to {most}.");
    }
}
