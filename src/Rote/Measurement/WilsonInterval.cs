namespace Rote.Measurement;

/// <summary>The score interval of a share: Wilson 1927 (Journal of the American Statistical Association 22, 209).</summary>
internal static class WilsonInterval
{
    /// <summary>z of a 95 % interval.</summary>
    public const double Z95 = 1.959964;

    /// <summary>Computes the interval.</summary>
    /// <param name="hits">Successes, from 0 to <paramref name="count"/>.</param>
    /// <param name="count">Independent trials, at least 1.</param>
    /// <param name="z">The number of standard errors to each side.</param>
    /// <returns>Both ends, in [0, 1].</returns>
    public static (double Low, double High) Of(int hits, int count, double z = Z95)
    {
        var (share, n) = ((double)hits / count, (double)count);
        var centre = (share + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n))) / (1 + (z * z / n));
        return (hits == 0 ? 0 : centre - half, hits == count ? 1 : centre + half);
    }
}
