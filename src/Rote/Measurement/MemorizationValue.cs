namespace Rote.Measurement;

/// <summary>The memorization value of one example: how much more a network gives it its label when it was trained on it than when
/// not.</summary>
/// <remarks>Not the degree of memorization of a whole network, which <see cref="MemorizationReading"/> is.</remarks>
public static class MemorizationValue
{
    /// <summary>The value of one example.</summary>
    /// <param name="inBag">Mean probability of the label in networks that were trained on it (or share of those that predict it), in [0,
    /// 1], with its error.</param>
    /// <param name="outOfBag">The same of networks that were not.</param>
    /// <returns>mean(inside) − mean(outside), in [−1, 1], with the standard error √(s₁²/n₁ + s₀²/n₀); NaN where either side is empty, the
    /// error also where either has one network.</returns>
    /// <remarks>Near 0: the rest of the data implies the label, a rule; near 1: it is known by rote. On probabilities rather than right and
    /// wrong, which needs fewer networks.
    /// docs/reference/measures/memorization-value.md. Source: Feldman and Zhang 2020 (arXiv:2008.03703), equation 1 and section
    /// 2.</remarks>
    public static Estimate Of(Estimate inBag, Estimate outOfBag) =>
        inBag.Samples == 0 || outOfBag.Samples == 0
            ? new Estimate(double.NaN, double.NaN, inBag.Samples + outOfBag.Samples)
            : inBag.Minus(outOfBag);
}
