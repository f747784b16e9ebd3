using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Dial;

/// <summary>What the network predicted for every training example at the end of the learning phase: the targets of those whose labels are
/// not released, and of their augmented copies.</summary>
/// <param name="count">N training examples.</param>
/// <param name="classes">K.</param>
/// <param name="device">Where network and data are; null: on the processor.</param>
internal sealed class Teacher(int count, int classes, Device? device = null)
{
    /// <summary>Augmented copies of an example that are averaged.</summary>
    private const int Copies = 2;

    /// <summary>[N, K] float32 probabilities, for augmented copies of the training examples, not for the examples themselves: their
    /// predictions would pass on what the teacher has memorized.</summary>
    public Tensor Targets { get; } = zeros([count, classes], float32, device).DetachFromDisposeScope();

    /// <summary>Predicts with a network.</summary>
    /// <param name="network">From inputs to logits; left in evaluation mode.</param>
    /// <param name="data">The training examples.</param>
    /// <param name="copies">Makes them.</param>
    public void Freeze(Module<Tensor, Tensor> network, PreparedData data, AugmentedCopies copies)
    {
        using var noGrad = no_grad();
        network.eval();
        Targets.zero_();
        var most = Evaluator.BatchSize(network);
        for (var copy = 0; copy < Copies; copy++)
        {
            using var scope = NewDisposeScope();
            copies.Begin(-1 - copy);
            for (var start = 0; start < data.Count; start += most)
            {
                using var batch = NewDisposeScope();
                var size = Math.Min(most, data.Count - start);
                var rows = arange(start, start + size, int64, device);
                Targets.narrow(0, start, size).add_(network.forward(copies.Of(rows)).softmax(1), 1.0 / Copies);
            }
        }
    }
}
