namespace Rote.Measurement;

/// <summary>The numbers that <see cref="EpochOutputs"/> keeps of one example's logits.</summary>
/// <param name="Margin">The label's logit minus the largest of the others, in logit units.</param>
/// <param name="LabelProbability">Softmax probability of the label, in [0, 1].</param>
/// <param name="ErrorNorm">Euclidean norm of the softmax probabilities minus the one-hot label, in [0, √2].</param>
public readonly record struct LogitOutcome(double Margin, double LabelProbability, double ErrorNorm)
{
    /// <summary>Computes the numbers from logits that another program made.</summary>
    /// <param name="logits">[K] finite, K at least 2.</param>
    /// <param name="label">In [0, K).</param>
    /// <returns>The three numbers, in float64.</returns>
    public static LogitOutcome Of(ReadOnlySpan<double> logits, int label)
    {
        var (largest, rival, sum) = (logits[0], double.NegativeInfinity, 0.0);
        for (var k = 0; k < logits.Length; k++)
        {
            largest = Math.Max(largest, logits[k]);
            rival = k == label ? rival : Math.Max(rival, logits[k]);
        }

        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - largest);
        }

        var squares = 0.0;
        for (var k = 0; k < logits.Length; k++)
        {
            var error = (Math.Exp(logits[k] - largest) / sum) - (k == label ? 1 : 0);
            squares += error * error;
        }

        return new LogitOutcome(logits[label] - rival, Math.Exp(logits[label] - largest) / sum, Math.Sqrt(squares));
    }
}
