using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Rote.Training.Losses;

/// <summary>GCE, a loss between cross-entropy (q → 0) and the mean absolute error (q = 1): (1 − p^q) / q, where p is the probability of the
/// label given.</summary>
/// <remarks>Zhang and Sabuncu 2018 (arXiv:1805.07836), equation 6. Labels that the network finds improbable pull less.</remarks>
public sealed record GeneralizedCrossEntropy : Loss
{
    /// <summary>q, in (0, 1]. Default 0.7, the authors'.</summary>
    /// <exception cref="InputException">The value is not in (0, 1].</exception>
    public double Q
    {
        get;
        init =>
            field = value is > 0 and <= 1
                ? value
                : throw new InputException(
                    $"The exponent of the generalized cross-entropy is {value}, expected a number above 0 and at most 1."
                );
    } = 0.7;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"generalized cross-entropy with q = {Q}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool TakesLabelSmoothing => false;

    /// <inheritdoc/>
    public override LossFunction Create(LossSetting setting) => new Function(Q);

    /// <summary>The mean of (1 − p^q) / q, p being the probability of the label.</summary>
    /// <param name="logits">[B, K].</param>
    /// <param name="labels">[B] int64.</param>
    /// <param name="q">In (0, 1].</param>
    /// <returns>[] with a gradient, in the caller's dispose scope.</returns>
    internal static Tensor Of(Tensor logits, Tensor labels, double q)
    {
        var log = logits.log_softmax(1).gather(1, labels.unsqueeze(1)); // [B, 1]
        return ((1 - (log * q).exp()) / q).mean();
    }

    private sealed class Function(double q) : LossFunction
    {
        /// <inheritdoc/>
        public override Tensor Of(Tensor logits, Tensor labels, Tensor rows) => GeneralizedCrossEntropy.Of(logits, labels, q);
    }
}
