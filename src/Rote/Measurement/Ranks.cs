namespace Rote.Measurement;

/// <summary>Ranks of values.</summary>
internal static class Ranks
{
    /// <summary>Ranks values from 1; equal values share the mean of their ranks. NaN is the lowest.</summary>
    /// <param name="values">[N].</param>
    /// <returns>[N] in [1, N].</returns>
    public static double[] Of(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (var start = 0; start < order.Length; )
        {
            var end = start;
            while (end < order.Length && values[order[end]].Equals(values[order[start]]))
            {
                end++;
            }

            for (var place = start; place < end; place++)
            {
                ranks[order[place]] = (start + 1 + end) / 2.0;
            }

            start = end;
        }

        return ranks;
    }

    /// <summary>Spearman's rank correlation; equal values share their mean rank.</summary>
    /// <param name="first">[N].</param>
    /// <param name="second">[N].</param>
    /// <returns>In [−1, 1]; NaN if all values of a side are equal.</returns>
    public static double Correlation(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (a, b) = (Centred(Of(first)), Centred(Of(second)));
        return Sum(a, b) / Math.Sqrt(Sum(a, a) * Sum(b, b));

        static double[] Centred(double[] ranks) => [.. ranks.Select(rank => rank - ((ranks.Length + 1) / 2.0))];

        static double Sum(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
    }

    /// <summary>The share of known values below a value; a tie counts half.</summary>
    /// <param name="sorted">The known values, ascending, without NaN; at least one.</param>
    /// <param name="value">The value.</param>
    /// <returns>In [0, 1].</returns>
    public static double Below(double[] sorted, double value) => Place(sorted, value) / sorted.Length;

    /// <summary>The same, but never 0 or 1, so that its log-odds are finite.</summary>
    /// <param name="sorted">The known values, ascending, without NaN; at least one.</param>
    /// <param name="value">The value.</param>
    /// <returns>In (0, 1).</returns>
    public static double Share(double[] sorted, double value) => (Place(sorted, value) + 0.5) / (sorted.Length + 1);

    private static double Place(double[] sorted, double value) =>
        (Bound(sorted, value, orEqual: false) + Bound(sorted, value, orEqual: true)) / 2.0;

    private static int Bound(double[] sorted, double value, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
