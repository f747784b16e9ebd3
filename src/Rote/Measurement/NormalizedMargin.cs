namespace Rote.Measurement;

/// <summary>The label's probability minus the largest probability of another class, from networks not trained on the example.</summary>
public static class NormalizedMargin
{
    /// <summary>One value per example.</summary>
    /// <param name="probabilities">[N·K] mean probabilities of the networks not trained on the example; NaN where there is none.</param>
    /// <param name="labels">[N] class numbers in [0, K).</param>
    /// <returns>[N] in [−1, 1]; below 0 another class is more probable.</returns>
    /// <remarks>docs/reference/measures/normalized-margin.md. Source: Northcutt, Jiang and Chuang 2021 (arXiv:1911.00068), section
    /// 3.2.</remarks>
    public static double[] Of(float[] probabilities, int[] labels)
    {
        var classes = probabilities.Length / Math.Max(labels.Length, 1);
        var values = new double[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            var row = probabilities.AsSpan(i * classes, classes);
            var rival = float.NegativeInfinity;
            for (var k = 0; k < classes; k++)
            {
                rival = k != labels[i] && row[k] > rival ? row[k] : rival;
            }

            values[i] = float.IsNaN(row[0]) ? double.NaN : row[labels[i]] - (double)rival;
        }

        return values;
    }
}
