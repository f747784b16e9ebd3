namespace Rote.Measurement;

/// <summary>The exact confidence interval of a share: Clopper and Pearson 1934 (Biometrika 26, 404).</summary>
public static class BinomialInterval
{
    /// <summary>Computes the interval.</summary>
    /// <param name="hits">Successes, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Independent trials, at least 1.</param>
    /// <param name="error">The probability that the truth lies outside, half of it at each end, in (0, 1).</param>
    /// <returns>Both ends, in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static (double Low, double High) Of(int hits, int trials, double error = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, trials);
        if (error is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(error), error, "Expected above 0 and below 1.");
        }

        // P[X ≥ hits] grows with the share, so bisection finds each end; the upper end is the lower end of the failures.
        return (Lower(hits, trials, error / 2), 1 - Lower(trials - hits, trials, error / 2));
    }

    private static double Lower(int hits, int trials, double tail)
    {
        if (hits == 0)
        {
            return 0;
        }

        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = AtLeast(hits, trials, middle) < tail ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>P[Binomial(n, p) ≥ k], summed from the largest term down.</summary>
    internal static double AtLeast(int k, int n, double p)
    {
        if (k <= 0 || p >= 1)
        {
            return 1;
        }

        if (p <= 0)
        {
            return 0;
        }

        if (k <= n * p)
        {
            return 1 - AtLeast(n - k + 1, n, 1 - p); // the other tail is the small one
        }

        var logTerm = LogChoose(n, k) + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p));
        var (term, sum, odds) = (1.0, 0.0, p / (1 - p));
        for (var i = k; i <= n && term > sum * 1e-17; i++)
        {
            sum += term;
            term *= odds * (n - i) / (i + 1);
        }

        return Math.Min(1, Math.Exp(logTerm) * sum);
    }

    private static double LogChoose(int n, int k)
    {
        var sum = 0.0;
        for (var i = 1; i <= Math.Min(k, n - k); i++)
        {
            sum += Math.Log(n - i + 1) - Math.Log(i);
        }

        return sum;
    }
}
