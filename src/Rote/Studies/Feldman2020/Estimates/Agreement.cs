namespace Rote.Studies.Feldman2020.Estimates;

/// <summary>How well two estimates of the same values agree.</summary>
internal static class Agreement
{
    /// <summary>Jaccard's overlap of the examples at or above a threshold: those of both over those of either.</summary>
    /// <param name="first">[N].</param>
    /// <param name="second">[N].</param>
    /// <param name="threshold">The threshold.</param>
    /// <returns>In [0, 1]; NaN if none is above it.</returns>
    public static double Overlap(IReadOnlyList<double> first, IReadOnlyList<double> second, double threshold)
    {
        var (both, either) = (0, 0);
        for (var i = 0; i < first.Count; i++)
        {
            var (a, b) = (first[i] >= threshold, second[i] >= threshold);
            both += a && b ? 1 : 0;
            either += a || b ? 1 : 0;
        }

        return (double)both / either;
    }
}
