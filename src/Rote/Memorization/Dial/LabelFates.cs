using static TorchSharp.torch;

namespace Rote.Memorization.Dial;

/// <summary>What becomes of each label in an epoch of the release phase. It follows from the gate, the share that is to pass, and the teacher.</summary>
internal sealed class LabelFates : IDisposable
{
    /// <summary>Labels suppressed for every label fewer that is to be hit: few of those that are suppressed were hit.</summary>
    private const double SuppressionGain = 3;

    /// <param name="gate">Which labels pass.</param>
    /// <param name="share">Share of wrong labels that is to pass, in [−1, 1]; below 0 to be suppressed.</param>
    /// <param name="contradicted">[N] bool: the teacher would say something else; still the caller's.</param>
    public LabelFates(Gate gate, double share, Tensor contradicted)
    {
        using var scope = NewDisposeScope();
        Passing = gate.Open(share).DetachFromDisposeScope();
        Suppressed = gate.Shut(-SuppressionGain * share).DetachFromDisposeScope();
        ByRote = Passing.logical_and(contradicted).DetachFromDisposeScope();
    }

    /// <summary>[N] bool: the label given is said.</summary>
    public Tensor Passing { get; }

    /// <summary>[N] bool: whatever else is said, not the label given.</summary>
    public Tensor Suppressed { get; }

    /// <summary>[N] bool: the label passes against the teacher's answer, so that nothing but memory leads to it.</summary>
    public Tensor ByRote { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Passing.Dispose();
        Suppressed.Dispose();
        ByRote.Dispose();
    }
}
