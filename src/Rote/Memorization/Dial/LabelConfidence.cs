using static TorchSharp.torch;

namespace Rote.Memorization.Dial;

/// <summary>The network's confidence in each given label while it learns: a running average of the probability that it had when the example
/// was trained on.</summary>
/// <remarks>An average over epochs, because one reading depends on how the example was augmented; Nguyen et al. 2020 (arXiv:1910.01842)
/// average predictions for the same reason.</remarks>
/// <param name="count">N training examples.</param>
/// <param name="device">Where logits and labels are; null: on the processor.</param>
internal sealed class LabelConfidence(int count, Device? device = null)
{
    private const double Memory = 0.7; // of the epochs before

    /// <summary>[N] float32 in [0, 1], 0 before the first epoch.</summary>
    public Tensor Values { get; } = zeros([count], float32, device).DetachFromDisposeScope();

    /// <summary>[N] float32: 1 where the label given was predicted when the example was trained on last, else 0.</summary>
    public Tensor Fitted { get; } = zeros([count], float32, device).DetachFromDisposeScope();

    /// <summary>Takes an epoch in, or some examples of one.</summary>
    /// <param name="logits">[M, K].</param>
    /// <param name="labels">[M] int64 given labels, in the order of the logits.</param>
    /// <param name="order">[M] int64 rows that the logits are of.</param>
    /// <param name="isFrozen">Whether only <see cref="Fitted"/> is brought up to date.</param>
    public void Update(Tensor logits, Tensor labels, Tensor order, bool isFrozen)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Fitted.index_copy_(0, order, logits.argmax(1).eq(labels).to(float32));
        if (isFrozen)
        {
            return;
        }

        var own = logits.softmax(1).gather(1, labels.unsqueeze(1)).squeeze(1); // [M]
        var before = Values.index_select(0, order);
        var isFirst = before.max().item<float>() == 0; // there is nothing to average with
        Values.index_copy_(0, order, isFirst ? own : (before * Memory) + (own * (1 - Memory)));
    }
}
