using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Memorization.Tools;

/// <summary>Training as the recipe says, under which memorization is read after every evaluation, and may end training.</summary>
/// <param name="setting">The run's data.</param>
/// <param name="stopAt">Training ends when the network that is kept has reached this degree; null: never for this reason.</param>
internal class WatchedTraining(ControlSetting setting, double? stopAt = null)
    : PlainTraining(setting.Recipe, setting.Seeds, setting.Data.Train.Count, setting.Classes)
{
    private readonly MemorizationSensor _sensor = new(setting.Data, setting.Classes, setting.Canaries);
    private readonly Tensor _isDone = zeros([1], float32, CPU).DetachFromDisposeScope();

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Tensor Value)> Tensors => [("done", _isDone), .. base.Tensors];

    /// <inheritdoc/>
    public override bool IsDone => _isDone.item<float>() > 0;

    /// <inheritdoc/>
    public override EpochMetrics Evaluated(TrainingState state, EpochMetrics metrics)
    {
        if (metrics.TrainAccuracy is null)
        {
            return metrics; // not evaluated
        }

        var reading = _sensor.Read(state.Evaluated, metrics.HeldOutAccuracy);
        if (metrics.Epoch > 0 && reading.Value >= stopAt)
        {
            _isDone.fill_(1);
        }

        return metrics with
        {
            Memorization = reading.Value,
        };
    }
}
