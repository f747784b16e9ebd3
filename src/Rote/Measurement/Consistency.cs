namespace Rote.Measurement;

/// <summary>The consistency of an example: how often networks that were not trained on it predict its label.</summary>
public static class Consistency
{
    /// <summary>The value of one example.</summary>
    /// <param name="right">Networks not trained on it that predict its label.</param>
    /// <param name="outOfBag">Networks not trained on it.</param>
    /// <returns>A share in [0, 1] with its binomial standard error; NaN where there is no such network.</returns>
    /// <remarks>docs/reference/measures/consistency.md. Source: Jiang, Zhang, Talwar and Mozer 2021 (arXiv:2002.03206), equation 1, at
    /// one subset ratio, that of the audit.</remarks>
    public static Estimate Of(int right, int outOfBag) =>
        outOfBag == 0 ? new Estimate(double.NaN, double.NaN, 0) : Estimate.Share(right, outOfBag);
}
