namespace Rote.Measurement;

/// <summary>The memorization value: how much more a network gives an example its label when it was trained on it than when not.</summary>
public static class Memorization
{
    /// <summary>The value of one example.</summary>
    /// <param name="inside">Of each network that was trained on it the label's probability (or 1 and 0 for right and wrong), in [0, 1].</param>
    /// <param name="outside">The same of each network that was not.</param>
    /// <returns>mean(inside) − mean(outside), in [−1, 1], with the standard error √(s₁²/n₁ + s₀²/n₀); the value is NaN where either side is empty, the error where either has
    /// one network only.</returns>
    /// <remarks>Near 0: the rest of the data implies the label, a rule; near 1: it is known by rote. On probabilities rather than right and wrong, which needs fewer networks.
    /// docs/measures/memorization-value.md. Source: Feldman and Zhang 2020 (arXiv:2008.03703), equation 1 and section 2.</remarks>
    public static Estimate Of(IReadOnlyCollection<double> inside, IReadOnlyCollection<double> outside) => inside.Count == 0 || outside.Count == 0
        ? new Estimate(double.NaN, double.NaN, inside.Count + outside.Count)
        : Estimate.Mean(inside).Minus(Estimate.Mean(outside));
}
