using Rote.Measurement;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization;

/// <summary>Takes examples out of a trained network, and leaves what it predicts for everything else as it is.</summary>
/// <remarks>
/// Every other example is trained on with what the network itself says of it. An example to forget is trained on with what a network would
/// say that was never trained on it: its label as sure as <see cref="UnseenConfidence"/> says, the other classes in the proportions of a
/// reference network that was trained without it. It ends when the attack tells them no better from examples never trained on than
/// <see cref="Enough"/>, and nearly all of the others are predicted as before. Approximate: nothing is proved, only measured.
/// </remarks>
internal sealed class Forgetting : TrainingMethod
{
    /// <summary>Area under the attack's curve at which it ends: 0.5 tells nothing.</summary>
    public const double Enough = 0.51;

    /// <summary>Share of the other examples that must be predicted as before.</summary>
    private const double Unchanged = 0.99;

    /// <summary>Weight of an example to forget, beside 1 for the others: there are few of them.</summary>
    private const double Weight = 5;

    private readonly ForgettingViews _views;
    private readonly PreparedData _train;
    private readonly HashSet<long> _rows;
    private readonly int[] _before; // [N] classes predicted before
    private readonly Tensor _targets; // [N, K] float32, rows that sum to 1
    private readonly Tensor _weights; // [N] float32
    private readonly Tensor _confidences; // [N] float32 φ to reach; 0 where none is
    private readonly Tensor _forgets; // [N] float32, 1 for an example to forget
    private readonly Tensor _isDone = zeros([1], float32, CPU).DetachFromDisposeScope(); // 1 when it is

    /// <summary>Asks both networks about every example.</summary>
    /// <param name="network">The network as it is; left in evaluation mode.</param>
    /// <param name="reference">The reference network; left in evaluation mode.</param>
    /// <param name="data">What the network was trained on; still the caller's.</param>
    /// <param name="rows">Rows of <see cref="TrainingData.Train"/> to forget.</param>
    public Forgetting(Module<Tensor, Tensor> network, Module<Tensor, Tensor> reference, TrainingData data, IReadOnlyList<long> rows)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _views = new ForgettingViews(reference, data, rows);
        (_train, _rows) = (data.Train, [.. rows]);
        var before = Predictions.Of(network, data.Train, keepLogits: true);
        _before = before.Predicted;
        var device = data.Train.Device;
        var predicted = Probabilities(before, device);
        var chosen = tensor(rows.ToArray(), int64, device);
        var own = functional.one_hot(data.Train.Labels.index_select(0, chosen), predicted.shape[1]); // [F, K]
        var wished = tensor(_views.Targets(network, before), float32, device); // [F] φ
        var sure = wished.sigmoid().unsqueeze(1); // [F, 1]
        var hard = Probabilities(Predictions.Of(reference, data.Train, keepLogits: true), device).index_select(0, chosen); // [F, K]
        var others = hard.clamp_min_(1e-6) * (1 - own); // [F, K]
        var wanted = (others / others.sum(1, keepdim: true) * (1 - sure)) + (own * sure);
        _targets = predicted.index_copy_(0, chosen, wanted.to(float32)).DetachFromDisposeScope();
        _weights = ones([data.Train.Count], float32, device).index_fill_(0, chosen, Weight).DetachFromDisposeScope();
        _confidences = zeros([data.Train.Count], float32, device).index_copy_(0, chosen, wished).DetachFromDisposeScope();
        _forgets = zeros([data.Train.Count], float32, device).index_fill_(0, chosen, 1).DetachFromDisposeScope();
    }

    /// <summary>The recipe of the training that forgets.</summary>
    /// <param name="recipe">That of the run.</param>
    /// <param name="epochs">At most.</param>
    public static Recipe RecipeFor(Recipe recipe, int epochs) =>
        recipe with
        {
            Epochs = epochs,
            LearningRate = recipe.LearningRate / 10,
            StopAtTrainAccuracy = null,
            StopAtTrainLoss = null,
            Patience = null,
            AverageDecay = null,
            Augmentation = null,
            LabelSmoothing = 0,
            MixupAlpha = null,
            EvaluateEvery = 1,
            TestEvery = epochs,
        };

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Tensor Value)> Tensors => [("done", _isDone)];

    /// <inheritdoc/>
    public override bool IsDone => _isDone.item<float>() > 0;

    /// <inheritdoc/>
    public override bool Augments(int epoch) => false;

    /// <inheritdoc/>
    public override double LearningRate(Recipe recipe, double epoch) => recipe.LearningRate;

    /// <inheritdoc/>
    public override double WeightDecay(Recipe recipe) => 0;

    /// <inheritdoc/>
    public override Tensor Loss(Tensor logits, TrainingBatch batch)
    {
        var (targets, weights) = (_targets.index_select(0, batch.Rows), _weights.index_select(0, batch.Rows));
        var loss = -(targets * logits.log_softmax(1)).sum(1); // [B]

        // Cross-entropy does not feel whether an improbable label has 1 % or 0.01 %; an attack does. So φ is asked for too.
        var own = functional.one_hot(batch.Labels, logits.shape[1]).to(@bool); // [B, K]
        var confidence = logits.masked_select(own) - logits.masked_fill(own, float.NegativeInfinity).logsumexp(1); // [B] φ
        var missing = functional.smooth_l1_loss(confidence, _confidences.index_select(0, batch.Rows), reduction: Reduction.None); // [B]
        loss += missing * _forgets.index_select(0, batch.Rows);
        return (loss * weights).mean() / weights.mean();
    }

    /// <inheritdoc/>
    public override EpochMetrics Evaluated(TrainingState state, EpochMetrics metrics)
    {
        var now = Predictions.Of(state.Evaluated, _train);
        var same = Enumerable.Range(0, now.Count).Count(i => !_rows.Contains(i) && now.Predicted[i] == _before[i]);
        if (same >= Unchanged * (now.Count - _rows.Count) && _views.Steering(state.Evaluated, now).Auc.Value <= Enough)
        {
            _isDone.fill_(1);
        }

        return metrics;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _targets.Dispose();
        _weights.Dispose();
        _confidences.Dispose();
        _forgets.Dispose();
    }

    private static Tensor Probabilities(Predictions predictions, Device device) =>
        functional.softmax(tensor(predictions.Logits!, [predictions.Count, predictions.Classes], device: device), 1); // [N, K]
}
