using Rote.Tensors;
using Rote.Training;
using Rote.Training.Optimizers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Tools;

/// <summary>A second network of the run's kind, trained beside the first by the same recipe, for methods whose networks teach each
/// other.</summary>
internal sealed class PeerNetwork : IDisposable
{
    private readonly Recipe _recipe;
    private readonly ParameterUpdate _update;
    private readonly int _steps; // an epoch

    /// <param name="setting">The run; it must be able to build networks.</param>
    public PeerNetwork(ControlSetting setting)
    {
        var build = setting.Build ?? throw new ArgumentException("No peer can be built.", nameof(setting));
        _recipe = setting.Recipe;
        Network = build(new Seeds(setting.Seeds.Number(SeedStreams.Peer))).On(_recipe.Device);
        Network.train();
        _update = _recipe.Optimizer.Create(Network.named_parameters().Select(p => (p.name, p.parameter)), _recipe);
        _steps = _recipe.StepsAnEpoch(setting.Data.Train.Count);
    }

    /// <summary>The network, from inputs to logits.</summary>
    public Module<Tensor, Tensor> Network { get; }

    /// <summary>What is to be saved: the weights, and what the optimizer remembers.</summary>
    public IEnumerable<(string Name, Tensor Value)> Tensors =>
        [
            .. Network.state_dict().Select(p => ($"peer.{p.Key}", p.Value)),
            .. _update.Tensors.Select(t => ($"peer-optimizer.{t.Name}", t.Value)),
        ];

    /// <summary>Takes a step.</summary>
    /// <param name="loss">[] of this network.</param>
    /// <param name="batch">Which step of the training.</param>
    /// <param name="method">Sets the step size and the weight decay, as for the first network.</param>
    public void Step(Tensor loss, TrainingBatch batch, TrainingMethod method)
    {
        _update.ZeroGradients();
        loss.backward();
        _update.Step(method.LearningRate(_recipe, batch.Epoch - 1 + ((double)batch.Step / _steps)), method.WeightDecay(_recipe));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _update.Dispose();
        Network.Dispose();
    }
}
