using Rote.Training;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Dial;

/// <summary>What the network said of every training example at the end of the learning phase: the targets of those whose labels do not pass, and of their neighbours.</summary>
/// <param name="count">N training examples.</param>
/// <param name="classes">K.</param>
internal sealed class Teacher(int count, int classes)
{
    /// <summary>Views of an example that are averaged.</summary>
    private const int Views = 2;

    /// <summary>[N, K] float32 probabilities, of examples near the training examples and not of these themselves: those would teach on what the teacher has memorized.</summary>
    public Tensor Targets { get; } = zeros([count, classes], float32).DetachFromDisposeScope();

    /// <summary>Asks a network.</summary>
    /// <param name="network">From inputs to logits; left in evaluation mode.</param>
    /// <param name="data">The training examples.</param>
    /// <param name="neighbours">Makes the views.</param>
    public void Freeze(Module<Tensor, Tensor> network, PreparedData data, Neighbours neighbours)
    {
        using var noGrad = no_grad();
        network.eval();
        Targets.zero_();
        var most = Evaluator.BatchSize(network);
        for (var view = 0; view < Views; view++)
        {
            using var scope = NewDisposeScope();
            neighbours.Begin(-1 - view);
            for (var start = 0; start < data.Count; start += most)
            {
                using var batch = NewDisposeScope();
                var size = Math.Min(most, data.Count - start);
                var rows = arange(start, start + size, int64);
                Targets.narrow(0, start, size).add_(network.forward(neighbours.Of(rows)).softmax(1), 1.0 / Views);
            }
        }
    }
}
