using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>Batch normalization of images in any float format, with a learned shift and no learned scale: y = (x − mean) / √(variance + ε)
/// + bias.</summary>
/// <remarks>
/// Parameters and running statistics are float32, and so are the sums inside libtorch's kernel. Names are those of torch.nn.BatchNorm2d,
/// without weight.
/// Shift only is the default of TensorFlow's slim library, and what makes the paper's parameter counts come out (Zhang et al. 2017, Table
/// 1): a layer of weights follows every ReLU, so a scale would add nothing it cannot do. ε = 0.001 is slim's too. The running statistics
/// move by 0.1 a step (PyTorch's default; the paper gives none, slim's 0.001 needs thousands of steps before an evaluation means anything).
/// Source: Ioffe and Szegedy 2015, arXiv:1502.03167.
/// </remarks>
internal sealed class MixedBatchNorm : Module<Tensor, Tensor>
{
    /// <summary>ε, added to the variance.</summary>
    public const double Epsilon = 0.001;

    /// <summary>Share of a batch's statistics in the new running ones.</summary>
    public const double Momentum = 0.1;

    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;
    private readonly Tensor num_batches_tracked;

    /// <summary>Starts with shift 0, mean 0 and variance 1.</summary>
    /// <param name="channels">Channels normalized, each by itself; at least 1.</param>
    public MixedBatchNorm(long channels)
        : base(nameof(MixedBatchNorm))
    {
        bias = new Parameter(zeros(channels));
        running_mean = zeros(channels).DetachFromDisposeScope();
        running_var = ones(channels).DetachFromDisposeScope();
        num_batches_tracked = zeros([], int64).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) // [B, C, H, W] -> the same shape, type and layout
    {
        if (training)
        {
            num_batches_tracked.add_(1);
        }

        // In training mode libtorch writes the running statistics in place, the variance with Bessel's correction: of one value a channel
        // that is 0 / 0, which would stay. So a last batch of one picture, where it has shrunk to one pixel, is normalized as in
        // evaluation.
        var isSample = training && input.numel() > input.shape[1];
        return functional.batch_norm(input, running_mean, running_var, weight: null, bias, isSample, Momentum, Epsilon);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            bias.Dispose();
            running_mean.Dispose();
            running_var.Dispose();
            num_batches_tracked.Dispose();
        }

        base.Dispose(disposing);
    }
}
