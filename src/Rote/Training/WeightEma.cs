using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training;

/// <summary>EMA, the exponential moving average of a network's weights: a ← d·a + (1 − d)·w, with the statistics of batch norm
/// alike.</summary>
/// <remarks>
/// Taken every fourth step with d⁴, which differs by less than one step's change and costs a quarter. So that the random start does not
/// linger, d grows with the number u of updates: min(d⁴, (1 + u)/(10 + u)), as TensorFlow's ExponentialMovingAverage. Polyak and Juditsky
/// 1992. Before the first update there is nothing but the start in it, and it stands for no training.
/// </remarks>
internal sealed class WeightEma : IDisposable
{
    /// <summary>Steps from one update to the next; before the first there is no average.</summary>
    public const int Every = 4;

    private readonly double _decay;

    /// <summary>Starts at the network's own weights.</summary>
    /// <param name="network">The network that is trained; not owned.</param>
    /// <param name="copy">A second one of the same build; owned from here on.</param>
    /// <param name="decay">d a step, in (0, 1).</param>
    public WeightEma(Module network, Module<Tensor, Tensor> copy, double decay)
    {
        (Network, _decay) = (copy, Math.Pow(decay, Every));
        Blend(network, 0);
    }

    /// <summary>The network of averaged weights.</summary>
    public Module<Tensor, Tensor> Network { get; }

    /// <summary>Takes the weights of a step in.</summary>
    /// <param name="network">The network that is trained.</param>
    /// <param name="step">Steps since the beginning of training, from 1.</param>
    public void Update(Module network, long step)
    {
        if (step % Every == 0)
        {
            var updates = step / Every;
            Blend(network, Math.Min(_decay, (1.0 + updates) / (10.0 + updates)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();

    private void Blend(Module network, double decay)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var current = network.state_dict();
        foreach (var (name, average) in Network.state_dict())
        {
            if (decay == 0 || !average.is_floating_point())
            {
                average.copy_(current[name]); // a counter has no average
            }
            else
            {
                average.mul_(decay).add_(current[name], 1 - decay);
            }
        }
    }
}
