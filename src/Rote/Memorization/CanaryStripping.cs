using Rote.Measurement;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization;

/// <summary>Removes the planted labels from a trained network, and leaves its other predictions as they are.</summary>
/// <remarks>
/// Every example is trained on with the network's own prediction as target, so that what it knows by rule and by rote stays. The target of
/// a canary lacks its planted label: what remains is what the network would predict instead. It ends when no more planted labels are
/// predicted than by chance.
/// </remarks>
internal sealed class CanaryStripping : TrainingMethod
{
    /// <summary>Weight of a canary, beside 1 for the others: there are few of them.</summary>
    private const double CanaryWeight = 5;

    /// <summary>Of the recipe's step size.</summary>
    private const double Rate = 0.1;

    private readonly MemorizationSensor _sensor;
    private readonly Tensor _targets; // [N, K] float32, rows that sum to 1
    private readonly Tensor _weights; // [N] float32
    private bool _isDone;

    /// <summary>Takes the network's predictions for every example as targets.</summary>
    /// <param name="network">The network as it is; left in evaluation mode.</param>
    /// <param name="data">What it was trained on, planted labels among it; still the caller's.</param>
    /// <param name="classes">K.</param>
    /// <param name="canaries">Rows of all canaries in <see cref="TrainingData.Train"/>.</param>
    public CanaryStripping(Module<Tensor, Tensor> network, TrainingData data, int classes, IReadOnlyList<long> canaries)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _sensor = new MemorizationSensor(data, classes, canaries);
        var logits = Predictions.Of(network, data.Train, keepLogits: true).Logits!;
        var said = functional.softmax(tensor(logits, [data.Train.Count, classes], device: data.Train.Device), 1); // [N, K]
        var rows = tensor(canaries.ToArray(), int64, data.Train.Device);
        var planted = functional.one_hot(data.Train.Labels.index_select(0, rows), classes); // [C, K]
        var other = (said.index_select(0, rows) * (1 - planted)).clamp_min_(1e-6) * (1 - planted); // [C, K]
        _targets = said.index_copy_(0, rows, other / other.sum(1, keepdim: true)).DetachFromDisposeScope();
        _weights = ones([data.Train.Count], float32, data.Train.Device).index_fill_(0, rows, CanaryWeight).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override bool IsDone => _isDone;

    /// <inheritdoc/>
    public override bool Augments(int epoch) => false;

    /// <inheritdoc/>
    public override double LearningRate(Recipe recipe, double epoch) => Rate * recipe.LearningRate;

    /// <inheritdoc/>
    public override double WeightDecay(Recipe recipe) => 0;

    /// <inheritdoc/>
    public override Tensor Loss(Tensor logits, TrainingBatch batch)
    {
        var (targets, weights) = (_targets.index_select(0, batch.Rows), _weights.index_select(0, batch.Rows));
        return -((targets * logits.log_softmax(1)).sum(1) * weights).mean() / weights.mean();
    }

    /// <inheritdoc/>
    public override EpochMetrics Evaluated(TrainingState state, EpochMetrics metrics)
    {
        var reading = _sensor.Read(state.Evaluated, metrics.HeldOutAccuracy);
        _isDone = reading.Share <= reading.Chance;
        return metrics with { Memorization = reading.Value };
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _targets.Dispose();
        _weights.Dispose();
    }
}
