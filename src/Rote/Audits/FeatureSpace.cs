using Rote.Networks;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Audits;

/// <summary>Where examples lie for a network: what enters its <see cref="NetworkSpec.FeatureLayer"/>, or the example itself where it has
/// none.</summary>
internal sealed class FeatureSpace : IDisposable
{
    private readonly PreparedData _data;
    private readonly Action? _stopListening;
    private Tensor? _values;
    private Tensor? _batch;

    private FeatureSpace(Module<Tensor, Tensor> network, string? layer, PreparedData data)
    {
        _data = data;
        if (layer is not null)
        {
            var child =
                network.named_children().FirstOrDefault(child => child.name == layer).module as Module<Tensor, Tensor>
                ?? throw new InvalidOperationException(
                    $"The network has no layer '{layer}' of one input and one output, which it names as that of its features."
                );
            var handle = child.register_forward_pre_hook(
                (_, input) =>
                {
                    _batch = input;
                    return input;
                }
            );
            _stopListening = handle.remove;
        }
    }

    /// <summary>[N, D] once every batch was taken.</summary>
    public Tensor Values => _values ?? _data.Inputs.flatten(1);

    /// <summary>Listens to a network.</summary>
    /// <param name="network">The network, which is then called with every batch of the data.</param>
    /// <param name="layer">As <see cref="NetworkSpec.FeatureLayer"/>.</param>
    /// <param name="data">The data.</param>
    public static FeatureSpace Of(Module<Tensor, Tensor> network, string? layer, PreparedData data) => new(network, layer, data);

    /// <summary>Keeps what the last call brought.</summary>
    /// <param name="start">The batch's first example.</param>
    /// <param name="count">Examples of the batch.</param>
    public void Take(int start, int count)
    {
        if (_stopListening is not null)
        {
            using var batch = _batch!.flatten(1);
            Shape.Require(batch, "features", count, -1);
            _values ??= empty([_data.Count, batch.shape[1]], float32, batch.device).DetachFromDisposeScope();
            _values.narrow(0, start, count).copy_(batch);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopListening?.Invoke();
        _values?.Dispose();
    }
}
