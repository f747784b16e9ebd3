using System.Globalization;
using System.Text.RegularExpressions;

namespace Rote.Data.Packing.Sources;

/// <summary>Checks the numbered files of one data set.</summary>
internal static partial class Shards
{
    private const int Named = 3;

    /// <summary>Throws if a file is missing that a total in a name, or the other numbers, imply.</summary>
    /// <param name="paths">The files that exist.</param>
    /// <exception cref="InputException">One is missing.</exception>
    public static void RequireAll(IReadOnlyList<string> paths)
    {
        foreach (var group in paths.Select(p => OfMany().Match(Path.GetFileName(p))).Where(m => m.Success).GroupBy(Pattern))
        {
            var total = Number(group.First().Groups["total"]);
            Require(group.Select(m => Number(m.Groups["number"])), 0, total - 1, group.First(), $"{total} files");
        }

        foreach (
            var group in paths
                .Select(p => Path.GetFileName(p))
                .Where(name => !OfMany().IsMatch(name))
                .Select(name => Numbered().Match(name))
                .Where(m => m.Success)
                .GroupBy(Pattern)
                .Where(g => g.Count() > 1)
        )
        {
            var numbers = group.Select(m => Number(m.Groups["number"])).ToArray();
            Require(numbers, Math.Min(1, numbers.Min()), numbers.Max(), group.First(), "numbers without a gap");
        }
    }

    private static void Require(IEnumerable<long> there, long first, long last, Match example, string expected)
    {
        var known = there.ToHashSet();
        var missing = new List<string>();
        var count = last - first + 1 - known.Count(n => n >= first && n <= last);
        for (var n = first; n <= last && missing.Count < Named && missing.Count < count; n++)
        {
            if (!known.Contains(n))
            {
                var digits = example.Groups["number"];
                missing.Add(
                    example.Value[..digits.Index]
                        + n.ToString($"D{digits.Length}", CultureInfo.InvariantCulture)
                        + example.Value[(digits.Index + digits.Length)..]
                );
            }
        }

        if (count > 0)
        {
            throw new InputException(
                $"{string.Join(", ", missing)}{(count > missing.Count ? $" and {count - missing.Count:N0} more" : "")} "
                    + $"{(count == 1 ? "is" : "are")} missing, and the names of the others speak of {expected}; fetch "
                    + $"{(count == 1 ? "it" : "them")}, or give a folder with the rest under other names."
            );
        }
    }

    private static long Number(Group digits) => long.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Pattern(Match match)
    {
        var digits = match.Groups["number"];
        return $"{match.Value[..digits.Index]}\0{match.Value[(digits.Index + digits.Length)..]}";
    }

    [GeneratedRegex(@"^.*?(?<number>[0-9]{1,9})-of-(?<total>[0-9]{1,9})\D*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfMany();

    [GeneratedRegex(@"^.*?(?<number>[0-9]{1,9})(\.\D*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbered();
}
