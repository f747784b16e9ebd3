namespace Rote.Memorization.Tools;

/// <summary>Tells labels that are probably right by their losses: a mixture of two normal distributions is fitted to them, and the one with
/// the smaller mean is taken for that of right labels.</summary>
/// <remarks>Arazo et al. 2019 (arXiv:1904.11238) had the idea; Li, Socher and Hoi 2020 (arXiv:2002.07394) have this mixture, with these
/// constants, and scale the losses to [0, 1] first. The fit begins from two means instead of a random start.</remarks>
internal static class LossDivision
{
    private const int MostRounds = 10;
    private const double Tolerance = 1e-2; // of the mean log likelihood
    private const double LeastVariance = 5e-4; // added to each

    /// <summary>The probability of each label to be right.</summary>
    /// <param name="losses">[N] losses, finite.</param>
    /// <returns>[N] in [0, 1]; 1 for all where all losses are equal.</returns>
    public static float[] Right(ReadOnlySpan<float> losses)
    {
        var scaled = Scaled(losses);
        if (scaled.Length == 0 || scaled.Max() == 0)
        {
            return [.. scaled.Select(_ => 1f)];
        }

        // [N] responsibility of the component of small losses; first by the nearer of two means
        var threshold = Threshold(scaled);
        var small = Array.ConvertAll(scaled, loss => loss < threshold ? 1.0 : 0);
        var likelihood = double.NegativeInfinity;
        for (var round = 0; round < MostRounds; round++)
        {
            var (first, second) = (Component.Of(scaled, small, isFirst: true), Component.Of(scaled, small, isFirst: false));
            var before = likelihood;
            likelihood = 0;
            for (var i = 0; i < scaled.Length; i++)
            {
                var (a, b) = (first.LogDensity(scaled[i]), second.LogDensity(scaled[i]));
                var most = Math.Max(a, b);
                var both = most + Math.Log(Math.Exp(a - most) + Math.Exp(b - most));
                small[i] = Math.Exp(a - both);
                likelihood += both / scaled.Length;
            }

            if (Math.Abs(likelihood - before) < Tolerance)
            {
                break;
            }
        }

        var isTurned = Component.Of(scaled, small, isFirst: true).Mean > Component.Of(scaled, small, isFirst: false).Mean;
        return Array.ConvertAll(small, p => (float)(isTurned ? 1 - p : p));
    }

    private static double[] Scaled(ReadOnlySpan<float> losses)
    {
        var scaled = new double[losses.Length];
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var loss in losses)
        {
            (least, most) = (Math.Min(least, loss), Math.Max(most, loss));
        }

        for (var i = 0; i < scaled.Length && most > least; i++)
        {
            scaled[i] = (losses[i] - least) / (most - least);
        }

        return scaled;
    }

    /// <summary>Where two means divide the losses: half way between the means of those below it and those above it.</summary>
    private static double Threshold(double[] scaled)
    {
        var threshold = 0.5;
        for (var round = 0; round < MostRounds; round++)
        {
            var (below, above) = (scaled.Where(loss => loss < threshold).Average(), scaled.Where(loss => loss >= threshold).Average());
            threshold = (below + above) / 2; // 0 is below it and 1 is not
        }

        return threshold;
    }

    private sealed record Component(double Share, double Mean, double Variance)
    {
        public static Component Of(double[] values, double[] small, bool isFirst)
        {
            var (sum, weighted) = (0.0, 0.0);
            for (var i = 0; i < values.Length; i++)
            {
                var weight = isFirst ? small[i] : 1 - small[i];
                (sum, weighted) = (sum + weight, weighted + (weight * values[i]));
            }

            var (mean, variance) = (weighted / Math.Max(sum, 1e-9), 0.0);
            for (var i = 0; i < values.Length; i++)
            {
                variance += (isFirst ? small[i] : 1 - small[i]) * (values[i] - mean) * (values[i] - mean);
            }

            return new Component(sum / values.Length, mean, (variance / Math.Max(sum, 1e-9)) + LeastVariance);
        }

        /// <summary>Up to the constant that both components share.</summary>
        public double LogDensity(double value) =>
            Math.Log(Math.Max(Share, 1e-300)) - (0.5 * Math.Log(Variance)) - ((value - Mean) * (value - Mean) / 2 / Variance);
    }
}
