using System.Text.Json.Serialization;
using Rote.Corruptions;
using Rote.Training;
using Rote.Training.Augmentations;

namespace Rote.Memorization.Tools;

/// <summary>DivideMix: two networks; by the losses of the one the other's labels are divided into those that are probably right and those
/// that are not, whose examples are learned from without labels, by mixtures and by the networks' own guesses.</summary>
/// <remarks>
/// Li, Socher and Hoi 2020 (arXiv:2002.07394), algorithm 1, with their constants for half of CIFAR-10's labels wrong. Both networks take
/// their steps side by side, on batches of all examples, and not one an epoch after the other. Where training is shorter than 50 epochs,
/// plain training before the first division takes a fifth of it, and not 10 epochs. The first network is kept, and not the mean of both.
/// </remarks>
public sealed record DivideMix : ControlMethod
{
    /// <summary>How many times the computation of plain training an epoch takes: a pass backward counts as two forward, a step's 3 an
    /// example. Two networks with two passes forward and backward on two augmented copies of an example, two forward to guess, 0.8 more for
    /// the other's guess where two fifths are without labels, one to divide.</summary>
    public const double Cost = 2 * ((2 * 3) + 2 + 0.8 + 1) / 3;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "DivideMix";

    /// <inheritdoc/>
    public override void RequireFit(Recipe recipe, Corruption corruption)
    {
        Sentence? refusal = recipe switch
        {
            { Loss: not null } => $"has a loss of its own: leave out {Setting.Loss}",
            { MixupAlpha: not null } => $"mixes examples already: leave out {Setting.Mixup}",
            { LabelSmoothing: > 0 } => $"has targets of its own: leave out {Setting.LabelSmoothing}",
            _ when corruption.ReplacesPixels => new Sentence(
                "guesses labels from neighbours of the pictures, and this corruption leaves no picture that has any: leave one of them out"
            ),
            _ => null,
        };
        if (refusal is not null)
        {
            throw new InputException($"DivideMix {refusal}.");
        }
    }

    /// <inheritdoc/>
    public override Augmentation? Nearby(Recipe recipe, bool isColour) => SmallChanges(recipe, isColour);

    /// <inheritdoc/>
    public override TrainingMethod Create(ControlSetting setting) => new DivideMixTraining(setting);
}
