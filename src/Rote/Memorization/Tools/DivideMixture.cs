using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Memorization.Tools;

/// <summary>The mixtures that DivideMix trains a network on in a step.</summary>
/// <param name="Inputs">[2B, …] first those that are more of an example whose label is probably right.</param>
/// <param name="Targets">[2B, K] rows that sum to 1.</param>
/// <param name="Known">How many of them these are.</param>
internal sealed record DivideMixture(Tensor Inputs, Tensor Targets, long Known)
{
    /// <summary>Mixes.</summary>
    /// <param name="views">Two augmented copies of a batch, [B, …] each.</param>
    /// <param name="targets">[B, K] of its examples.</param>
    /// <param name="known">[L] int64 places of those whose label is probably right.</param>
    /// <param name="guessed">[U] int64 the other places.</param>
    /// <param name="share">The share of the example itself, in [0.5, 1].</param>
    /// <param name="stream">Draws the partners.</param>
    public static DivideMixture Of(Tensor[] views, Tensor targets, Tensor known, Tensor guessed, double share, RandomStream stream)
    {
        Tensor[] places = [known, guessed];
        var inputs = cat([.. places.SelectMany(some => views.Select(view => view.index_select(0, some)))]);
        var labels = cat([.. places.SelectMany(some => views.Select(_ => targets.index_select(0, some)))]);
        var order = Enumerable.Range(0, (int)inputs.shape[0]).Select(i => (long)i).ToArray();
        stream.Shuffle(order.AsSpan());
        var partners = tensor(order, int64, inputs.device);
        return new DivideMixture(Mixed(inputs), Mixed(labels), views.Length * known.shape[0]);

        Tensor Mixed(Tensor own) => (own * share) + (own.index_select(0, partners) * (1 - share));
    }

    /// <summary>The loss: cross-entropy where labels are known, the squared distance of probabilities where they are guessed, and the
    /// divergence of the mean prediction from all classes alike.</summary>
    /// <param name="logits">[2B, K] of <see cref="Inputs"/>.</param>
    /// <param name="guessWeight">λ_u, beside 1 for the others.</param>
    public Tensor Loss(Tensor logits, double guessWeight)
    {
        var (guesses, logs) = (logits.shape[0] - Known, logits.log_softmax(1));
        var mean = logs.exp().mean([0]).clamp_min(1e-9); // [K]
        var loss = -mean.mul(mean.shape[0]).log().mean(); // Σ π log(π / mean), π = 1 / K
        if (Known > 0)
        {
            loss -= (Targets.narrow(0, 0, Known) * logs.narrow(0, 0, Known)).sum(1).mean();
        }

        return guesses > 0
            ? loss + (guessWeight * (logs.narrow(0, Known, guesses).exp() - Targets.narrow(0, Known, guesses)).square().mean())
            : loss;
    }
}
