namespace Rote.Measurement;

/// <summary>The memorization value of one example: how much higher the probability of its label is in networks trained on it than in the
/// others.</summary>
/// <remarks>This is not the degree of memorization of a whole network; <see cref="MemorizationReading"/> measures that.</remarks>
public static class MemorizationValue
{
    /// <summary>The value of one example.</summary>
    /// <param name="inBag">Mean probability of the label in networks trained on the example (or share of those that predict it), in [0, 1],
    /// with its error.</param>
    /// <param name="outOfBag">The same for networks not trained on it.</param>
    /// <returns>mean(inside) − mean(outside), in [−1, 1], with the standard error √(s₁²/n₁ + s₀²/n₀). Both are NaN if a side is empty, the
    /// error also if a side has one network.</returns>
    /// <remarks>Near 0: the rest of the data implies the label, a rule; near 1: the network knows it by rote. It uses probabilities rather
    /// than right and wrong, which needs fewer networks. docs/reference/measures/memorization-value.md. Source: Feldman and Zhang 2020
    /// (arXiv:2008.03703), equation 1 and section 2.</remarks>
    public static Estimate Of(Estimate inBag, Estimate outOfBag) =>
        inBag.Samples == 0 || outOfBag.Samples == 0
            ? new Estimate(double.NaN, double.NaN, inBag.Samples + outOfBag.Samples)
            : inBag.Minus(outOfBag);
}
