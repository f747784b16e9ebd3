namespace Rote.Benchmarks.Privacy;

/// <summary>What a training by DP-SGD guarantees: Rényi differential privacy of the subsampled Gaussian mechanism, composed over
/// steps.</summary>
/// <remarks>
/// Mironov, Talwar, Zhang 2019 (arXiv:1908.10530, section 3.3, integer orders; each example is in a step's batch by a coin of its own), and
/// two ways to (ε, δ): Mironov 2017 (arXiv:1702.07476, proposition 3), by which the published values were computed, and the tighter one of
/// Canonne, Kamath, Steinke 2020 (arXiv:2004.00010, proposition 12).
/// </remarks>
internal static class GaussianAccountant
{
    private const int LargestOrder = 256;

    /// <summary>ε of a training.</summary>
    /// <param name="rate">Probability that an example is in a step's batch, in (0, 1].</param>
    /// <param name="noise">Standard deviation of the noise, in clipping norms; above 0.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="delta">δ in (0, 1).</param>
    /// <param name="isTight">Which conversion.</param>
    public static double Epsilon(double rate, double noise, int steps, double delta, bool isTight = true)
    {
        var least = double.PositiveInfinity;
        for (var order = 2; order <= LargestOrder; order++)
        {
            var rdp = steps * Renyi(rate, noise, order);
            var epsilon = isTight
                ? rdp + Math.Log((order - 1.0) / order) - ((Math.Log(delta) + Math.Log(order)) / (order - 1))
                : rdp - (Math.Log(delta) / (order - 1));
            least = Math.Min(least, epsilon);
        }

        return Math.Max(0, least);
    }

    /// <summary>Compares with what others have published; each is (rate, noise, steps, δ, ε).</summary>
    /// <returns>A line each, and whether all agree to half a percent.</returns>
    public static (IReadOnlyList<string> Lines, bool Agree) Check()
    {
        // github.com/tensorflow/privacy, tutorials/README.md, the table of parameters: 60,000 examples, batches of 256, δ = 10⁻⁵. Orders
        // between whole numbers, which are left out here, can only lower ε.
        (double Noise, int Epochs, double Published)[] known = [(1.12, 60, 2.92), (0.6, 30, 9.74), (1.2, 10, 1.20)];
        var found = known
            .Select(k => (k.Noise, k.Published, Own: Epsilon(256 / 60_000.0, k.Noise, k.Epochs * 60_000 / 256, 1e-5, isTight: false)))
            .ToArray();
        return (
            [.. found.Select(f => $"noise {f.Noise:0.00}: ε {f.Own:F3}, published {f.Published:F2}")],
            found.All(f => Math.Abs(f.Own - f.Published) <= 0.005 * f.Published)
        );
    }

    private static double Renyi(double rate, double noise, int order)
    {
        if (rate >= 1)
        {
            return order / (2 * noise * noise);
        }

        var terms = new double[order + 1];
        var logChoose = 0.0;
        for (var k = 0; k <= order; k++)
        {
            terms[k] =
                logChoose + (k * Math.Log(rate)) + ((order - k) * Math.Log(1 - rate)) + (((k * (double)k) - k) / (2 * noise * noise));
            logChoose += Math.Log(order - k) - Math.Log(k + 1);
        }

        var most = terms.Max();
        return (most + Math.Log(terms.Sum(term => Math.Exp(term - most)))) / (order - 1);
    }
}
