using Rote.Measurement;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Features;

/// <summary>The share of a network's weights that can be cut, the smallest first, for one percentage point of accuracy.</summary>
/// <remarks>docs/reference/measures/pruning.md. Magnitude pruning over all layers at once, without training afterwards (Han et al. 2015,
/// arXiv:1506.02626, before its retraining).</remarks>
public sealed record PruningSummary
{
    /// <summary>The fall that is allowed.</summary>
    public const double Allowed = 0.01;

    /// <summary>The most examples that accuracy is measured on.</summary>
    internal const int Examples = 1000;

    private const int Steps = 7;

    /// <summary>The share of the weights cut, in [0, 1); its error is half the last step of the search, and none of the
    /// examples: another thousand of them may give another share.</summary>
    public required Estimate Share { get; init; }

    /// <summary>Share of the training examples whose given label is predicted by the whole network.</summary>
    public required Estimate Before { get; init; }

    /// <summary>The same with that share of the weights cut.</summary>
    public required Estimate After { get; init; }

    /// <summary>Cuts.</summary>
    /// <param name="network">Changed in between and as before afterwards.</param>
    /// <param name="inputs">[N, …] whitened training examples in random order.</param>
    /// <param name="given">[N] the labels that it was given.</param>
    /// <param name="cancel">Stops between two batches.</param>
    internal static PruningSummary Of(Module<Tensor, Tensor> network, Tensor inputs, long[] given, CancellationToken cancel = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var count = Math.Min(Examples, given.Length);
        var (some, all) = (inputs.narrow(0, 0, count), Enumerable.Range(0, count).ToArray());
        var weights = network.parameters().Where(parameter => parameter.dim() >= 2).ToArray();
        var whole = weights.Select(weight => weight.clone()).ToArray();
        var sizes = cat([.. whole.Select(weight => weight.abs().flatten())], 0).sort().Values; // [W] ascending
        try
        {
            var before = Accuracy();
            var (low, high, after) = (0.0, 1.0, before);
            for (var step = 0; step < Steps; step++)
            {
                var share = (low + high) / 2;
                Cut(sizes[(long)(share * (sizes.shape[0] - 1))]);
                var found = Accuracy();
                if (found.Value >= before.Value - Allowed)
                {
                    (low, after) = (share, found);
                }
                else
                {
                    high = share;
                }
            }

            return new PruningSummary
            {
                Share = new Estimate(low, (high - low) / 2, (int)Math.Min(int.MaxValue, sizes.shape[0])),
                Before = before,
                After = after,
            };
        }
        finally
        {
            Cut(null);
        }

        Estimate Accuracy() => FeatureNetwork.Agreement(FeatureNetwork.Classes(network, some, cancel), given, all);

        void Cut(Tensor? below)
        {
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i].copy_(below is null ? whole[i] : whole[i] * whole[i].abs().gt(below));
            }
        }
    }
}
