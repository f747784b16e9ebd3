namespace Rote.Audits.Checks;

/// <summary>Pictures that are much longer than wide, or wider than long, where the others are not.</summary>
internal sealed class OddShapes : IDataCheck
{
    // CleanVision's: the shorter side over the longer one.
    private const double Limit = 0.35;
    private const double LeastScale = 0.05;

    public string Name => "odd-shapes";

    public string Title => "Pictures of another shape";

    public CheckFinding? Look(CheckInput input, CancellationToken cancel)
    {
        if (input.Examples.Rows.Sizes is not { Count: >= Tail.Fewest } sizes)
        {
            return null;
        }

        double[] ratios = [.. sizes.Select(size => Math.Log((double)size.Width / size.Height))];
        var (low, high) = (Tail.Lower(ratios, LeastScale), Tail.Upper(ratios, LeastScale));
        int[] found =
        [
            .. Enumerable
                .Range(0, ratios.Length)
                .Where(i => (ratios[i] < low || ratios[i] > high) && Math.Abs(ratios[i]) > -Math.Log(Limit))
                .OrderByDescending(i => Math.Abs(ratios[i]))
                .ThenBy(i => i),
        ];
        return found.Length == 0
            ? null
            : new CheckFinding(
                Name,
                Title,
                $"{CheckWords.Pictures(found.Length, "is", "are")} long and narrow, unlike the others: one side is more than "
                    + $"{1 / Limit:0.0} times the other.",
                found
            );
    }
}
