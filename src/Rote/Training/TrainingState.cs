using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training;

/// <summary>Everything a run has learned so far; with the experiment's record it is all that a resume needs.</summary>
public sealed class TrainingState : IDisposable
{
    private readonly List<EpochMetrics> _history = [];

    /// <summary>The state before the first epoch.</summary>
    /// <param name="network">From inputs [B, H, W, C] to logits [B, K]; owned from here on.</param>
    /// <param name="recipe">How it will be trained.</param>
    public TrainingState(Module<Tensor, Tensor> network, Recipe recipe)
    {
        Network = network;
        Optimizer = new Sgd(network.named_parameters().Select(p => (p.name, p.parameter)), recipe.Momentum, recipe.WeightDecay);
    }

    /// <summary>The network with its current weights.</summary>
    public Module<Tensor, Tensor> Network { get; }

    /// <summary>One entry an epoch so far, from epoch 0 on.</summary>
    public IReadOnlyList<EpochMetrics> History => _history;

    /// <summary>Epochs completed.</summary>
    public int Epoch => _history.Count == 0 ? 0 : _history[^1].Epoch;

    /// <summary>Number of trainable parameters.</summary>
    public long Parameters => Network.parameters().Sum(p => p.numel());

    internal Sgd Optimizer { get; }

    /// <summary>Every tensor of the state by name: <c>network.…</c> for weights and buffers, <c>optimizer.…</c> for velocities.</summary>
    /// <returns>The live tensors, still the state's.</returns>
    public IEnumerable<(string Name, Tensor Value)> Tensors() =>
        Network.state_dict().Select(p => ($"network.{p.Key}", p.Value))
            .Concat(Optimizer.Velocities.Select(v => ($"optimizer.{v.Name}", v.Velocity)));

    /// <summary>Puts back what an earlier session reached.</summary>
    /// <param name="history">Its epochs.</param>
    public void Restore(IEnumerable<EpochMetrics> history)
    {
        _history.Clear();
        _history.AddRange(history);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        Network.Dispose();
    }

    internal void Add(EpochMetrics metrics) => _history.Add(metrics);
}
