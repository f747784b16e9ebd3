namespace Rote.Measurement;

/// <summary>A measured number with its standard error: no table or chart shows a bare mean.</summary>
/// <param name="Value">The number, in the unit of the measure.</param>
/// <param name="StandardError">Its standard error in the same unit; NaN if a single sample gives none.</param>
/// <param name="Samples">The number of independent observations: runs, or examples for a binomial share.</param>
public readonly record struct Estimate(double Value, double StandardError, int Samples)
{
    /// <summary>The share of successes, with its binomial standard error √(p(1−p)/n).</summary>
    /// <param name="successes">Between 0 and <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    /// <returns>A share in [0, 1]. At 0 and 1 the plug-in error is 0: read it as "below 3/n" (rule of three).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public static Estimate Share(long successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var share = (double)successes / trials;
        return new Estimate(share, Math.Sqrt(share * (1 - share) / trials), trials);
    }

    /// <summary>The mean of independent observations, with its standard error s/√n.</summary>
    /// <param name="values">At least one observation.</param>
    /// <returns>The mean; the error is NaN for a single observation.</returns>
    /// <exception cref="ArgumentException">There is no observation.</exception>
    public static Estimate Mean(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("A mean needs at least one observation.", nameof(values));
        }

        var mean = values.Average();
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
        return new Estimate(mean, Math.Sqrt(variance / values.Count), values.Count);
    }

    /// <summary>Subtracts another independent number; the error is √(a² + b²) of both errors.</summary>
    /// <param name="other">The number to subtract.</param>
    /// <returns>The difference, with the observations of both.</returns>
    public Estimate Minus(Estimate other) =>
        new(
            Value - other.Value,
            Math.Sqrt((StandardError * StandardError) + (other.StandardError * other.StandardError)),
            Samples + other.Samples
        );

    /// <summary>The number with its error, as "0.192 ± 0.012".</summary>
    /// <returns>Four significant digits, and two of the error; no error if it is NaN.</returns>
    public override string ToString() => double.IsNaN(StandardError) ? $"{Value:G4}" : $"{Value:G4} ± {StandardError:G2}";
}
