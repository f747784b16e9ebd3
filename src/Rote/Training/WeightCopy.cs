using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training;

/// <summary>A copy of a network's weights and buffers: of the best epoch so far under early stopping, of the network that memorizes
/// little under adjustable memorization.</summary>
/// <param name="network">Gives names, shapes and dtypes; the copy is zero until <see cref="Remember"/>.</param>
internal sealed class WeightCopy(Module network) : IDisposable
{
    private readonly (string Name, Tensor Value)[] _tensors =
    [
        .. network.state_dict().Select(p => (p.Key, zeros_like(p.Value).requires_grad_(false).DetachFromDisposeScope())),
    ];

    /// <summary>The copies by the network's names.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Tensors => _tensors;

    /// <summary>Copies the network's weights and buffers as they are now.</summary>
    public void Remember(Module network) => Copy(network, fromNetwork: true);

    /// <summary>Gives them back to the network.</summary>
    public void PutInto(Module network) => Copy(network, fromNetwork: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, value) in _tensors)
        {
            value.Dispose();
        }
    }

    private void Copy(Module network, bool fromNetwork)
    {
        using var noGrad = no_grad();
        var live = network.state_dict();
        foreach (var (name, copy) in _tensors)
        {
            var (target, source) = fromNetwork ? (copy, live[name]) : (live[name], copy);
            target.copy_(source);
        }
    }
}
