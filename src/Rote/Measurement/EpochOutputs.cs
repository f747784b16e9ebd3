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
        var outputs = Blank(epoch, (int)labels.shape[0]);
        outputs.Fill(order, logits, labels);
        return outputs;
    }

    /// <summary>Outputs of an epoch that no example is known of yet: NaN.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="examples">N.</param>
    internal static EpochOutputs Blank(int epoch, int examples)
    {
        return new EpochOutputs
        {
            Epoch = epoch,
            Margin = Unknown(),
            LabelProbability = Unknown(),
            ErrorNorm = Unknown(),
        };

        float[] Unknown()
        {
            var values = new float[examples];
            Array.Fill(values, float.NaN);
            return values;
        }
    }

    /// <summary>Computes the outputs of some examples.</summary>
    /// <param name="order">[M] int64 the example of each row of <paramref name="logits"/>, no two alike.</param>
    /// <param name="logits">[M, K] float32, K at least 2.</param>
    /// <param name="labels">[N] int64 the labels in the order of the data.</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    internal void Fill(Tensor order, Tensor logits, Tensor labels)
    {
        Shape.Require(order, nameof(order), logits.shape[0]);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var column = labels.index_select(0, order).unsqueeze(1); // [M, 1]
        var own = logits.gather(1, column).squeeze(1); // [M]
        var rival = logits.scatter(1, column, full_like(column, float.NegativeInfinity, float32)).amax([1L]); // [M]
        var probabilities = functional.softmax(logits, 1); // [M, K]
        var label = probabilities.gather(1, column).squeeze(1); // [M]

        // Σ p² − p_y² + (1 − p_y)²: the square of the error's norm without a one-hot matrix.
        var error = probabilities.square().sum([1L]).sub_(label.square()).add_((1 - label).square()).clamp_min_(0).sqrt_(); // [M]
        var places = order.OnCpu().data<long>().ToArray();
        Spread(own - rival, places, Margin);
        Spread(label, places, LabelProbability);
        Spread(error, places, ErrorNorm);
    }

    private static void Spread(Tensor values, long[] places, float[] target)
    {
        var row = 0;
        foreach (var value in values.OnCpu().data<float>().ToArray())
        {
            target[places[row++]] = value;
        }
    }
}
