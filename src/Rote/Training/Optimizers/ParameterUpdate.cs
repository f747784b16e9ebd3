using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rote.Training.Optimizers;

/// <summary>An optimizer at work: the parameters that it changes and what it remembers of earlier steps.</summary>
/// <remarks>Ours rather than the library's because a resumed run needs what it remembers by the parameters' names; tests hold the two
/// equal.</remarks>
public abstract class ParameterUpdate : IDisposable
{
    private readonly Recipe _recipe;

    /// <summary>Begins with nothing to remember.</summary>
    /// <param name="parameters">Float32 parameters with their names; not owned.</param>
    /// <param name="recipe">The weight decay and the norm that gradients are clipped to.</param>
    protected ParameterUpdate(IEnumerable<(string Name, Parameter Parameter)> parameters, Recipe recipe) =>
        (Parameters, _recipe) = ([.. parameters], recipe);

    /// <summary>Everything it remembers, by name; a step may replace the tensors.</summary>
    public abstract IEnumerable<(string Name, Tensor Value)> Tensors { get; }

    /// <summary>Whether weight decay shortens the parameters themselves, w ← w − ηλw before the step, and is no part of the gradient.
    /// Default false.</summary>
    protected virtual bool IsDecayDecoupled => false;

    /// <summary>What it changes.</summary>
    protected IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; }

    /// <summary>Forgets the gradients, so that the next backward pass writes instead of adding.</summary>
    public void ZeroGradients()
    {
        foreach (var (_, parameter) in Parameters)
        {
            parameter.grad = null;
        }
    }

    /// <summary>One step along the gradients that the parameters hold, and uses the gradients up.</summary>
    /// <param name="learningRate">η.</param>
    public void Step(double learningRate) => Step(learningRate, _recipe.WeightDecay);

    /// <summary>The same with another weight decay than the recipe's.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="weightDecay">λ.</param>
    public void Step(double learningRate, double weightDecay)
    {
        using var noGrad = no_grad();
        if (_recipe.ClipNorm is { } largest)
        {
            Clip(largest);
        }

        Begin();
        for (var i = 0; i < Parameters.Count; i++)
        {
            var parameter = Parameters[i].Parameter;
            if (parameter.grad is not { } gradient)
            {
                continue;
            }

            if (weightDecay != 0 && IsDecayDecoupled)
            {
                parameter.mul_(1 - (learningRate * weightDecay));
            }
            else if (weightDecay != 0)
            {
                gradient.add_(parameter, weightDecay);
            }

            Update(i, parameter, gradient, learningRate);
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>A tensor of zeros for each parameter, which the caller owns.</summary>
    protected Tensor[] Zeros() => [.. Parameters.Select(p => zeros_like(p.Parameter).requires_grad_(false).DetachFromDisposeScope())];

    /// <summary>Called once a step, before the parameters are updated.</summary>
    protected virtual void Begin() { }

    /// <summary>Changes one parameter.</summary>
    /// <param name="index">Its place among <see cref="Parameters"/>.</param>
    /// <param name="parameter">What is changed.</param>
    /// <param name="gradient">Clipped, and with the weight decay in it unless that is decoupled; may be overwritten.</param>
    /// <param name="learningRate">η.</param>
    protected abstract void Update(int index, Tensor parameter, Tensor gradient, double learningRate);

    /// <summary>Scales all gradients by one factor so that their common norm is at most <paramref name="largest"/>; nothing is read back,
    /// so no step waits.</summary>
    /// <remarks>Pascanu et al. 2013 (arXiv:1211.5063), algorithm 1; as torch.nn.utils.clip_grad_norm_, 10⁻⁶ in the denominator
    /// included.</remarks>
    private void Clip(double largest)
    {
        var gradients = Parameters.Select(p => p.Parameter.grad).OfType<Tensor>().ToArray();
        var norm = stack([.. gradients.Select(g => g.norm())]).norm();
        var factor = (largest / (norm + 1e-6)).clamp_max_(1);
        foreach (var gradient in gradients)
        {
            gradient.mul_(factor);
        }
    }
}
