using static TorchSharp.torch;

namespace Rote.Training;

/// <summary>One step's examples.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The step within it, from 0.</param>
/// <param name="Rows">[B] int64 rows of the training set.</param>
/// <param name="Labels">[B] int64 labels given.</param>
public readonly record struct TrainingBatch(int Epoch, int Step, Tensor Rows, Tensor Labels);

/// <summary>A method of training: the loss, and what may change during training: targets, extra inputs, step size, the end.</summary>
/// <remarks>
/// The trainer calls, an epoch: <see cref="Inputs"/> and <see cref="Loss"/> for every step, <see cref="Trained"/> at its end, <see
/// cref="Evaluated"/> after the evaluation (also of epoch 0). Its memory is in <see cref="Tensors"/> alone, so that a resumed run goes on
/// with the same bits. One object serves one run.
/// </remarks>
public abstract class TrainingMethod : IDisposable
{
    /// <summary>Everything it remembers from epoch to epoch, by name; the number and the shapes of the tensors never change.</summary>
    public virtual IEnumerable<(string Name, Tensor Value)> Tensors => [];

    /// <summary>Whether training ends after the epoch that was evaluated last.</summary>
    public virtual bool IsDone => false;

    /// <summary>Whether the recipe's augmentation is applied to the batches of an epoch.</summary>
    /// <param name="epoch">From 1.</param>
    public virtual bool Augments(int epoch) => true;

    /// <summary>The step size now.</summary>
    /// <param name="recipe">Gives the size and its schedule.</param>
    /// <param name="epoch">Epochs done, from 0; 2.5 is the middle of the third.</param>
    /// <returns>Above or equal to 0.</returns>
    public virtual double LearningRate(Recipe recipe, double epoch) => recipe.LearningRate * recipe.Schedule.Factor(epoch, recipe.Epochs);

    /// <summary>The coefficient of the penalty on the weights now.</summary>
    /// <param name="recipe">Gives the usual coefficient.</param>
    /// <returns>Above or equal to 0.</returns>
    public virtual double WeightDecay(Recipe recipe) => recipe.WeightDecay;

    /// <summary>The network's inputs for a batch: the batch itself, changed or with more examples after it.</summary>
    /// <param name="inputs">[B, H, W, C] or [B, D], augmented if the recipe says so.</param>
    /// <param name="batch">Which examples.</param>
    /// <returns>[B', …] with B' ≥ B, in the caller's dispose scope.</returns>
    public virtual Tensor Inputs(Tensor inputs, TrainingBatch batch) => inputs;

    /// <summary>The loss of a step.</summary>
    /// <param name="logits">[B', K] float32 for what <see cref="Inputs"/> gave.</param>
    /// <param name="batch">Which examples the first B are.</param>
    /// <returns>[] with a gradient, in the caller's dispose scope.</returns>
    public abstract Tensor Loss(Tensor logits, TrainingBatch batch);

    /// <summary>Called when all steps of an epoch are done, before the evaluation; where the epoch has more than 10⁸ logits, for some of
    /// its examples at a time, in the order of the steps.</summary>
    /// <param name="logits">[N, K] float32 that each example had when it was trained on.</param>
    /// <param name="order">[N] int64 rows of the training set, in the order of <paramref name="logits"/>.</param>
    public virtual void Trained(Tensor logits, Tensor order) { }

    /// <summary>Called when an epoch is evaluated.</summary>
    /// <param name="state">The networks.</param>
    /// <param name="metrics">What is known of the epoch.</param>
    /// <returns>The same with what the method adds.</returns>
    public virtual EpochMetrics Evaluated(TrainingState state, EpochMetrics metrics) => metrics;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes the tensors.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var (_, value) in Tensors)
            {
                value.Dispose();
            }
        }
    }
}
