using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>Two networks whose logits are mixed: (1 − a) · low + a · high.</summary>
public sealed class LogitMixture : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> low;
    private readonly Module<Tensor, Tensor> high;

    /// <summary>Mixes two networks of the same inputs and classes; they are this one's from here on.</summary>
    /// <param name="low">To float32 logits [B, K].</param>
    /// <param name="high">To float32 logits [B, K].</param>
    /// <param name="share">a; below 0 the first network is moved away from the second.</param>
    public LogitMixture(Module<Tensor, Tensor> low, Module<Tensor, Tensor> high, double share)
        : base(nameof(LogitMixture))
    {
        (this.low, this.high, Share) = (low, high, share);
        RegisterComponents();
    }

    /// <summary>a, the share of the second network.</summary>
    public double Share { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return ((low.forward(input) * (1 - Share)) + (high.forward(input) * Share)).MoveToOuterDisposeScope();
    }
}
