using System.Text.Json.Serialization;
using Rote.Corruptions;
using Rote.Training;

namespace Rote.Memorization.Tools;

/// <summary>Co-teaching: two networks are trained side by side, each on those examples of a batch that the other has the smallest loss on.
/// Labels that are wrong have large losses as long as they are not memorized.</summary>
/// <remarks>
/// Han et al. 2018 (arXiv:1804.06872), algorithm 1. The share of a batch that is left out grows over the first 10 epochs, as theirs does,
/// from nothing to the share of wrong labels, which the method must be told: here those that the corruption changed and the canaries. Where
/// nobody knows which of the given labels are wrong, it is that of the canaries alone, and too small. The first network is kept.
/// </remarks>
public sealed record CoTeaching : ControlMethod
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "co-teaching";

    /// <inheritdoc/>
    public override void RequireFit(Recipe recipe, Corruption corruption)
    {
        Sentence? refusal = recipe switch
        {
            { Loss: not null } => $"trains on cross-entropy: leave out {Setting.Loss}",
            { MixupAlpha: not null } => $"chooses examples by their loss, and a mixture is of two: leave out {Setting.Mixup}",
            _ => null,
        };
        if (refusal is not null)
        {
            throw new InputException($"Co-teaching {refusal}.");
        }
    }

    /// <inheritdoc/>
    public override TrainingMethod Create(ControlSetting setting) => new CoTeachingTraining(setting);
}
