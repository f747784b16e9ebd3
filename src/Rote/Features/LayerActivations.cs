using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Features;

/// <summary>The values of every layer of a network for the same examples.</summary>
public sealed class LayerActivations : IDisposable
{
    private LayerActivations(IReadOnlyList<LayerValues> layers, long[] predicted) => (Layers, Predicted) = (layers, predicted);

    /// <summary>The input first, then the layers in the network's order; the last are the logits.</summary>
    public IReadOnlyList<LayerValues> Layers { get; }

    /// <summary>[N] the class that the network predicts: that of the largest logit, before any pooling.</summary>
    internal long[] Predicted { get; }

    /// <summary>Runs a network on examples and records its layers.</summary>
    /// <param name="network">From inputs to logits [B, K]; left in inference mode.</param>
    /// <param name="inputs">[N, H, W, C] whitened images or [N, D] vectors, in the network's precision, N at least 1.</param>
    /// <param name="seeds">Streams <c>features/projection</c> are drawn, one a layer: two networks of the same layers are projected on the
    /// same directions.</param>
    /// <param name="done">Told the number of examples done.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <returns>The values, which the caller owns: at most N · 512 float32 a layer.</returns>
    /// <exception cref="InputException">A value is not a finite number.</exception>
    public static LayerActivations Of(
        Module<Tensor, Tensor> network,
        Tensor inputs,
        Seeds seeds,
        Action<int>? done = null,
        CancellationToken cancel = default
    )
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        network.eval();
        var parts = LayerTaps.PartsOf(network);
        var collected = new Collector(parts, (int)inputs.shape[0], seeds);
        using var taps = LayerTaps.On(network, collected.Take);
        var (size, predicted) = (Evaluator.BatchSize(network), new long[inputs.shape[0]]);
        for (var start = 0; start < inputs.shape[0]; start += size)
        {
            cancel.ThrowIfCancellationRequested();
            using var batch = NewDisposeScope();
            var count = (int)Math.Min(size, inputs.shape[0] - start);
            var given = inputs.narrow(0, start, count);
            collected.Begin(start, count);
            collected.Take(-1, given.dim() == 4 ? given.permute(0, 3, 1, 2) : given);
            var logits = collected.Take(parts.Count - 1, network.call(given)); // [B, K]
            logits.argmax(1).data<long>().ToArray().CopyTo(predicted, start);
            done?.Invoke(start + count);
        }

        return new LayerActivations(collected.Layers(), predicted);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var layer in Layers)
        {
            layer.Values.Dispose();
        }
    }

    /// <summary>Gathers the batches of every layer, the input being layer −1.</summary>
    private sealed class Collector(IReadOnlyList<NetworkPart> parts, int examples, Seeds seeds)
    {
        private readonly Tensor?[] _values = new Tensor?[parts.Count + 1];
        private readonly Tensor?[] _projections = new Tensor?[parts.Count + 1];
        private readonly long[]?[] _shapes = new long[]?[parts.Count + 1];
        private int _start;
        private int _count;

        public void Begin(int start, int count) => (_start, _count) = (start, count);

        public Tensor Take(int layer, Tensor values)
        {
            using var scope = NewDisposeScope();
            var at = layer + 1;
            var pooled = LayerPooling.Of(
                values,
                ref _projections[at],
                width => LayerPooling.Projection(width, seeds.Stream(SeedStreams.FeatureProjection, at))
            );
            Shape.Require(pooled, "activations", _count, -1);
            _shapes[at] ??= values.shape[1..];
            _values[at] ??= empty([examples, pooled.shape[1]], float32).DetachFromDisposeScope();
            _values[at]!.narrow(0, _start, _count).copy_(pooled);
            return values;
        }

        public LayerValues[] Layers()
        {
            foreach (var projection in _projections)
            {
                projection?.Dispose();
            }

            var layers = Enumerable
                .Range(0, _values.Length)
                .Where(at => _values[at] is not null) // a part that nobody called has no values
                .Select(at => new LayerValues(at == 0 ? "input" : parts[at - 1].Name, _shapes[at]!, _values[at]!))
                .ToArray();
            if (layers.FirstOrDefault(layer => !layer.Values.isfinite().all().item<bool>()) is { } broken)
            {
                Array.ForEach(layers, layer => layer.Values.Dispose());
                throw new InputException(
                    $"The layer {broken.Name} gives values that are not finite numbers: the network's training diverged, or its "
                        + $"weights are "
                        + $"damaged; train again."
                );
            }

            return layers;
        }
    }
}

/// <summary>One layer's values for examples.</summary>
/// <param name="Name">The layer's path in the network's module, as <c>stages.0</c>; <c>input</c> for what enters the first.</param>
/// <param name="Shape">Sizes of its values for one example: [C, H, W] or [D].</param>
/// <param name="Values">[N, D] float32, D at most 512, pooled.</param>
public sealed record LayerValues(string Name, IReadOnlyList<long> Shape, Tensor Values)
{
    /// <summary>How the values were pooled, in words.</summary>
    public string Pooling => LayerPooling.Describe([.. Shape]);
}
