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
        return [.. labels.Select((label, i) => Of(probabilities.AsSpan(i * classes, classes), label))];
    }

    /// <summary>The value of one example.</summary>
    /// <param name="row">[K] its mean probabilities.</param>
    /// <param name="label">Its label.</param>
    internal static double Of(ReadOnlySpan<float> row, int label)
    {
        var rival = float.NegativeInfinity;
        for (var k = 0; k < row.Length; k++)
        {
            rival = k != label && row[k] > rival ? row[k] : rival;
        }

        return float.IsNaN(row[0]) ? double.NaN : row[label] - (double)rival;
    }
}
