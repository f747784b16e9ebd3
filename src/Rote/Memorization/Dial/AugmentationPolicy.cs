using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Memorization.Dial;

/// <summary>Which examples are shown unaugmented in the release phase. The others are shown as augmented copies: what is learned by rule is
/// to hold for pictures like the example too.</summary>
internal static class AugmentationPolicy
{
    private const double PlainFrom = 0.4; // of the release phase: from here on the unaugmented share grows,
    private const double PlainAt = 0.6; // and here it is the degree asked for

    /// <summary>Fractional part of multiples of the golden ratio: spread evenly over examples and over epochs.</summary>
    private const double GoldenRatio = 0.6180339887;

    /// <summary>Finds them.</summary>
    /// <param name="batch">Which examples.</param>
    /// <param name="targets">The treatment of their labels.</param>
    /// <param name="contradicted">[N] bool: the teacher does not predict the label given.</param>
    /// <param name="target">m asked for, in [0, 1].</param>
    /// <param name="released">Share of the release phase that is over, in [0, 1].</param>
    /// <param name="least">At least this share of all is not augmented, in [0, 1].</param>
    /// <returns>
    /// [B] bool, in the caller's dispose scope. Not augmented: labels to be memorized or suppressed; every second epoch, blocked labels
    /// that the teacher contradicts, so that what is memorized of them already is forgotten sooner; from the middle on a share of the rest
    /// that grows to m*, because augmented copies that a small network does not learn
    /// disturb what it holds by rote.
    /// </returns>
    public static Tensor Plain(TrainingBatch batch, LabelTargets targets, Tensor contradicted, double target, double released, double least)
    {
        using var scope = NewDisposeScope();
        var share = Math.Max(least, target * Math.Clamp((released - PlainFrom) / (PlainAt - PlainFrom), 0, 1));
        var turn = batch.Rows.to(float64).mul(GoldenRatio).add(batch.Epoch * (1 - GoldenRatio)).frac();
        var shares = where(contradicted.index_select(0, batch.Rows), Number(Math.Max(share, 0.5)), Number(share));
        var always = targets.ByRote.index_select(0, batch.Rows).logical_or(targets.Suppressed.index_select(0, batch.Rows));
        return always.logical_or(turn.lt(shares)).MoveToOuterDisposeScope();

        Tensor Number(double value) => tensor(value, float64, batch.Rows.device);
    }
}
