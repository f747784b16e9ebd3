using Rote.Measurement;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Features;

/// <summary>The cost of resetting one layer to its start: it shows where a network keeps what it knows, and where it keeps labels learned
/// by rote.</summary>
/// <remarks>docs/reference/measures/layer-reset.md. Zhang, Bengio and Singer 2019 (arXiv:1902.01996); batch-norm statistics are computed
/// again for the network with the layer reset.</remarks>
/// <param name="Layer">The layer's path.</param>
/// <param name="Clean">Decrease of the share of clean training examples whose label is predicted; NaN if there are none.</param>
/// <param name="Wrong">The same for examples with a wrong label.</param>
public sealed record LayerReset(string Layer, Estimate Clean, Estimate Wrong)
{
    /// <summary>The most examples of each kind.</summary>
    internal const int Most = 1000;

    /// <summary>Resets each layer in turn.</summary>
    /// <param name="network">The trained network; changed during the call and restored at its end.</param>
    /// <param name="start">The same network before its first step.</param>
    /// <param name="inputs">[N, …] whitened training examples in random order.</param>
    /// <param name="given">[N] the labels that it was given.</param>
    /// <param name="isWrong">[N] whether that is wrong.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <returns>One a layer, in the network's order.</returns>
    internal static IReadOnlyList<LayerReset> Of(
        Module<Tensor, Tensor> network,
        Module<Tensor, Tensor> start,
        Tensor inputs,
        long[] given,
        bool[] isWrong,
        CancellationToken cancel = default
    )
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var sample = Sample(isWrong);
        var some = inputs.index_select(0, tensor(Array.ConvertAll(sample, i => (long)i), int64));
        var trained = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        var untrained = start.state_dict();
        try
        {
            BatchStatistics.Remake(network, inputs, cancel);
            var before = Fitted(network, some, sample, given, cancel);
            var resets = new List<LayerReset>();
            foreach (var part in LayerTaps.PartsOf(network))
            {
                Put(network, name => name.StartsWith(part.Prefix, StringComparison.Ordinal) ? untrained[name] : trained[name]);
                BatchStatistics.Remake(network, inputs, cancel);
                var after = Fitted(network, some, sample, given, cancel);
                resets.Add(new LayerReset(part.Name, Fall(wrong: false), Fall(wrong: true)));

                Estimate Fall(bool wrong) => FallOf(before, after, [.. Places(sample.Length).Where(i => isWrong[sample[i]] == wrong)]);
            }

            return resets;
        }
        finally
        {
            Put(network, name => trained[name]);
        }
    }

    /// <summary>A paired difference of two shares: examples that were right and no longer are, minus those that became right.</summary>
    /// <param name="before">[n] right before.</param>
    /// <param name="after">[n] right after.</param>
    /// <param name="among">The examples.</param>
    internal static Estimate FallOf(bool[] before, bool[] after, int[] among) =>
        among.Length == 0
            ? new Estimate(double.NaN, double.NaN, 0)
            : Estimate.Mean([.. among.Select(i => (before[i] ? 1.0 : 0) - (after[i] ? 1 : 0))]);

    /// <summary>The first examples of each kind.</summary>
    private static int[] Sample(bool[] isWrong) =>
        [.. Places(isWrong.Length).Where(i => !isWrong[i]).Take(Most).Concat(Places(isWrong.Length).Where(i => isWrong[i]).Take(Most))];

    private static IEnumerable<int> Places(int count) => Enumerable.Range(0, count);

    private static bool[] Fitted(Module<Tensor, Tensor> network, Tensor inputs, int[] sample, long[] given, CancellationToken cancel) =>
        [.. FeatureNetwork.Classes(network, inputs, cancel).Select((predicted, i) => predicted == given[sample[i]])];

    private static void Put(Module<Tensor, Tensor> network, Func<string, Tensor> value)
    {
        foreach (var (name, tensor) in network.state_dict())
        {
            tensor.copy_(value(name));
        }
    }
}
