using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization;

/// <summary>What adjustable memorization adds to the network that memorizes all.</summary>
/// <param name="Low">The network that memorizes little; this record's.</param>
/// <param name="Degrees">How far the gate between both is open for which degree.</param>
internal sealed record AdjustedNetworks(Module<Tensor, Tensor> Low, DegreeTable Degrees) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Low.Dispose();
}
