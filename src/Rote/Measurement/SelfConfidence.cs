namespace Rote.Measurement;

/// <summary>The mean probability that networks not trained on an example give to its label.</summary>
public static class SelfConfidence
{
    /// <summary>One value per example.</summary>
    /// <param name="probabilities">[N·K] mean probabilities of the networks not trained on the example: all classes of example 0, then of
    /// example 1, …; NaN where there is none.</param>
    /// <param name="labels">[N] class numbers in [0, K).</param>
    /// <returns>[N] in [0, 1]; low is suspicious.</returns>
    /// <remarks>docs/reference/measures/self-confidence.md. Source: Northcutt, Jiang and Chuang 2021 (arXiv:1911.00068), section
    /// 3.2.</remarks>
    public static double[] Of(float[] probabilities, int[] labels)
    {
        var classes = probabilities.Length / Math.Max(labels.Length, 1);
        var values = new double[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            values[i] = probabilities[(i * classes) + labels[i]];
        }

        return values;
    }
}
