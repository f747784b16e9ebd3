namespace Rote.Measurement;

/// <summary>The error of a number that is not a mean, over groups of networks.</summary>
internal static class Jackknife
{
    /// <summary>Calculates a number from all groups, and its error from leaving out one at a time.</summary>
    /// <param name="groups">The number of groups G, at least 2.</param>
    /// <param name="number">Calculates the number from all groups but one; −1 leaves out none.</param>
    /// <returns>The number with the error √((G − 1)/G · Σ(θ₍g₎ − θ̄)²).</returns>
    /// <remarks>Efron and Tibshirani 1993, An Introduction to the Bootstrap, equation 11.5.</remarks>
    public static Estimate Of(int groups, Func<int, double> number)
    {
        var without = Enumerable.Range(0, groups).Select(number).ToArray();
        var mean = without.Average();
        var error = Math.Sqrt((groups - 1.0) / groups * without.Sum(value => (value - mean) * (value - mean)));
        return new Estimate(number(-1), error, groups);
    }
}
