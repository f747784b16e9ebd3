using Rote.Tensors;
using Rote.Training.Optimizers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training;

/// <summary>Everything a run has learned so far; with the experiment's record it is all that a resume needs.</summary>
public sealed class TrainingState : IDisposable
{
    private readonly List<EpochMetrics> _history = [];
    private readonly WeightEma? _average;
    private readonly WeightCopy? _best;
    private long _steps; // that the average was told of

    /// <summary>The state before the first epoch.</summary>
    /// <param name="build">Makes the network, from inputs [B, H, W, C] to logits [B, K]; called twice where weights are averaged.</param>
    /// <param name="recipe">How it will be trained.</param>
    public TrainingState(Func<Module<Tensor, Tensor>> build, Recipe recipe)
    {
        Network = build().On(recipe.Device); // built on the processor, so that it begins with the same bits everywhere
        Optimizer = recipe.Optimizer.Create(Network.named_parameters().Select(p => (p.name, p.parameter)), recipe);
        _average = recipe.AverageDecay is { } decay ? new WeightEma(Network, build().On(recipe.Device), decay) : null;
        _best = recipe.Patience is null ? null : new WeightCopy(Evaluated);
    }

    /// <summary>The network that training changes.</summary>
    public Module<Tensor, Tensor> Network { get; }

    /// <summary>The network that is evaluated and kept: that of averaged weights where the recipe asks for it, else <see
    /// cref="Network"/>, as long as there were too few steps for an average.</summary>
    public Module<Tensor, Tensor> Evaluated => _average is { } average && _steps >= WeightEma.Every ? average.Network : Network;

    /// <summary>One entry an epoch so far, from epoch 0 on.</summary>
    public IReadOnlyList<EpochMetrics> History => _history;

    /// <summary>Epochs completed.</summary>
    public int Epoch => _history.Count == 0 ? 0 : _history[^1].Epoch;

    /// <summary>The epoch whose weights are kept at the end: under early stopping the first of the highest accuracy on the examples held
    /// out, else the last.</summary>
    public EpochMetrics Kept => _best is null ? _history[^1] : _history.MaxBy(m => m.HeldOutAccuracy ?? -1)!;

    /// <summary>Number of trainable parameters.</summary>
    public long Parameters => Network.parameters().Sum(p => p.numel());

    /// <summary>The training method, if it remembers something; still the giver's. Default null: none does.</summary>
    public TrainingMethod? TrainingMethod { get; set; }

    internal ParameterUpdate Optimizer { get; }

    /// <summary>Every tensor of the state by name: <c>network.…</c> for weights and buffers, <c>optimizer.…</c> for what the optimizer
    /// remembers, <c>average.…</c> for averaged weights, <c>best.…</c> for those of the best epoch, <c>objective.…</c> for what the
    /// training method remembers.</summary>
    /// <returns>The live tensors, still the state's.</returns>
    public IEnumerable<(string Name, Tensor Value)> Tensors() =>
        Network
            .state_dict()
            .Select(p => ($"network.{p.Key}", p.Value))
            .Concat(Optimizer.Tensors.Select(t => ($"optimizer.{t.Name}", t.Value)))
            .Concat(_average is null ? [] : _average.Network.state_dict().Select(p => ($"average.{p.Key}", p.Value)))
            .Concat(_best is null ? [] : _best.Tensors.Select(p => ($"best.{p.Name}", p.Value)))
            .Concat(TrainingMethod is null ? [] : TrainingMethod.Tensors.Select(t => ($"objective.{t.Name}", t.Value)));

    /// <summary>Puts back what an earlier session reached.</summary>
    /// <param name="history">Its epochs.</param>
    public void Restore(IEnumerable<EpochMetrics> history)
    {
        _history.Clear();
        _history.AddRange(history);
        _steps = WeightEma.Every; // as good as any number above; the trainer knows it
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        _best?.Dispose();
        _average?.Dispose();
        Network.Dispose();
    }

    /// <summary>Ends an epoch; remembers its weights if it is the best so far.</summary>
    internal void Add(EpochMetrics metrics)
    {
        _history.Add(metrics);
        if (_best is not null && ReferenceEquals(Kept, metrics))
        {
            _best.Remember(Evaluated);
        }
    }

    /// <summary>Puts a fuller entry in the place of an epoch's: the test accuracy of a network that turned out to be the one to
    /// keep.</summary>
    internal void Complete(EpochMetrics metrics) => _history[_history.FindIndex(m => m.Epoch == metrics.Epoch)] = metrics;

    /// <summary>Takes a step's weights into the average.</summary>
    /// <param name="step">Steps since the beginning of training, from 1.</param>
    internal void Average(long step)
    {
        _steps = step;
        _average?.Update(Network, step);
    }

    /// <summary>Says how many steps were made.</summary>
    /// <param name="steps">Since the beginning of training.</param>
    internal void Count(long steps) => _steps = steps;

    /// <summary>Makes <see cref="Evaluated"/> the network that is kept, at the end of training.</summary>
    internal void Keep() => _best?.PutInto(Evaluated);
}
