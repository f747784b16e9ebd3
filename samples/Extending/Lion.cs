using System.Text.Json.Serialization;
using Rote.Foundation;
using Rote.Training;
using Rote.Training.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Extending;

/// <summary>An optimizer: steps of one length in every direction, along the sign of a mean of gradients.</summary>
/// <remarks>Chen et al. 2023 (arXiv:2302.06675), algorithm 2; weight decay is added to the gradient, as in every optimizer here.</remarks>
public sealed record Lion : Optimizer
{
    internal const double DefaultBeta2 = 0.99;

    private const double Beta1 = 0.9;

    /// <summary>Decay a step of the mean of gradients, in [0, 1). Default 0.99.</summary>
    /// <exception cref="InputException">The value is not in [0, 1).</exception>
    public double Beta2
    {
        get;
        init =>
            field = value is >= 0 and < 1 ? value : throw new InputException($"Lion's β2 is {value}, expected a number from 0 to below 1.");
    } = DefaultBeta2;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"Lion with β {Beta1} and {Beta2}";

    /// <inheritdoc/>
    public override ParameterUpdate Create(IEnumerable<(string Name, Parameter Parameter)> parameters, Recipe recipe) =>
        new Steps(parameters, Beta2, recipe);

    private sealed class Steps : ParameterUpdate
    {
        private readonly double _beta2;
        private readonly Tensor[] _means;

        public Steps(IEnumerable<(string Name, Parameter Parameter)> parameters, double beta2, Recipe recipe)
            : base(parameters, recipe) => (_beta2, _means) = (beta2, Zeros());

        public override IEnumerable<(string Name, Tensor Value)> Tensors => Parameters.Zip(_means, (p, mean) => (p.Name, mean));

        public override void Dispose()
        {
            foreach (var mean in _means)
            {
                mean.Dispose();
            }
        }

        protected override void Update(int index, Tensor parameter, Tensor gradient, double learningRate)
        {
            using var step = (_means[index] * Beta1).add_(gradient, 1 - Beta1).sign_();
            parameter.add_(step, -learningRate);
            _means[index].mul_(_beta2).add_(gradient, 1 - _beta2);
        }
    }
}
