using System.Text.Json.Serialization;
using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training.Losses;

/// <summary>SELC, self-ensemble label correction: cross-entropy against a target of each example that starts as the label given and, after
/// some epochs, becomes a running average of what the network predicted: t ← α·t + (1 − α)·p.</summary>
/// <remarks>Lu and He 2022 (arXiv:2205.01156), algorithm 1. Correction begins before labels are memorized. When that is, the paper
/// estimates from a first training; here it is a share of the epochs that is given. The authors' code has their estimates: epoch 30 or 40
/// of 200 for CIFAR-10.</remarks>
public sealed record SelfEnsembleLabelCorrection : Loss
{
    /// <summary>The share of the epochs that train on the labels given, in [0, 1]; 1: all, which is plain cross-entropy. Default 0.2, the
    /// authors' 40 of 200.</summary>
    /// <exception cref="InputException">The value is not in [0, 1].</exception>
    public double Start
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new InputException(
                    $"The share of the epochs before self-ensemble label correction is {value}, expected a number from 0 to 1."
                );
    } = 0.2;

    /// <summary>α, how much of a target is kept an epoch, in [0, 1]; 1: all, which is plain cross-entropy. Default 0.9, the
    /// authors'.</summary>
    /// <exception cref="InputException">The value is not in [0, 1].</exception>
    public double Memory
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new InputException($"The memory of self-ensemble label correction is {value}, expected a number from 0 to 1.");
    } = 0.9;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"self-ensemble label correction from {100 * Start:0.#} % of the epochs on";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool TakesLabelSmoothing => false;

    /// <inheritdoc/>
    /// <remarks>The target belongs to an example, and a mixture is none.</remarks>
    [JsonIgnore]
    public override bool TakesMixup => false;

    /// <inheritdoc/>
    public override LossFunction Create(LossSetting setting) =>
        new Function(Memory, Math.Round(Start * setting.Epochs), setting.Examples, setting.Classes);

    private sealed class Function : LossFunction
    {
        private readonly double _memory;
        private readonly double _start; // epochs
        private Tensor _targets; // [N, K] float32
        private Tensor _seen; // [N] float32: how often; an example is seen once an epoch

        public Function(double memory, double start, int examples, int classes)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
            (_memory, _start) = (memory, start);
            _targets = zeros([examples, classes], float32, CPU).DetachFromDisposeScope();
            _seen = zeros([examples], float32, CPU).DetachFromDisposeScope();
        }

        /// <inheritdoc/>
        public override IEnumerable<(string Name, Tensor Value)> Tensors => [("targets", _targets), ("seen", _seen)];

        /// <inheritdoc/>
        public override Tensor Of(Tensor logits, Tensor labels, Tensor rows)
        {
            Placement.Follow(ref _targets, logits.device);
            Placement.Follow(ref _seen, logits.device);
            var predicted = logits.log_softmax(1); // [B, K]
            using (no_grad())
            {
                var seen = _seen.index_select(0, rows); // [B]
                var given = functional.one_hot(labels, logits.shape[1]).to(float32);
                var before = given.where((seen == 0).unsqueeze(1), _targets.index_select(0, rows)); // [B, K]
                var corrected = (before * _memory) + (predicted.detach().exp() * (1 - _memory));
                _targets.index_copy_(0, rows, before.where((seen < _start).unsqueeze(1), corrected));
                _seen.index_copy_(0, rows, seen + 1);
            }

            return -(_targets.index_select(0, rows) * predicted).sum(1).mean();
        }
    }
}
