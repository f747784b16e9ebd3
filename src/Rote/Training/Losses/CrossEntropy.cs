using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training.Losses;

/// <summary>The usual objective: cross-entropy against the labels given, with the recipe's smoothing.</summary>
/// <param name="smoothing">As <see cref="Recipe.LabelSmoothing"/>.</param>
public sealed class CrossEntropy(double smoothing = 0) : TrainingMethod
{
    /// <inheritdoc/>
    public override Tensor Loss(Tensor logits, TrainingBatch batch) => functional.cross_entropy(logits, batch.Labels, label_smoothing: smoothing);
}
