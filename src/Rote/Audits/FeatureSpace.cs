using Rote.Tensors;
using Rote.Training;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Audits;

/// <summary>Where examples lie for a network: what enters its last layer, for a residual network; for an MLP what enters its first, the example itself.</summary>
/// <remarks>An MLP's hidden layer would separate the training labels, right or wrong; its input does not know them.</remarks>
internal sealed class FeatureSpace : IDisposable
{
    private const string LastLayer = "fc";

    private readonly PreparedData _data;
    private readonly Action? _stopListening;
    private Tensor? _values;
    private Tensor? _batch;

    private FeatureSpace(Module<Tensor, Tensor> network, PreparedData data)
    {
        _data = data;
        if (network.named_children().FirstOrDefault(child => child.name == LastLayer).module is Module<Tensor, Tensor> last)
        {
            var handle = last.register_forward_pre_hook((_, input) =>
            {
                _batch = input;
                return input;
            });
            _stopListening = handle.remove;
        }
    }

    /// <summary>[N, D] once every batch was taken.</summary>
    public Tensor Values => _values ?? _data.Inputs.flatten(1);

    /// <summary>Listens to a network.</summary>
    /// <param name="network">The network, which is then called with every batch of the data.</param>
    /// <param name="data">The data.</param>
    public static FeatureSpace Of(Module<Tensor, Tensor> network, PreparedData data) => new(network, data);

    /// <summary>Keeps what the last call brought.</summary>
    /// <param name="start">The batch's first example.</param>
    /// <param name="count">Examples of the batch.</param>
    public void Take(int start, int count)
    {
        if (_stopListening is not null)
        {
            Shape.Require(_batch!, "features", count, -1);
            _values ??= empty([_data.Count, _batch!.shape[1]], float32).DetachFromDisposeScope();
            _values.narrow(0, start, count).copy_(_batch!);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopListening?.Invoke();
        _values?.Dispose();
    }
}
