namespace Rote.Audits.Checks;

/// <summary>Pictures that are much smaller or larger in their files than the others.</summary>
internal sealed class OddSizes : IDataCheck
{
    /// <summary>Where so many pictures have one size, every other size is odd.</summary>
    private const double Common = 0.99;

    /// <summary>The side of a square of the same area must differ by this factor from the median at least.</summary>
    private const double LeastFactor = 2;

    private const double LeastScale = 0.05;

    public string Name => "odd-sizes";

    public string Title => "Pictures of another size";

    public CheckFinding? Look(CheckInput input, CancellationToken cancel)
    {
        if (input.Examples.Rows.Sizes is not { Count: >= Tail.Fewest } sizes)
        {
            return null;
        }

        var common = sizes.CountBy(size => size).MaxBy(size => size.Value);
        if (common.Value < sizes.Count && common.Value >= Common * sizes.Count)
        {
            int[] others = [.. Enumerable.Range(0, sizes.Count).Where(i => sizes[i] != common.Key)];
            input.Named.UnionWith(others);
            return new CheckFinding(
                Name,
                Title,
                $"{CheckWords.Pictures(others.Length, "has", "have")} another size than the others, which are all {common.Key.Width}×"
                    + $"{common.Key.Height} pixels.",
                others
            );
        }

        double[] sides = [.. sizes.Select(size => 0.5 * Math.Log((double)size.Height * size.Width))];
        var median = sides.Order().ElementAt(sides.Length / 2);
        var low = Math.Min(median - Math.Log(LeastFactor), Tail.Lower(sides, LeastScale));
        var high = Math.Max(median + Math.Log(LeastFactor), Tail.Upper(sides, LeastScale));
        int[] found =
        [
            .. Enumerable
                .Range(0, sides.Length)
                .Where(i => sides[i] < low || sides[i] > high)
                .OrderByDescending(i => Math.Abs(sides[i] - median))
                .ThenBy(i => i),
        ];
        input.Named.UnionWith(found);
        return found.Length == 0
            ? null
            : new CheckFinding(
                Name,
                Title,
                $"{CheckWords.Pictures(found.Length, "is", "are")} much smaller or larger than the others: as squares of the same area "
                    + $"they have sides below {Math.Exp(low):N0} or above {Math.Exp(high):N0} pixels, and half of the data has less than "
                    + $"{Math.Exp(median):N0}.",
                found
            );
    }
}
