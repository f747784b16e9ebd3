using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training.Losses;

/// <summary>The usual loss: cross-entropy against the labels given, with the recipe's label smoothing.</summary>
public sealed record CrossEntropy : Loss
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool TakesLabelSmoothing => true;

    /// <inheritdoc/>
    public override LossFunction Create(LossSetting setting) => new Function(setting.Smoothing);

    private sealed class Function(double smoothing) : LossFunction
    {
        /// <inheritdoc/>
        public override Tensor Of(Tensor logits, Tensor labels, Tensor rows) =>
            functional.cross_entropy(logits, labels, label_smoothing: smoothing);
    }
}
