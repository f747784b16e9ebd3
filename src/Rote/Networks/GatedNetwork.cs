using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>Two networks of one task, one of which answers where it is sure.</summary>
/// <remarks>Logits are those of the second network where its largest probability is at least 1 − <see cref="Opening"/>, and those of the
/// first elsewhere. An opening below 0 moves the first network's logits away from the second's: (1 − a) · first + a · second.</remarks>
public sealed class GatedNetwork : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> low;
    private readonly Module<Tensor, Tensor> high;

    /// <summary>Puts two networks of the same inputs and classes together; they are this one's from here on.</summary>
    /// <param name="low">The first, to float32 logits [B, K].</param>
    /// <param name="high">The second, to float32 logits [B, K].</param>
    /// <param name="opening">How far the gate to the second is open.</param>
    public GatedNetwork(Module<Tensor, Tensor> low, Module<Tensor, Tensor> high, double opening)
        : base(nameof(GatedNetwork))
    {
        (this.low, this.high, Opening) = (low, high, opening);
        RegisterComponents();
    }

    /// <summary>How far the gate to the second network is open: 0: closed, all but for what it is wholly sure of; 1: it answers
    /// always.</summary>
    public double Opening { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (low.forward(input), high.forward(input));
        var logits =
            Opening < 0
                ? (first * (1 - Opening)) + (second * Opening)
                : where(Sure(second).ge(Surest(Opening)).unsqueeze(1), second, first);
        return logits.MoveToOuterDisposeScope();
    }

    /// <summary>[B] the largest softmax probability.</summary>
    internal static Tensor Sure(Tensor logits) => logits.softmax(1).amax([1]);

    /// <summary>How sure the second network must be to answer, in [0, 1].</summary>
    internal static float Surest(double opening) => (float)(1 - opening);
}
