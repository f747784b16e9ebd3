namespace Rote.Measurement;

/// <summary>Whether a network is right as often as its probabilities promise.</summary>
public static class Calibration
{
    /// <summary>The number of equal intervals of [0, 1] that sort the examples by the probability of their predicted class, as in the
    /// source.</summary>
    public const int Bins = 15;

    /// <summary>The expected calibration error: Σ (n_b / N) · |accuracy of bin b − mean probability of bin b|.</summary>
    /// <param name="predictions">At least one prediction.</param>
    /// <returns>A number in [0, 1]; 0 for a network that is right as often as its probabilities promise. The standard error is that of the
    /// bins' accuracies, √Σ (n_b / N)² · p_b (1 − p_b) / n_b. The value itself is a little too high for few examples, because chance moves
    /// every bin off the diagonal.</returns>
    /// <remarks>Source: Guo, Pleiss, Sun and Weinberger 2017, "On Calibration of Modern Neural Networks" (arXiv:1706.04599), equation 3
    /// with their 15 bins. A bin is (lower, upper].</remarks>
    public static Estimate ExpectedError(Predictions predictions)
    {
        var (counts, right, probability) = (new int[Bins], new int[Bins], new double[Bins]);
        for (var i = 0; i < predictions.Count; i++)
        {
            var bin = Math.Clamp((int)Math.Ceiling(predictions.PredictedProbability[i] * Bins) - 1, 0, Bins - 1);
            counts[bin]++;
            right[bin] += predictions.IsRight(i) ? 1 : 0;
            probability[bin] += predictions.PredictedProbability[i];
        }

        var (error, variance, total) = (0.0, 0.0, (double)predictions.Count);
        for (var bin = 0; bin < Bins; bin++)
        {
            if (counts[bin] > 0)
            {
                var accuracy = (double)right[bin] / counts[bin];
                error += counts[bin] / total * Math.Abs(accuracy - (probability[bin] / counts[bin]));
                variance += counts[bin] / total / total * accuracy * (1 - accuracy);
            }
        }

        return new Estimate(error, Math.Sqrt(variance), predictions.Count);
    }
}
