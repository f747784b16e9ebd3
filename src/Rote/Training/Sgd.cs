using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Rote.Training;

/// <summary>Stochastic gradient descent with momentum and weight decay, as torch.optim.SGD (no dampening, no Nesterov): v ← μv + g + λw; w ← w − ηv.</summary>
/// <remarks>Ours rather than the library's because a resumed run needs the velocities by the parameters' names; a test holds the two equal.</remarks>
internal sealed class Sgd : IDisposable
{
    private readonly IReadOnlyList<(string Name, Parameter Parameter, Tensor Velocity)> _state;
    private readonly double _momentum;
    private readonly double _weightDecay;

    /// <summary>Starts with velocities of 0.</summary>
    /// <param name="parameters">Float32 parameters with their names; not owned.</param>
    /// <param name="momentum">μ in [0, 1).</param>
    /// <param name="weightDecay">λ, at least 0.</param>
    public Sgd(IEnumerable<(string Name, Parameter Parameter)> parameters, double momentum, double weightDecay)
    {
        _state = [.. parameters.Select(p => (p.Name, p.Parameter, zeros_like(p.Parameter).requires_grad_(false).DetachFromDisposeScope()))];
        _momentum = momentum;
        _weightDecay = weightDecay;
    }

    /// <summary>The velocities by parameter name: the optimizer's whole state.</summary>
    public IEnumerable<(string Name, Tensor Velocity)> Velocities => _state.Select(s => (s.Name, s.Velocity));

    /// <summary>Forgets the gradients, so that the next backward pass writes instead of adding.</summary>
    public void ZeroGradients()
    {
        foreach (var (_, parameter, _) in _state)
        {
            parameter.grad = null;
        }
    }

    /// <summary>One step along the gradients that the parameters hold.</summary>
    /// <param name="learningRate">η.</param>
    public void Step(double learningRate)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (_, parameter, velocity) in _state)
        {
            if (parameter.grad is not { } gradient)
            {
                continue;
            }

            if (_weightDecay != 0)
            {
                gradient.add_(parameter, _weightDecay);
            }

            velocity.mul_(_momentum).add_(gradient);
            parameter.add_(velocity, -learningRate);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, velocity) in _state)
        {
            velocity.Dispose();
        }
    }
}
