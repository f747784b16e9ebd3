namespace Rote.Measurement;

/// <summary>Fits y = c·x^a.</summary>
internal static class PowerLaw
{
    /// <summary>The exponent a by least squares on logarithms.</summary>
    /// <param name="points">At least two different x; all numbers above 0.</param>
    /// <returns>a; NaN if a number is not above 0.</returns>
    public static double Exponent(IReadOnlyList<(double X, double Y)> points)
    {
        var logs = points.Select(point => (X: Math.Log(point.X), Y: Math.Log(point.Y))).ToArray();
        var (x, y) = (logs.Average(log => log.X), logs.Average(log => log.Y));
        var exponent = logs.Sum(log => (log.X - x) * (log.Y - y)) / logs.Sum(log => (log.X - x) * (log.X - x));
        return double.IsFinite(exponent) ? exponent : double.NaN;
    }
}
