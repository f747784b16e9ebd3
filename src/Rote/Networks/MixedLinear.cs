using Rote.Tensors;

using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>A fully connected layer that computes in a chosen precision and keeps float32 parameters: y = x Wᵀ + b.</summary>
/// <remarks>
/// Weight and bias are cast inside <see cref="forward"/>, so autograd casts their gradients back: the optimizer sees float32 alone.
/// Names and initialization are those of torch.nn.Linear: both uniform in ±1/√in, drawn from libtorch's default generator.
/// </remarks>
internal sealed class MixedLinear : Module<Tensor, Tensor>
{
    private readonly Precision precision;
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <summary>Draws the initial parameters.</summary>
    /// <param name="inputs">Values an example has coming in, at least 1.</param>
    /// <param name="outputs">Values it has going out, at least 1.</param>
    /// <param name="precision">The format of the matrix product.</param>
    public MixedLinear(long inputs, long outputs, Precision precision)
        : base(nameof(MixedLinear))
    {
        this.precision = precision;

        var drawn = Linear(inputs, outputs); // only for its parameters: this layer owns them from here on
        (weight, bias) = (drawn.weight!, drawn.bias!);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) // [B, in] of any float type -> [B, out] of the precision's type
    {
        var type = precision.Type();
        return functional.linear(input.to(type), weight.to(type), bias.to(type));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            weight.Dispose();
            bias.Dispose();
        }

        base.Dispose(disposing);
    }
}
