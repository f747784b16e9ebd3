namespace Rote.Measurement;

/// <summary>How sure a network would be of an example's label had it not been trained on it, estimated from examples that it was not
/// trained on.</summary>
/// <remarks>A second network, trained on neither, measures how hard each example is (difficulty calibration, Watson et al. 2022,
/// arXiv:2111.08440). An example's residual is the first network's confidence φ minus the usual one of equally hard examples. The examples
/// in question get the distribution of the unseen examples' residuals, rank by rank: the surest stays the surest.</remarks>
public static class UnseenConfidence
{
    /// <summary>Computes the target confidences.</summary>
    /// <param name="confidence">[F] φ of the network for the examples in question.</param>
    /// <param name="difficulty">[F] φ of the second network for them.</param>
    /// <param name="unseenConfidence">[U] φ of the network for unseen examples, never trained on; U ≥ 1.</param>
    /// <param name="unseenDifficulty">[U] φ of the second network for them.</param>
    /// <returns>[F] target φ.</returns>
    /// <exception cref="ArgumentException">There is no unseen example, or lengths differ.</exception>
    public static double[] Of(
        IReadOnlyList<double> confidence,
        IReadOnlyList<double> difficulty,
        IReadOnlyList<double> unseenConfidence,
        IReadOnlyList<double> unseenDifficulty
    )
    {
        if (unseenConfidence.Count == 0)
        {
            throw new ArgumentException("Expected at least one example that the network was never trained on.", nameof(unseenConfidence));
        }

        if (confidence.Count != difficulty.Count || unseenConfidence.Count != unseenDifficulty.Count)
        {
            throw new ArgumentException("Confidences and difficulties are of different numbers of examples.", nameof(difficulty));
        }

        int[] order = [.. Enumerable.Range(0, unseenDifficulty.Count).OrderBy(i => unseenDifficulty[i])];
        double[] hard = [.. order.Select(i => unseenDifficulty[i])];
        double[] sure = [.. order.Select(i => unseenConfidence[i])];
        double[] rests = [.. hard.Select((value, place) => sure[place] - Usual(hard, sure, value)).Order()];
        double[] own = [.. confidence.Select((value, i) => value - Usual(hard, sure, difficulty[i]))];
        var ranks = Ranks.Of(own); // from 1; ties share
        return [.. own.Select((_, i) => Usual(hard, sure, difficulty[i]) + Quantile(rests, (ranks[i] - 0.5) / own.Length))];
    }

    /// <summary>The usual φ of an equally hard example: its difficulty plus the mean of confidence minus difficulty over the √U (at least
    /// 5) unseen examples of nearest difficulty. It thus extends beyond the hardest of them, where wrong labels are.</summary>
    private static double Usual(double[] hard, double[] sure, double value)
    {
        var width = Math.Min(hard.Length, Math.Max(5, (int)Math.Sqrt(hard.Length)));
        var place = Array.BinarySearch(hard, value);
        place = place < 0 ? ~place : place;
        var start = Math.Clamp(place - (width / 2), 0, hard.Length - width);
        return value + Enumerable.Range(start, width).Average(i => sure[i] - hard[i]);
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = Math.Clamp((share * sorted.Length) - 0.5, 0, sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
