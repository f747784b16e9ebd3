namespace Rote.Measurement;

/// <summary>How unequal numbers are.</summary>
internal static class Dispersion
{
    /// <summary>The Gini coefficient: half the mean difference of two numbers, over the mean.</summary>
    /// <param name="values">Numbers of at least 0, not all 0.</param>
    /// <returns>0 if all are equal, 1 − 1/n if all but one are 0.</returns>
    public static double Gini(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        var (total, weighted) = (sorted.Sum(), sorted.Select((value, i) => (i + 1) * value).Sum());
        return ((2 * weighted / total) - (sorted.Length + 1)) / sorted.Length;
    }

    /// <summary>The standard deviation of probabilities over examples, without what the finite number of trials adds.</summary>
    /// <param name="counts">Successes of each example.</param>
    /// <param name="trials">Trials of each, at least 2.</param>
    /// <returns>In [0, about 0.5]; 0 if the shares differ less than chance makes them.</returns>
    /// <remarks>Of a share p̂ of R trials the sampling variance p(1 − p)/R is estimated without bias by p̂(1 − p̂)/(R − 1).</remarks>
    public static double Spread(IReadOnlyList<int> counts, int trials)
    {
        var shares = counts.Select(count => (double)count / trials).ToArray();
        return Math.Sqrt(Math.Max(0, Variance(shares) - shares.Average(p => p * (1 - p) / (trials - 1))));
    }

    /// <summary>The variance of shares over that of binomial shares with one probability, the mean.</summary>
    /// <param name="counts">Successes of each example.</param>
    /// <param name="trials">Trials of each.</param>
    /// <returns>1 where all examples are equally hard.</returns>
    public static double OverBinomial(IReadOnlyList<int> counts, int trials)
    {
        var shares = counts.Select(count => (double)count / trials).ToArray();
        var mean = shares.Average();
        return Variance(shares) / (mean * (1 - mean) / trials);
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
