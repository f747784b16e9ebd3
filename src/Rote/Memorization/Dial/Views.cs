using Rote.Training;

using static TorchSharp.torch;

namespace Rote.Memorization.Dial;

/// <summary>Which examples are shown as they are in the release phase. The others are shown as neighbours: what is learned by rule is to hold for pictures like the example too.</summary>
internal static class Views
{
    private const double PlainFrom = 0.4; // of the release phase: from here on the share that is shown as it is grows,
    private const double PlainAt = 0.6;   // and here it is the degree asked for

    /// <summary>Fractional part of multiples of the golden ratio: spread evenly over examples and over epochs.</summary>
    private const double GoldenRatio = 0.6180339887;

    /// <summary>Finds them.</summary>
    /// <param name="batch">Which examples.</param>
    /// <param name="fates">What becomes of their labels.</param>
    /// <param name="contradicted">[N] bool: the teacher would not say the label given.</param>
    /// <param name="target">m asked for, in [0, 1].</param>
    /// <param name="released">Share of the release phase that is over, in [0, 1].</param>
    /// <returns>
    /// [B] bool, in the caller's dispose scope. The very picture is shown where its label is to be memorized or suppressed; every other epoch where the label is neither said nor what
    /// the teacher says, for what is memorized of it already is forgotten sooner; and from the middle on of all a share that grows to m*: what by rote is held must not be disturbed
    /// by views that a small network does not learn.
    /// </returns>
    public static Tensor Plain(TrainingBatch batch, LabelFates fates, Tensor contradicted, double target, double released)
    {
        using var scope = NewDisposeScope();
        var share = target * Math.Clamp((released - PlainFrom) / (PlainAt - PlainFrom), 0, 1);
        var turn = batch.Rows.to(float64).mul(GoldenRatio).add(batch.Epoch * (1 - GoldenRatio)).frac();
        var least = where(contradicted.index_select(0, batch.Rows), Math.Max(share, 0.5), share);
        var always = fates.ByRote.index_select(0, batch.Rows).logical_or(fates.Suppressed.index_select(0, batch.Rows));
        return always.logical_or(turn.lt(least)).MoveToOuterDisposeScope();
    }
}
