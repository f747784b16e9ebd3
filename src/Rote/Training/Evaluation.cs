using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training;

/// <summary>A pass over a set with fixed weights, in inference mode.</summary>
public static class Evaluation
{
    /// <summary>Large enough that matrix products run at full rate, small enough that activations of the convolutional networks stay in the cache:
    /// 1000 took the small Inception 40 % longer, 250 the MLP.</summary>
    internal const int BatchSize = 500;

    /// <summary>Counts right predictions.</summary>
    /// <param name="network">From inputs to logits; left in evaluation mode.</param>
    /// <param name="data">What to predict.</param>
    /// <returns>How many examples' largest logit is that of their label, in [0, data.Count].</returns>
    public static long CountCorrect(Module<Tensor, Tensor> network, PreparedData data)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        network.eval();
        var correct = zeros([], int64);
        for (var start = 0; start < data.Count; start += BatchSize)
        {
            using var batch = NewDisposeScope();
            var count = Math.Min(BatchSize, data.Count - start);
            var logits = network.forward(data.Inputs.narrow(0, start, count));       // [B, K]
            correct.add_(CorrectIn(logits, data.Labels.narrow(0, start, count)));
        }

        return correct.item<long>();
    }

    /// <summary>Right predictions in a batch, on the device.</summary>
    /// <param name="logits">[B, K].</param>
    /// <param name="labels">[B] int64.</param>
    /// <returns>[] int64, in the caller's dispose scope.</returns>
    internal static Tensor CorrectIn(Tensor logits, Tensor labels) => logits.argmax(1).eq(labels).sum(0L);
}
