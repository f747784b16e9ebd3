namespace Rote.Measurement;

/// <summary>An interval for how many members of a finite population are of a kind, from a random sample without replacement. It contains
/// the truth at least as often as it claims, at every size.</summary>
/// <remarks>Clopper and Pearson 1934 (Biometrika 26) invert the binomial test; this inverts the hypergeometric one, as Buonaccorsi 1987
/// (The American Statistician 41, 215) does for finite populations. A sample of the whole population gives its exact count.</remarks>
internal static class ExactInterval
{
    /// <summary>Computes the interval.</summary>
    /// <param name="found">How many of the sample are of the kind, 0 to <paramref name="sample"/>.</param>
    /// <param name="sample">Size of the sample, 0 to <paramref name="population"/>.</param>
    /// <param name="population">Size of the population.</param>
    /// <param name="error">The probability that the truth lies outside, half of it at each end; in (0, 1).</param>
    /// <returns>The fewest and the most members of the population that may be of the kind.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static (int Low, int High) Of(int found, int sample, int population, double error = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(found);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(found, sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sample, population);
        if (error is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(error), error, "Expected above 0 and below 1.");
        }

        var (fewest, most) = (found, population - (sample - found));

        // Both tails are monotone in the number in the population, so bisection finds the ends.
        var low = found == 0 ? fewest : First(fewest, most, kind => 1 - AtMost(found - 1, sample, kind, population) > error / 2);
        var high = found == sample ? most : First(fewest, most, kind => AtMost(found, sample, kind, population) <= error / 2) - 1;
        return (low, Math.Max(low, AtMost(found, sample, most, population) > error / 2 ? most : high));
    }

    /// <summary>P(X ≤ found) for a sample from a population in which <paramref name="kind"/> members are of the kind.</summary>
    internal static double AtMost(int found, int sample, int kind, int population)
    {
        var fewest = Math.Max(0, sample - (population - kind));
        var most = Math.Min(sample, kind);
        if (found >= most || found < fewest)
        {
            return found >= most ? 1 : 0;
        }

        // Sums from the highest term down; each other term is a simple multiple of the one above it.
        var term = Math.Exp(LogChoose(kind, found) + LogChoose(population - kind, sample - found) - LogChoose(population, sample));
        if (term == 0)
        {
            return found > (double)sample * kind / population ? 1 : 0; // so far out that a double cannot hold it
        }

        var sum = 0.0;
        for (var k = found; k >= fewest; k--)
        {
            sum += term;
            term *= (double)k * (population - kind - sample + k) / ((sample - k + 1.0) * (kind - k + 1.0));
            if (term < sum * 1e-17)
            {
                break;
            }
        }

        return Math.Min(1, sum);
    }

    /// <summary>The first value in [from, to] from which on a condition holds; <paramref name="to"/> if there is none.</summary>
    private static int First(int from, int to, Func<int, bool> holds)
    {
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            (from, to) = holds(middle) ? (from, middle) : (middle + 1, to);
        }

        return from;
    }

    private static double LogChoose(int n, int k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    /// <summary>log n!, by Stirling's series from 20 on, where its error is below 10⁻¹².</summary>
    private static double LogFactorial(int n)
    {
        if (n < 20)
        {
            var product = 1.0;
            for (var i = 2; i <= n; i++)
            {
                product *= i;
            }

            return Math.Log(product);
        }

        var x = (double)n;
        return (x * Math.Log(x))
            - x
            + (0.5 * Math.Log(2 * Math.PI * x))
            + (1 / (12 * x))
            - (1 / (360 * x * x * x))
            + (1 / (1260 * Math.Pow(x, 5)));
    }
}
