using System.Text.Json.Serialization;
using Rote.Corruptions;
using Rote.Training;
using Rote.Training.Augmentations;

namespace Rote.Memorization.Tools;

/// <summary>DivideMix: two networks; by the losses of the one the other's labels are divided into those that are probably right and those
/// that are not, whose examples are learned from without labels, by mixtures and by the networks' own guesses.</summary>
/// <remarks>
/// Li, Socher and Hoi 2020 (arXiv:2002.07394), algorithm 1, with their constants for half of CIFAR-10's labels wrong. What differs: both
/// networks take their steps side by side, on batches of all examples, and not one an epoch after the other on as many examples with labels
/// as without; where training is shorter than 50 epochs, the plain training before the first division takes a fifth of it and not 10
/// epochs, and λ_u grows as much faster; that training has no penalty on sure predictions, which they add for labels that are flipped by a
/// rule; the first network is kept, and not the mean of both.
/// </remarks>
public sealed record DivideMix : ControlMethod
{
    private const int MostWarmUp = 10; // epochs
    private const int LeastTimesWarmUp = 5; // a training is at least so many times as long

    /// <summary>The computation of an epoch, in epochs of plain training of one network. A pass backward counts as two forward, so that an
    /// example costs 3 there. Here: two networks, two passes forward and backward on two augmented copies of an example, two forward to
    /// guess, 0.8 more for the other's guess where two fifths are without labels, one to divide.</summary>
    private const double CostOfEpoch = 2 * ((2 * 3) + 2 + 0.8 + 1) / 3;

    private const double CostOfWarmUp = 2; // two networks

    /// <summary>Epochs of plain training before the first division.</summary>
    /// <param name="epochs">Epochs in all, at least 1.</param>
    internal static int WarmUp(int epochs) => Math.Clamp(epochs / LeastTimesWarmUp, 1, MostWarmUp);

    /// <summary>The most epochs that cost no more than a plain training.</summary>
    /// <param name="plain">Its epochs.</param>
    /// <returns>At least 2, so that one is divided.</returns>
    public static int EpochsAtCost(int plain)
    {
        var epochs = 2;
        while ((CostOfWarmUp * WarmUp(epochs + 1)) + (CostOfEpoch * (epochs + 1 - WarmUp(epochs + 1))) <= plain)
        {
            epochs++;
        }

        return epochs;
    }

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
