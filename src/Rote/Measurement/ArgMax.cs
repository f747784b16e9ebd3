namespace Rote.Measurement;

/// <summary>The argmax: the class that a network predicts; the first of equal ones.</summary>
internal static class ArgMax
{
    /// <summary>Returns the likeliest class.</summary>
    /// <param name="row">[K] probabilities or logits, K at least 1.</param>
    /// <returns>In [0, K).</returns>
    public static int Of(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var k = 1; k < row.Length; k++)
        {
            best = row[k] > row[best] ? k : best;
        }

        return best;
    }

    /// <summary>Returns the likeliest class other than a given one: what would be predicted instead of it.</summary>
    /// <param name="row">[K] probabilities or logits, K at least 2.</param>
    /// <param name="label">The class to exclude.</param>
    /// <returns>In [0, K), not <paramref name="label"/>.</returns>
    public static int Beside(ReadOnlySpan<float> row, int label)
    {
        var best = label == 0 ? 1 : 0;
        for (var k = 0; k < row.Length; k++)
        {
            best = k != label && row[k] > row[best] ? k : best;
        }

        return best;
    }
}
