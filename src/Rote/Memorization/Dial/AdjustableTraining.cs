using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Dial;

/// <summary>Adjustable memorization at work: after the learning phase a stage that memorizes little, whose network is kept, then one that
/// memorizes all.</summary>
internal sealed class AdjustableTraining : ReleaseTraining
{
    private readonly ControlSetting _setting;
    private readonly WeightCopy _low;

    /// <param name="method">What is asked for.</param>
    /// <param name="setting">The run.</param>
    public AdjustableTraining(AdjustableMemorization method, ControlSetting setting)
        : base(setting, method.Learning(setting.Recipe, setting.Data.Train.Count), method.Stages(setting.Recipe))
    {
        _setting = setting;
        _low = new WeightCopy(setting.Network ?? throw new ArgumentException("There is no network to keep.", nameof(setting)));
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, Tensor Value)> Tensors =>
        [.. base.Tensors, .. _low.Tensors.Select(tensor => ($"low.{tensor.Name}", tensor.Value))];

    /// <summary>The network that memorizes little and the degrees that can be had, at the end of training.</summary>
    /// <param name="network">A network of the run's build, on the processor; the result's from here on.</param>
    /// <param name="high">The network that is kept.</param>
    /// <param name="places">All canaries.</param>
    public AdjustedNetworks Adjusted(Module<Tensor, Tensor> network, Module<Tensor, Tensor> high, CanaryPlaces places)
    {
        var low = network.On(_setting.Recipe.Device);
        _low.PutInto(low);
        return new AdjustedNetworks(low, DegreeTable.Of(low, high, _setting.Data, places, _setting.Classes));
    }

    /// <inheritdoc/>
    protected override void Ended(TrainingState state) => _low.Remember(state.Evaluated);
}
