using Rote.Measurement;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization;

/// <summary>Reads a network's degree of memorization off canaries and the examples held out.</summary>
/// <param name="data">What is trained on and what is held out; still the caller's.</param>
/// <param name="classes">K.</param>
/// <param name="canaries">Rows of the canaries in <see cref="TrainingData.Train"/>.</param>
public sealed class MemorizationSensor(TrainingData data, int classes, IReadOnlyList<long> canaries)
{
    private readonly PreparedData _heldOut = data.HeldOut ?? throw HeldOutRows.NoneToReadBy;

    /// <summary>Reads a network.</summary>
    /// <param name="network">From inputs to logits; left in evaluation mode.</param>
    /// <param name="heldOutAccuracy">Its agreement with the given labels of the examples held out, if that is known already; null: it is
    /// measured.</param>
    /// <returns>The reading.</returns>
    public MemorizationReading Read(Module<Tensor, Tensor> network, double? heldOutAccuracy = null)
    {
        using var scope = NewDisposeScope();
        return Read(network, Hits(network), heldOutAccuracy);
    }

    /// <summary>The same, with hits that were counted already.</summary>
    internal MemorizationReading Read(Module<Tensor, Tensor> network, Tensor hits, double? heldOutAccuracy)
    {
        using var scope = NewDisposeScope();
        var agreeing = heldOutAccuracy is { } known ? (long)Math.Round(known * _heldOut.Count) : Evaluator.CountCorrect(network, _heldOut);
        return new MemorizationReading((int)hits.sum(0L).item<long>(), canaries.Count, (int)agreeing, _heldOut.Count, classes);
    }

    /// <summary>Which canaries' planted labels a network predicts.</summary>
    /// <param name="network">From inputs to logits; left in evaluation mode.</param>
    /// <returns>[C] int64, 0 or 1, in the order of the canaries; in the caller's dispose scope.</returns>
    public Tensor Hits(Module<Tensor, Tensor> network)
    {
        using var scope = NewDisposeScope();
        var rows = tensor(canaries.ToArray(), int64, data.Train.Device);
        return Evaluator.Fitted(network, data.Train, rows).MoveToOuterDisposeScope();
    }
}
