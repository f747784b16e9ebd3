namespace Rote.Measurement;

/// <summary>The logit of a label's probability, φ = log p − log (1 − p): unlike p, it is nearly Gaussian over networks (Carlini et al.
/// 2022, arXiv:2112.03570, section IV).</summary>
public static class LogitConfidence
{
    private const double LeastLoss = 1e-12; // φ up to 27.6: beyond it, 1 − p is only rounding

    /// <summary>Computes φ from a loss.</summary>
    /// <param name="loss">−log p, in nats, at least 0.</param>
    /// <returns>At most 27.6.</returns>
    public static double Of(double loss)
    {
        var bounded = Math.Max(loss, LeastLoss);
        var rest = bounded < 1e-5 ? bounded - (bounded * bounded / 2) : 1 - Math.Exp(-bounded); // 1 − p
        return -bounded - Math.Log(rest);
    }

    /// <summary>Computes φ of every example of a set.</summary>
    /// <param name="predictions">A network's predictions.</param>
    /// <returns>[N].</returns>
    public static double[] Of(Predictions predictions) => [.. predictions.Loss.Select(Of)];
}
