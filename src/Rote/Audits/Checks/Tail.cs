namespace Rote.Audits.Checks;

/// <summary>Where values of a data set stand apart from the rest of it.</summary>
/// <remarks>
/// The tail beyond the 5 % quantile is continued as an exponential one from the quantiles at 20 % and 5 %. One e-fold of it is
/// s = |q₂₀ − q₅| / ln 4, and beyond q₅ ∓ s·ln(0.05·N/α) there are α values in expectation. α is 0.05: of twenty sets with such a tail
/// one has one value beyond it; a lighter tail, as of a normal distribution, has fewer. Up to about 4 % of odd values do not hide each
/// other. Breiman, Stone and Kooperberg 1990 (Journal of Statistical Computation and Simulation 37) study this exponential tail.
/// </remarks>
public static class Tail
{
    /// <summary>Fewer values have no tail that could be continued.</summary>
    public const int Fewest = 100;

    /// <summary>Values beyond the limit that a set without odd ones has, in expectation.</summary>
    public const double FalseAlarms = 0.05;

    private const double Near = 0.2;
    private const double Far = 0.05;

    /// <summary>The limit below which values stand apart.</summary>
    /// <param name="values">The values; NaN are passed over.</param>
    /// <param name="leastScale">An e-fold at least: where nearly all values are equal, a hair's breadth would stand apart.</param>
    /// <returns>The limit; negative infinity where there are fewer than <see cref="Fewest"/> values.</returns>
    public static double Lower(IReadOnlyList<double> values, double leastScale)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length < Fewest)
        {
            return double.NegativeInfinity;
        }

        var far = sorted[(int)(Far * sorted.Length)];
        var scale = Math.Max(leastScale, (sorted[(int)(Near * sorted.Length)] - far) / Math.Log(Near / Far));
        return far - (scale * Math.Log(Far * sorted.Length / FalseAlarms));
    }

    /// <summary>The limit above which values stand apart.</summary>
    /// <param name="values">The values; NaN are passed over.</param>
    /// <param name="leastScale">As in <see cref="Lower"/>.</param>
    /// <returns>The limit; infinity where there are fewer than <see cref="Fewest"/> values.</returns>
    public static double Upper(IReadOnlyList<double> values, double leastScale) => -Lower([.. values.Select(value => -value)], leastScale);
}
