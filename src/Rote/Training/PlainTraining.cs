using Rote.Tensors;
using Rote.Training.Augmentations;
using Rote.Training.Losses;
using static TorchSharp.torch;

namespace Rote.Training;

/// <summary>Training as the recipe says: its loss, on mixtures of two examples where it asks for mixup.</summary>
/// <param name="recipe">The loss, its label smoothing, mixup, and the epochs that it lasts.</param>
/// <param name="seeds">The run's randomness; streams <c>mixup/EPOCH</c> are drawn, and what the loss asks for.</param>
/// <param name="examples">N, training examples.</param>
/// <param name="classes">K; needed by a loss that remembers every example.</param>
public class PlainTraining(Recipe recipe, Seeds seeds, int examples, int classes = 0) : TrainingMethod
{
    private readonly LossFunction _loss = (recipe.Loss ?? new CrossEntropy()).Create(
        new LossSetting(recipe.LabelSmoothing, recipe.Epochs, examples, classes, seeds)
    );

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Tensor Value)> Tensors => _loss.Tensors;

    /// <inheritdoc/>
    public override Tensor Inputs(Tensor inputs, TrainingBatch batch)
    {
        if (recipe.MixupAlpha is not { } alpha)
        {
            return inputs;
        }

        var (share, places) = Mixup.Draw(alpha, seeds, batch);
        return (inputs * share) + (inputs.roll([places], [0L]) * (1 - share));
    }

    /// <inheritdoc/>
    public override Tensor Loss(Tensor logits, TrainingBatch batch)
    {
        if (recipe.MixupAlpha is not { } alpha)
        {
            return _loss.Of(logits, batch.Labels, batch.Rows);
        }

        var (share, places) = Mixup.Draw(alpha, seeds, batch);
        return (_loss.Of(logits, batch.Labels, batch.Rows) * share)
            + (_loss.Of(logits, batch.Labels.roll([places], [0L]), batch.Rows) * (1 - share));
    }
}
