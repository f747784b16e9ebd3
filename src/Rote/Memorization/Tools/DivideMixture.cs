using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Memorization.Tools;

/// <summary>The mixtures that DivideMix trains a network on in a step.</summary>
/// <param name="Inputs">[V·B, …] the views of a batch, one after the other, each with a share of a partner.</param>
/// <param name="Targets">[V·B, K] rows that sum to 1.</param>
/// <param name="Known">[V·L] int64 those that are more of an example whose label is probably right.</param>
/// <param name="Guessed">[V·U] int64 the others.</param>
internal sealed record DivideMixture(Tensor Inputs, Tensor Targets, Tensor Known, Tensor Guessed)
{
    /// <summary>Mixes.</summary>
    /// <param name="views">V augmented copies of a batch, [B, …] each.</param>
    /// <param name="targets">[B, K] of its examples.</param>
    /// <param name="isRight">[B] bool whether an example's label is probably right.</param>
    /// <param name="share">The share of the example itself, in [0.5, 1].</param>
    /// <param name="stream">Draws the partners.</param>
    /// <returns>Tensors in the caller's dispose scope.</returns>
    public static DivideMixture Of(Tensor[] views, Tensor targets, Tensor isRight, double share, RandomStream stream)
    {
        var (inputs, labels, right) = (cat(views), Repeated(targets), Repeated(isRight));
        var order = Enumerable.Range(0, (int)inputs.shape[0]).Select(i => (long)i).ToArray();
        stream.Shuffle(order.AsSpan());
        var partners = tensor(order, int64, inputs.device);
        return new DivideMixture(Mixed(inputs), Mixed(labels), right.nonzero().flatten(), right.logical_not().nonzero().flatten());

        Tensor Repeated(Tensor one) => cat([.. views.Select(_ => one)]);
        Tensor Mixed(Tensor own) => (own * share) + (own.index_select(0, partners) * (1 - share));
    }

    /// <summary>The loss: cross-entropy where labels are known, the squared distance of probabilities where they are guessed, and the
    /// divergence of the mean prediction from all classes alike.</summary>
    /// <param name="logits">[V·B, K] of <see cref="Inputs"/>.</param>
    /// <param name="guessWeight">λ_u, beside 1 for the others.</param>
    /// <returns>[] in nats, in the caller's dispose scope.</returns>
    public Tensor Loss(Tensor logits, double guessWeight)
    {
        var logs = logits.log_softmax(1);
        var mean = logs.exp().mean([0]).clamp_min(1e-9); // [K]
        var loss = -mean.mul(mean.shape[0]).log().mean(); // Σ π log(π / mean), π = 1 / K
        if (Known.shape[0] > 0)
        {
            loss -= (Targets.index_select(0, Known) * logs.index_select(0, Known)).sum(1).mean();
        }

        return Guessed.shape[0] > 0
            ? loss + (guessWeight * (logs.index_select(0, Guessed).exp() - Targets.index_select(0, Guessed)).square().mean())
            : loss;
    }
}
