using Rote.Measurement;
using Rote.Tensors;

using static TorchSharp.torch;

namespace Rote.Memorization.Dial;

/// <summary>Lets labels through by trust, so that a given share of wrong ones passes; how much trust that takes is read off the canaries, whose labels are known to be wrong.</summary>
/// <remarks>
/// A label's rank u is the share of control canaries that are trusted less. It passes with probability u^γ, γ = (1 − share) / share, which is the share on average over wrong labels,
/// whose ranks are uniform. A hard threshold would pass the same share of the canaries, but of the other wrong labels as much more or less as a sample of canaries is off: at a share of
/// a half, with 237 canaries, by 0.032; u^γ averages over all ranks and is off by 0.019. That is what lets the audit canaries agree with what was asked.
/// Draws are fixed for a run, so that a label that has passed stays while the share grows. The canaries' own are spread evenly over their ranks, so that as many pass as should.
/// </remarks>
internal sealed class Gate : IDisposable
{
    private static readonly double GoldenRatio = (Math.Sqrt(5) - 1) / 2;

    private readonly Tensor _draw; // [N] float32 in [0, 1)

    /// <summary>A gate for trust that no longer changes.</summary>
    /// <param name="trust">[N] float32; still the caller's.</param>
    /// <param name="canaries">[C] rows of the control canaries.</param>
    /// <param name="seeds">The run's randomness; stream <c>gate</c> is drawn.</param>
    public Gate(Tensor trust, IReadOnlyList<long> canaries, Seeds seeds)
    {
        var values = trust.data<float>().ToArray();
        var stream = seeds.Stream(SeedStreams.DialGate);
        var draws = values.Select(_ => (float)stream.NextDouble()).ToArray();
        var sorted = canaries.OrderBy(row => values[row]).ThenBy(row => row).ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            draws[sorted[i]] = (float)((0.5 + (i * GoldenRatio)) % 1);
        }

        var levels = sorted.Select(row => (double)values[row]).ToArray();
        using var scope = NewDisposeScope();
        Rank = tensor(values.Select(value => (float)Ranks.Below(levels, value)).ToArray(), float32).DetachFromDisposeScope();
        _draw = tensor(draws, float32).DetachFromDisposeScope();
    }

    /// <summary>[N] float32 in [0, 1]: the share of control canaries that is trusted less than each label; the gate's own.</summary>
    public Tensor Rank { get; }

    /// <summary>Which labels pass.</summary>
    /// <param name="share">Share of wrong labels that is to pass, in [0, 1].</param>
    /// <returns>[N] bool, in the caller's dispose scope.</returns>
    public Tensor Open(double share)
    {
        if (share is <= 0 or >= 1)
        {
            return full(Rank.shape, share >= 1, dtype: ScalarType.Bool);
        }

        using var scope = NewDisposeScope();
        return _draw.lt(Rank.pow((1 - share) / share)).MoveToOuterDisposeScope();
    }

    /// <summary>Which labels are kept out by force: the least trusted first, and never one that is trusted more than every canary, as right labels mostly are.</summary>
    /// <param name="share">Share of wrong labels that is kept out; none where it is not above 0, all that may be from 1 on.</param>
    /// <returns>[N] bool, in the caller's dispose scope.</returns>
    public Tensor Shut(double share)
    {
        if (share is <= 0 or >= 1)
        {
            return share >= 1 ? Rank.lt(1) : zeros(Rank.shape, dtype: ScalarType.Bool);
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
