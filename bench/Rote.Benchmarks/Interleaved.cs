namespace Rote.Benchmarks;

/// <summary>Measures several things in turn, A B C A B C …, so that a machine that grows slower grows slower for all of them.</summary>
internal static class Interleaved
{
    /// <summary>Runs every measurement once unrecorded, then <paramref name="rounds"/> times in turn.</summary>
    /// <param name="rounds">At least 5 for a median worth quoting.</param>
    /// <param name="measurements">Each returns its figure.</param>
    /// <returns>The figures of each measurement, by round.</returns>
    public static double[][] Run(int rounds, params Func<double>[] measurements)
    {
        foreach (var measurement in measurements)
        {
            measurement();
        }

        var figures = measurements.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < measurements.Length; i++)
            {
                figures[i][round] = measurements[i]();
            }
        }

        return figures;
    }

    /// <summary>The middle value; the mean of the middle two for an even count.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Median with the smallest and largest figure, as "2.63 (2.58 to 2.70)".</summary>
    public static string Text(IEnumerable<double> values, string format)
    {
        var all = values.ToArray();
        return $"{Median(all).ToString(format)} ({all.Min().ToString(format)} to {all.Max().ToString(format)})";
    }
}
