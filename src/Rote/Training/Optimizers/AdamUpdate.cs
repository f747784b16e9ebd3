using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rote.Training.Optimizers;

/// <summary><see cref="Adam"/> and <see cref="AdamW"/> at work: m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²;
/// w ← w − η · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε) in step t.</summary>
internal sealed class AdamUpdate : ParameterUpdate
{
    private readonly Adam _adam;
    private readonly bool _isDecoupled;
    private readonly Tensor[] _means;
    private readonly Tensor[] _squares;

    // A tensor, so that a checkpoint saves and restores it as everything else; it stays on the processor, where reading it makes nobody
    // wait.
    private readonly Tensor _steps;
    private double _meanCorrection;
    private double _squareCorrection;

    /// <summary>Starts with means of 0, before step 1.</summary>
    /// <param name="parameters">Float32 parameters with their names; not owned.</param>
    /// <param name="adam">β₁, β₂ and ε.</param>
    /// <param name="recipe">The weight decay and the norm that gradients are clipped to.</param>
    /// <param name="isDecoupled">Whether weight decay shortens the parameters themselves, as in AdamW.</param>
    public AdamUpdate(IEnumerable<(string Name, Parameter Parameter)> parameters, Adam adam, Recipe recipe, bool isDecoupled = false)
        : base(parameters, recipe)
    {
        (_adam, _isDecoupled) = (adam, isDecoupled);
        (_means, _squares) = (Zeros(), Zeros());
        _steps = zeros([], int64).DetachFromDisposeScope();
    }

    /// <summary>The means under the parameters' names with PyTorch's endings, and the number of steps.</summary>
    public override IEnumerable<(string Name, Tensor Value)> Tensors =>
        [
            .. Parameters.Zip(_means, (p, mean) => ($"{p.Name}.exp_avg", mean)),
            .. Parameters.Zip(_squares, (p, square) => ($"{p.Name}.exp_avg_sq", square)),
            ("step", _steps),
        ];

    /// <inheritdoc/>
    protected override bool IsDecayDecoupled => _isDecoupled;

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var tensor in (Tensor[])[.. _means, .. _squares, _steps])
        {
            tensor.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        var step = _steps.add_(1).item<long>();
        (_meanCorrection, _squareCorrection) = (1 - Math.Pow(_adam.Beta1, step), 1 - Math.Pow(_adam.Beta2, step));
    }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient, double learningRate)
    {
        var (mean, square) = (_means[index], _squares[index]);
        mean.mul_(_adam.Beta1).add_(gradient, 1 - _adam.Beta1);
        square.mul_(_adam.Beta2).addcmul_(gradient, gradient, 1 - _adam.Beta2);
        using var scale = square.sqrt().div_(Math.Sqrt(_squareCorrection)).add_(_adam.Epsilon);
        parameter.addcdiv_(mean, scale, -learningRate / _meanCorrection);
    }
}
