namespace Rote.Measurement;

/// <summary>How well a score ranks one kind of example before the others.</summary>
public static class RankQuality
{
    /// <summary>The probability that an example of the kind has a higher score than one that is not; a tie counts half.</summary>
    /// <param name="scores">[N] a high score suggests the kind.</param>
    /// <param name="isOfKind">[N].</param>
    /// <returns>The area under the ROC curve in [0, 1] with Hanley and McNeil's standard error (Radiology 143, 1982, equation 1); NaN if
    /// one side is empty.</returns>
    public static Estimate Auroc(IReadOnlyList<double> scores, IReadOnlyList<bool> isOfKind)
    {
        var ranks = Ranks.Of(scores);
        double positives = isOfKind.Count(kind => kind);
        var negatives = isOfKind.Count - positives;
        if (positives == 0 || negatives == 0)
        {
            return new Estimate(double.NaN, double.NaN, isOfKind.Count);
        }

        var sum = ranks.Where((_, i) => isOfKind[i]).Sum();
        var area = (sum - (positives * (positives + 1) / 2)) / (positives * negatives);
        var (q1, q2) = (area / (2 - area), 2 * area * area / (1 + area));
        var variance =
            ((area * (1 - area)) + ((positives - 1) * (q1 - (area * area))) + ((negatives - 1) * (q2 - (area * area))))
            / (positives * negatives);
        return new Estimate(area, Math.Sqrt(Math.Max(0, variance)), isOfKind.Count);
    }

    /// <summary>Average precision: the mean, over the examples of the kind, of the precision of the list that ends with it.</summary>
    /// <param name="scores">[N] a high score suggests the kind; of equal scores the earlier example comes first.</param>
    /// <param name="isOfKind">[N].</param>
    /// <returns>A number in [0, 1]; NaN if none is of the kind.</returns>
    public static double AveragePrecision(IReadOnlyList<double> scores, IReadOnlyList<bool> isOfKind)
    {
        var (found, sum, rank) = (0, 0.0, 0);
        foreach (var i in Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i]).ThenBy(i => i))
        {
            rank++;
            if (isOfKind[i])
            {
                found++;
                sum += (double)found / rank;
            }
        }

        return found == 0 ? double.NaN : sum / found;
    }
}
