using static TorchSharp.torch;

namespace Rote.Memorization.Dial;

/// <summary>The treatment of each label in an epoch of the release phase. It follows from the selector, the share to release, and the
/// teacher.</summary>
internal sealed class LabelTargets : IDisposable
{
    /// <summary>Labels to suppress for every hit fewer: few of those that are suppressed were hit.</summary>
    private const double SuppressionGain = 3;

    /// <param name="selector">Which labels are released.</param>
    /// <param name="share">Share of wrong labels to release, in [−1, 1]; below 0 to suppress.</param>
    /// <param name="contradicted">[N] bool: the teacher predicts another class; still the caller's.</param>
    public LabelTargets(LabelSelector selector, double share, Tensor contradicted)
    {
        using var scope = NewDisposeScope();
        Released = selector.Released(share).DetachFromDisposeScope();
        Suppressed = selector.Suppressed(-SuppressionGain * share).DetachFromDisposeScope();
        ByRote = Released.logical_and(contradicted).DetachFromDisposeScope();
    }

    /// <summary>[N] bool: the label given is trained on.</summary>
    public Tensor Released { get; }

    /// <summary>[N] bool: the label given is removed from the target, the rest renormalized.</summary>
    public Tensor Suppressed { get; }

    /// <summary>[N] bool: the label is released and the teacher contradicts it, so that nothing but memory leads to it.</summary>
    public Tensor ByRote { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Released.Dispose();
        Suppressed.Dispose();
        ByRote.Dispose();
    }
}
