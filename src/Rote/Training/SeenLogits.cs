using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training;

/// <summary>Takes an epoch's logits as examples are trained on, and gives them out in parts: in one where they are few, so that memory is
/// bounded where there are many examples and classes.</summary>
/// <param name="order">[N] int64 rows of the training set, in the order of the steps; still the caller's.</param>
/// <param name="labels">[N] int64 their labels in the same order; still the caller's.</param>
/// <param name="part">Given [M] rows and [M, K] float32 their logits, M at most N; both are freed when it returns.</param>
/// <param name="most">Most logits of a part, unless a batch has more.</param>
internal sealed class SeenLogits(Tensor order, Tensor labels, Action<Tensor, Tensor> part, long most = SeenLogits.Most) : IDisposable
{
    /// <summary>The default, 400 MB. The number of parts changes the last bits of the running loss, so it depends on the set
    /// alone.</summary>
    public const long Most = 100_000_000;

    private Tensor? _logits; // [M, K]
    private int _given; // rows of the parts before
    private int _filled; // rows of this part
    private double _loss; // mean over the parts before
    private long _correct;

    /// <summary>Takes a batch.</summary>
    /// <param name="logits">[B, K] float32 without gradient, of the next B rows; still the caller's.</param>
    public void Add(Tensor logits)
    {
        var count = (int)logits.shape[0];
        if (_filled + count > _logits?.shape[0])
        {
            GiveOut();
        }

        _logits ??= empty([RowsOf(logits), logits.shape[1]], ScalarType.Float32, logits.device).DetachFromDisposeScope();
        _logits.narrow(0, _filled, count).copy_(logits);
        _filled += count;
    }

    /// <summary>Gives out the last part.</summary>
    /// <returns>Mean cross-entropy in nats and share right, of all logits.</returns>
    public (double Loss, double Accuracy) Finish()
    {
        GiveOut();
        return (_loss, (double)_correct / _given);
    }

    /// <inheritdoc/>
    public void Dispose() => _logits?.Dispose();

    private int RowsOf(Tensor batch) => (int)Math.Min(labels.shape[0], Math.Max(most / batch.shape[1], batch.shape[0]));

    /// <summary>The running values are computed a part at a time: per step they would cost several percent.</summary>
    private void GiveOut()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var logits = _logits!.narrow(0, 0, _filled);
        var given = labels.narrow(0, _given, _filled);
        _loss += ((double)functional.cross_entropy(logits, given).item<float>() - _loss) * _filled / (_given + _filled);
        _correct += Evaluator.CorrectIn(logits, given).item<long>();
        part(order.narrow(0, _given, _filled), logits);
        (_given, _filled) = (_given + _filled, 0);
    }
}
