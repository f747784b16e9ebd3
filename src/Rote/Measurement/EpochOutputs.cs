using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Measurement;

/// <summary>A network's outputs for each training example in one epoch, at the moment it was trained on. All arrays have one entry per
/// example, in the order of the data.</summary>
/// <remarks>Measures of training dynamics are sums of these numbers. They are computed once per epoch and dropped after the measures have
/// read them, so memory does not grow with the epochs.</remarks>
public sealed record EpochOutputs
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>[N] the label's logit minus the largest of the others, in logit units.</summary>
    public required float[] Margin { get; init; }

    /// <summary>[N] softmax probability of the label, in [0, 1].</summary>
    public required float[] LabelProbability { get; init; }

    /// <summary>[N] Euclidean norm of the softmax probabilities minus the one-hot label, in [0, √2].</summary>
    public required float[] ErrorNorm { get; init; }

    /// <summary>Number of examples N.</summary>
    public int Count => Margin.Length;

    /// <summary>Whether the label had the largest logit; a tie counts as wrong.</summary>
    /// <param name="example">In [0, <see cref="Count"/>).</param>
    /// <returns>True for a right prediction.</returns>
    public bool IsRight(int example) => Margin[example] > 0;

    /// <summary>Computes the outputs from an epoch's logits.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="order">[N] int64 the example of each row of <paramref name="logits"/>: a permutation.</param>
    /// <param name="logits">[N, K] float32, K at least 2.</param>
    /// <param name="labels">[N] int64 the labels in the order of the data.</param>
    /// <returns>One entry per example, in the order of the data. O(N·K); results cross to managed memory once.</returns>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public static EpochOutputs Of(int epoch, Tensor order, Tensor logits, Tensor labels)
    {
        Shape.Require(logits, nameof(logits), labels.shape[0], -1);
        Shape.Require(order, nameof(order), labels.shape[0]);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var sorted = empty_like(logits); // [N, K] in the order of the data
        sorted.index_copy_(0, order, logits);
        var column = labels.unsqueeze(1); // [N, 1]
        var own = sorted.gather(1, column).squeeze(1); // [N]
        var rival = sorted.scatter(1, column, full_like(column, float.NegativeInfinity, float32)).amax([1L]); // [N]
        var probabilities = functional.softmax(sorted, 1); // [N, K]
        var label = probabilities.gather(1, column).squeeze(1); // [N]

        // Σ p² − p_y² + (1 − p_y)²: the square of the error's norm without a one-hot matrix.
        var error = probabilities.square().sum([1L]).sub_(label.square()).add_((1 - label).square()).clamp_min_(0).sqrt_(); // [N]
        return new EpochOutputs
        {
            Epoch = epoch,
            Margin = (own - rival).OnCpu().data<float>().ToArray(),
            LabelProbability = label.OnCpu().data<float>().ToArray(),
            ErrorNorm = error.OnCpu().data<float>().ToArray(),
        };
    }
}
