using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>Convolution → batch norm → ReLU; without batch norm the convolution has a bias instead.</summary>
internal sealed class ConvUnit : Module<Tensor, Tensor>
{
    private readonly MixedConv2d conv;
    private readonly MixedBatchNorm? norm;

    /// <summary>Draws the initial parameters.</summary>
    /// <param name="inputs">Input channels, at least 1.</param>
    /// <param name="outputs">Output channels, at least 1.</param>
    /// <param name="kernel">The window; a number is a square one.</param>
    /// <param name="precision">The format of the convolution.</param>
    /// <param name="stride">Rows and columns from one window to the next, at least 1.</param>
    /// <param name="batchNorm">Whether to normalize.</param>
    /// <param name="padding">What happens at the edge.</param>
    public ConvUnit(
        long inputs,
        long outputs,
        KernelSize kernel,
        Precision precision,
        int stride = 1,
        bool batchNorm = true,
        ConvPadding padding = ConvPadding.Same
    )
        : base(nameof(ConvUnit))
    {
        conv = new MixedConv2d(inputs, outputs, kernel, precision, stride, hasBias: !batchNorm, padding);
        norm = batchNorm ? new MixedBatchNorm(outputs) : null;
        if (!batchNorm)
        {
            // Not TensorFlow's start, which halves the signal's variance in every layer: without batch norm to restore it ten layers leave
            // so little that the small Inception found no way down on random labels (1,000 examples of CIFAR-10, 1,184 steps at 0.01: loss
            // 2.25; at 0.1: 2.30).
            conv.InitKaimingNormal();
        }

        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) // [B, in, H, W] -> [B, out, H', W'], as the convolution
    {
        var values = conv.call(input);

        // In place: neither convolution nor batch norm needs its own output in the backward pass.
        return (norm is null ? values : norm.call(values)).relu_();
    }
}
