using Rote.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Features;

/// <summary>Observes the values between the layers of a network, and may change them.</summary>
/// <remarks>
/// A layer is a child of the network's module that has a matrix or a convolution of its own, also inside lists and sequences. Its
/// values are the input of the next layer: a ReLU, a normalization or a pooling between the two belongs to the first. The values of
/// the last layer are the network's result. Any network of any extension has layers in this sense.
/// </remarks>
internal sealed class LayerTaps : IDisposable
{
    private readonly List<Action> _stop = [];

    private LayerTaps(IReadOnlyList<NetworkPart> parts, Func<int, Tensor, Tensor> between)
    {
        for (var place = 1; place < parts.Count; place++)
        {
            var before = place - 1;
            if (parts[place].Module is MixedLinear linear)
            {
                linear.Entering = values => between(before, values);
                _stop.Add(() => linear.Entering = null);
            }
            else
            {
                var handle = parts[place].Module.register_forward_pre_hook((_, values) => between(before, values));
                _stop.Add(handle.remove);
            }
        }
    }

    /// <summary>Starts observing.</summary>
    /// <param name="network">The network; layers that are called in another order than they are listed in keep their number.</param>
    /// <param name="between">Given the number of a layer, from 0, and its values, [B, D] or [B, C, H, W] of any float type; returns
    /// what the
    /// next layer is given. Not called for the last layer.</param>
    public static LayerTaps On(Module<Tensor, Tensor> network, Func<int, Tensor, Tensor> between) => new(PartsOf(network), between);

    /// <summary>The layers of a network, in its own order.</summary>
    /// <param name="network">The network.</param>
    public static IReadOnlyList<NetworkPart> PartsOf(Module<Tensor, Tensor> network)
    {
        var parts = Below(network, "").ToArray();
        return parts.Length > 0 ? parts : [new NetworkPart("network", "", network)];
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.ForEach(stop => stop());

    private static IEnumerable<NetworkPart> Below(Module module, string prefix)
    {
        foreach (var (name, child) in module.named_children())
        {
            var path = $"{prefix}{name}";
            if (child is not Module<Tensor, Tensor> layer || child is TorchSharp.Modules.Sequential)
            {
                foreach (var part in Below(child, $"{path}."))
                {
                    yield return part;
                }
            }
            else if (layer.parameters().Any(parameter => parameter.dim() >= 2))
            {
                yield return new NetworkPart(path, $"{path}.", layer);
            }
        }
    }
}

/// <summary>A layer of a network.</summary>
/// <param name="Name">Its path in the network's module, as <c>stages.0</c>.</param>
/// <param name="Prefix">What the names of its parameters and buffers begin with, as <c>stages.0.</c>.</param>
/// <param name="Module">The layer itself, which the network owns.</param>
internal sealed record NetworkPart(string Name, string Prefix, Module<Tensor, Tensor> Module)
{
    /// <summary>Its first matrix [out, in] or convolution [out, in, rows, columns].</summary>
    public Tensor Weight => Module.parameters().First(parameter => parameter.dim() >= 2);
}
