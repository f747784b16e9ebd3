using System.Text.Json.Serialization;
using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training.Losses;

/// <summary>ELR, early-learning regularization: cross-entropy plus λ·log(1 − ⟨p, t⟩), which holds predictions p near a running average t of
/// what they were before labels were memorized.</summary>
/// <remarks>Liu et al. 2020 (arXiv:2007.00151), equations 6 and 7; p clamped to [10⁻⁴, 1 − 10⁻⁴] and t an average of p scaled to sum to 1,
/// as there.</remarks>
public sealed record EarlyLearningRegularization : Loss
{
    /// <summary>λ, at least 0. Default 3, the authors' for CIFAR-10.</summary>
    /// <exception cref="InputException">The value is negative or not finite.</exception>
    public double Strength
    {
        get;
        init =>
            field =
                value >= 0 && double.IsFinite(value)
                    ? value
                    : throw new InputException(
                        $"The strength of early-learning regularization is {value}, expected 0 or a number above it."
                    );
    } = 3;

    /// <summary>How much of the average is kept an epoch, in [0, 1). Default 0.7, the authors'.</summary>
    /// <exception cref="InputException">The value is not in [0, 1).</exception>
    public double Memory
    {
        get;
        init =>
            field = value is >= 0 and < 1
                ? value
                : throw new InputException($"The memory of early-learning regularization is {value}, expected a number from 0 to below 1.");
    } = 0.7;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"early-learning regularization with λ = {Strength}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool TakesLabelSmoothing => false;

    /// <inheritdoc/>
    /// <remarks>The running average belongs to an example, and a mixture is none.</remarks>
    [JsonIgnore]
    public override bool TakesMixup => false;

    /// <inheritdoc/>
    public override LossFunction Create(LossSetting setting) => new Function(this, setting.Examples, setting.Classes);

    private sealed class Function : LossFunction
    {
        private const double Smallest = 1e-4;
        private readonly EarlyLearningRegularization _loss;
        private Tensor _targets; // [N, K] float32; where the logits are, from the first step on

        public Function(EarlyLearningRegularization loss, int examples, int classes)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
            (_loss, _targets) = (loss, zeros([examples, classes], float32, CPU).DetachFromDisposeScope());
        }

        /// <inheritdoc/>
        public override IEnumerable<(string Name, Tensor Value)> Tensors => [("targets", _targets)];

        /// <inheritdoc/>
        public override Tensor Of(Tensor logits, Tensor labels, Tensor rows)
        {
            Placement.Follow(ref _targets, logits.device);
            var predicted = logits.softmax(1).clamp(Smallest, 1 - Smallest); // [B, K]
            using (no_grad())
            {
                var seen = predicted.detach() / predicted.detach().sum(1, keepdim: true);
                _targets.index_copy_(0, rows, (_targets.index_select(0, rows) * _loss.Memory) + (seen * (1 - _loss.Memory)));
            }

            var agreement = (predicted * _targets.index_select(0, rows)).sum(1); // [B]
            return functional.cross_entropy(logits, labels) + (_loss.Strength * (1 - agreement).log().mean());
        }
    }
}
