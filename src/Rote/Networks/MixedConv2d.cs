using Rote.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>A convolution with TensorFlow's padding that computes in a chosen precision and keeps float32 parameters.</summary>
/// <remarks>
/// Weight and bias are cast inside <see cref="forward"/>, so autograd casts their gradients back: the optimizer sees float32 alone.
/// The result has the memory layout of the input; channels-last is the fast one. Names are those of torch.nn.Conv2d.
/// Initialization is that of TensorFlow's layers: weights uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010), biases 0.
/// </remarks>
internal sealed class MixedConv2d : Module<Tensor, Tensor>
{
    private readonly Precision precision;
    private readonly int stride;
    private readonly ConvPadding padding;
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <summary>Draws the initial parameters.</summary>
    /// <param name="inputs">Input channels, at least 1.</param>
    /// <param name="outputs">Output channels, at least 1.</param>
    /// <param name="kernel">The window; a number is a square one.</param>
    /// <param name="precision">The format of the products.</param>
    /// <param name="stride">Rows and columns from one window to the next, at least 1.</param>
    /// <param name="hasBias">Whether a learned number is added to each channel; a batch norm after it makes that useless.</param>
    /// <param name="padding">What happens at the edge.</param>
    public MixedConv2d(
        long inputs,
        long outputs,
        KernelSize kernel,
        Precision precision,
        int stride = 1,
        bool hasBias = false,
        ConvPadding padding = ConvPadding.Same
    )
        : base(nameof(MixedConv2d))
    {
        this.precision = precision;
        this.stride = stride;
        this.padding = padding;
        weight = new Parameter(init.xavier_uniform_(empty(outputs, inputs, kernel.Rows, kernel.Columns)));
        bias = hasBias ? new Parameter(zeros(outputs)) : null;
        RegisterComponents();
    }

    /// <inheritdoc/>
    // [B, in, H, W] of any float type -> [B, out, H', W'] of the precision's type; under SAME padding H' is ⌈H/stride⌉
    public override Tensor forward(Tensor input)
    {
        var type = precision.Type();
        var (padded, symmetric) =
            padding == ConvPadding.Same
                ? SamePadding.Zeros(input.to(type), new KernelSize(weight.shape[2], weight.shape[3]), stride)
                : (input.to(type), [0, 0]);
        return CheckedConvolution.Of(padded, weight.to(type), bias?.to(type), stride, symmetric);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            weight.Dispose();
            bias?.Dispose();
        }

        base.Dispose(disposing);
    }
}
