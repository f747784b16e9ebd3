using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Features;

/// <summary>Recomputes batch-norm statistics for weights that have changed since they were computed.</summary>
internal static class BatchStatistics
{
    /// <summary>The number of batches: running statistics move by a tenth per batch, so 1 % of the old ones is left.</summary>
    private const int Batches = 44;

    /// <summary>Pictures a batch: a map has many pixels, so that these are enough, and a network of convolutions takes half the time of
    /// batches as large as in training.</summary>
    private const int BatchSize = 64;

    /// <summary>Whether a network has batch norm.</summary>
    public static bool Has(Module network) => Norms(network).Any();

    /// <summary>Computes them over batches of examples, in order, and from the first again after the last.</summary>
    /// <param name="network">Left in inference mode; a network without batch norm is not touched.</param>
    /// <param name="inputs">[N, …] whitened training examples in random order, N at least 1.</param>
    /// <param name="cancel">Stops between two batches.</param>
    public static void Remake(Module<Tensor, Tensor> network, Tensor inputs, CancellationToken cancel = default)
    {
        network.eval();
        var norms = Norms(network).ToArray();
        if (norms.Length == 0)
        {
            return;
        }

        using var noGrad = no_grad();
        foreach (var norm in norms)
        {
            norm.train(); // nothing else: dropout stays off
        }

        var size = (int)Math.Min(BatchSize, inputs.shape[0]);
        var whole = (int)inputs.shape[0] / size;
        for (var batch = 0; batch < Batches; batch++)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            network.call(inputs.narrow(0, (long)(batch % whole) * size, size));
        }

        network.eval();
    }

    private static IEnumerable<Module> Norms(Module network) =>
        network.modules().Where(module => module.named_buffers(recurse: false).Any(buffer => buffer.name == "running_var"));
}
