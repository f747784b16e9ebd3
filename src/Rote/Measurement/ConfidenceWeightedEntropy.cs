namespace Rote.Measurement;

/// <summary>Confidence-weighted entropy: the entropy of a prediction divided by the probability of the label.</summary>
public static class ConfidenceWeightedEntropy
{
    /// <summary>One value per example.</summary>
    /// <param name="probabilities">[N·K] Probabilities from a model that was not trained on the example, K at least 2; NaN where there is
    /// none.</param>
    /// <param name="labels">[N] Class numbers in [0, K).</param>
    /// <returns>[N] At least 0; high is suspicious. Infinite where the label has probability 0: the limit, even where the entropy is
    /// 0.</returns>
    /// <remarks>H(p) / (ln K · p_label) with the entropy H in nats. docs/reference/measures/confidence-weighted-entropy.md. Source: Kuan
    /// and Mueller 2022, "Model-agnostic label quality scoring to detect real-world label errors", ICML DataPerf workshop. Tools that want
    /// it between 0 and 1 show ln(1 + s) / s, which has the opposite order.</remarks>
    public static double[] Of(float[] probabilities, int[] labels)
    {
        var classes = probabilities.Length / Math.Max(labels.Length, 1);
        var values = new double[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            var row = probabilities.AsSpan(i * classes, classes);
            var entropy = 0.0;
            foreach (var p in row)
            {
                entropy -= p == 0 ? 0 : p * Math.Log(p);
            }

            var own = (double)row[labels[i]];
            values[i] = own == 0 ? double.PositiveInfinity : Math.Max(0, entropy) / Math.Log(classes) / own;
        }

        return values;
    }
}
