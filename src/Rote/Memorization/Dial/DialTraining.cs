using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Memorization.Dial;

/// <summary>The dial at work: a learning phase, then a release phase in which labels are let through to be memorized.</summary>
internal sealed class DialTraining : TrainingMethod, IDistrusts
{
    private readonly MemorizationDial _dial;
    private readonly ControlSetting _setting;
    private readonly MemorizationSensor _sensor;
    private readonly LabelConfidence _confidence;
    private readonly Teacher _teacher;
    private readonly AugmentedCopies _copies;
    private readonly Tensor _memory = zeros([DialMemory.Size], float64, CPU).DetachFromDisposeScope();
    private readonly LearningPhase _learning;
    private readonly ReleasePhase _release;

    public DialTraining(MemorizationDial dial, ControlSetting setting)
    {
        (_dial, _setting) = (dial, setting);
        _sensor = new MemorizationSensor(setting.Data, setting.Classes, setting.Canaries);
        _confidence = new LabelConfidence(setting.Data.Train.Count, setting.Data.Train.Device);
        _teacher = new Teacher(setting.Data.Train.Count, setting.Classes, setting.Data.Train.Device);
        _copies = new AugmentedCopies(setting.Data, setting.Seeds);
        _learning = new LearningPhase(dial, setting.Recipe);
        _release = new ReleasePhase(dial, setting, _confidence, _teacher, _copies);
    }

    /// <inheritdoc/>
    /// <remarks>The names are those of checkpoints; they stay.</remarks>
    public override IEnumerable<(string Name, Tensor Value)> Tensors =>
        [("trust", _confidence.Values), ("fitted", _confidence.Fitted), ("targets", _teacher.Targets), ("memory", _memory)];

    /// <inheritdoc/>
    public override bool IsAugmented => !IsReleasing;

    private DialMemory Memory => DialMemory.Of(_memory);

    private bool IsReleasing => Memory.LearnedIn > 0;

    /// <inheritdoc/>
    public override double LearningRate(Recipe recipe, double epoch) =>
        IsReleasing ? _release.LearningRate(Memory, epoch) : _learning.LearningRate(epoch);

    /// <inheritdoc/>
    // with it no label is held that was let through
    public override double WeightDecay(Recipe recipe) => IsReleasing ? 0 : recipe.WeightDecay;

    /// <inheritdoc/>
    public override Tensor Inputs(Tensor inputs, TrainingBatch batch) => IsReleasing ? _release.Inputs(Memory, inputs, batch) : inputs;

    /// <inheritdoc/>
    public override Tensor Loss(Tensor logits, TrainingBatch batch) =>
        IsReleasing ? _release.Loss(Memory, logits, batch) : _learning.Loss(logits, batch.Labels);

    /// <inheritdoc/>
    public override void Trained(Tensor logits, Tensor order) =>
        _confidence.Update(logits, _setting.Data.Train.Labels.index_select(0, order), order, isFrozen: IsReleasing);

    /// <inheritdoc/>
    public override EpochMetrics Evaluated(TrainingState state, EpochMetrics metrics)
    {
        using var scope = NewDisposeScope();
        var hits = _sensor.Hits(state.Evaluated);
        var reading = _sensor.Read(state.Evaluated, hits, metrics.HeldOutAccuracy);
        if (IsReleasing)
        {
            var isLast = metrics.Epoch == _setting.Recipe.Epochs; // what was let through last stays what is said of it
            Remember(isLast ? Memory : _release.Next(Memory, reading, hits, metrics.Epoch));
        }
        else if (_learning.IsOver(metrics))
        {
            _teacher.Freeze(state.Evaluated, _setting.Data.Train, _copies);
            Remember(new DialMemory(metrics.Epoch, reading.HitsFor(_dial.Target), 0, reading.Share));
        }

        return metrics with
        {
            Memorization = reading.Value,
            ReleasedShare = IsReleasing ? Math.Max(Memory.Share, 0) : null,
            ExpectedMemorization = IsReleasing ? _release.Expected(Memory, reading, metrics.Epoch) : null,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<DistrustedLabel> Distrusted() => IsReleasing ? _release.Distrusted(Memory) : [];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _copies.Dispose();
        _release.Dispose();
    }

    private void Remember(DialMemory memory)
    {
        memory.WriteTo(_memory);
        _release.Forget();
    }
}
