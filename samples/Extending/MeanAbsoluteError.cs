using System.Text.Json.Serialization;
using Rote.Training.Losses;
using static TorchSharp.torch;

namespace Extending;

/// <summary>A loss: the mean absolute error of the probabilities, 2 (1 − p), where p is the label's. Wrong labels pull no more than right
/// ones.</summary>
/// <remarks>Ghosh, Kumar and Sastry 2017 (arXiv:1712.09482).</remarks>
public sealed record MeanAbsoluteError : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "mean absolute error";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool TakesLabelSmoothing => false;

    /// <inheritdoc/>
    public override LossFunction Create(LossSetting setting) => new Function();

    private sealed class Function : LossFunction
    {
        public override Tensor Of(Tensor logits, Tensor labels, Tensor rows) =>
            (1 - logits.softmax(1).gather(1, labels.unsqueeze(1))).mean() * 2;
    }
}
