using Rote.Measurement;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Memorization.Dial;

/// <summary>Selects labels by confidence, so that a given share of wrong ones is released. The confidence that this takes is read off the
/// canaries, whose labels are known to be wrong.</summary>
/// <remarks>
/// A label's rank u is the share of steering canaries with less confidence. It is released with probability u^γ, γ = (1 − share) / share,
/// which is the share on average over wrong labels, whose ranks are uniform. A hard threshold would release the same share of the canaries,
/// but of the other wrong labels as much more or less as a sample of canaries is off: at a share of
/// a half, with 237 canaries, by 0.032; u^γ averages over all ranks and is off by 0.019. So the held-out canaries agree with what was
/// asked.
/// Few canaries have coarse ranks. A wrong label has more confidence than all C of them with probability 1/(C + 1), and then it always
/// passes, as the right labels there must. At a share of 0.1 there pass 0.102 of the other wrong labels with 237 canaries, 0.121 with 20
/// and 0.155 with 8; at a half there is no difference.
/// Draws are fixed for a run, so that a released label stays while the share grows. The canaries' own are spread evenly over their ranks,
/// so that as many are released as should be.
/// </remarks>
internal sealed class LabelSelector : IDisposable
{
    private static readonly double GoldenRatio = (Math.Sqrt(5) - 1) / 2;

    private readonly Tensor _draw; // [N] float32 in [0, 1)

    /// <summary>A selector for confidences that no longer change.</summary>
    /// <param name="confidence">[N] float32; still the caller's. The selector works where it is.</param>
    /// <param name="canaries">[C] rows of the steering canaries.</param>
    /// <param name="seeds">The run's randomness; stream <c>gate</c> is drawn.</param>
    public LabelSelector(Tensor confidence, IReadOnlyList<long> canaries, Seeds seeds)
    {
        var values = confidence.OnCpu().data<float>().ToArray();
        var stream = seeds.Stream(SeedStreams.DialGate);
        var draws = values.Select(_ => (float)stream.NextDouble()).ToArray();
        var sorted = canaries.OrderBy(row => values[row]).ThenBy(row => row).ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            draws[sorted[i]] = (float)((0.5 + (i * GoldenRatio)) % 1);
        }

        var levels = sorted.Select(row => (double)values[row]).ToArray();
        using var scope = NewDisposeScope();
        var device = confidence.device;
        Rank = tensor(values.Select(value => (float)Ranks.Below(levels, value)).ToArray(), float32, device).DetachFromDisposeScope();
        _draw = tensor(draws, float32, device).DetachFromDisposeScope();
    }

    /// <summary>[N] float32 in [0, 1]: the share of steering canaries with less confidence than each label; the selector's own.</summary>
    public Tensor Rank { get; }

    /// <summary>Which labels are released.</summary>
    /// <param name="share">Share of wrong labels to release, in [0, 1].</param>
    /// <returns>[N] bool, in the caller's dispose scope.</returns>
    public Tensor Released(double share)
    {
        if (share is <= 0 or >= 1)
        {
            return full(Rank.shape, share >= 1, ScalarType.Bool, Rank.device);
        }

        using var scope = NewDisposeScope();
        return _draw.lt(Rank.pow((1 - share) / share)).MoveToOuterDisposeScope();
    }

    /// <summary>Which labels are suppressed: those of least confidence first, and never one with more confidence than every canary, as
    /// right labels mostly have.</summary>
    /// <param name="share">Share of wrong labels to suppress; none where it is not above 0, all that may be from 1 on.</param>
    /// <returns>[N] bool, in the caller's dispose scope.</returns>
    public Tensor Suppressed(double share)
    {
        if (share is <= 0 or >= 1)
        {
            return share >= 1 ? Rank.lt(1) : zeros(Rank.shape, ScalarType.Bool, Rank.device);
        }

        using var scope = NewDisposeScope();
        return _draw.lt((1 - Rank).pow((1 - share) / share)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Rank.Dispose();
        _draw.Dispose();
    }
}
