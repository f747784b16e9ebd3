using Rote.Training;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Tools;

/// <summary>An objective under which memorization is read after every epoch, and may end training.</summary>
/// <param name="setting">The run's data.</param>
/// <param name="stopAt">Training ends when the network that is kept has memorized so much; null: never for this reason.</param>
internal abstract class WatchedObjective(ControlSetting setting, double? stopAt = null) : TrainingMethod
{
    private readonly MemorizationSensor _sensor = new(setting.Data, setting.Classes, setting.Canaries);
    private readonly Tensor _isDone = zeros([1], float32).DetachFromDisposeScope();

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Tensor Value)> Tensors => [("done", _isDone)];

    /// <inheritdoc/>
    public override bool IsDone => _isDone.item<float>() > 0;

    /// <summary>The run's data.</summary>
    protected ControlSetting Setting => setting;

    /// <inheritdoc/>
    public override EpochMetrics Evaluated(TrainingState state, EpochMetrics metrics)
    {
        if (metrics.TrainAccuracy is null)
        {
            return metrics; // not evaluated
        }

        var reading = _sensor.Read(state.Evaluated, metrics.HeldOutAccuracy);
        if (reading.Value >= stopAt)
        {
            _isDone.fill_(1);
        }

        return metrics with { Memorization = reading.Value };
    }
}

/// <summary>Cross-entropy with the recipe's smoothing, watched.</summary>
internal sealed class WatchedCrossEntropy(ControlSetting setting, double? stopAt) : WatchedObjective(setting, stopAt)
{
    /// <inheritdoc/>
    public override Tensor Loss(Tensor logits, TrainingBatch batch) =>
        functional.cross_entropy(logits, batch.Labels, label_smoothing: Setting.Recipe.LabelSmoothing);
}
