using System.Text.Json.Serialization;
using Rote.Corruptions;
using Rote.Memorization.Dial;
using Rote.Training;
using Rote.Training.Augmentations;

namespace Rote.Memorization;

/// <summary>One training for every degree of memorization: it keeps a network that memorizes little and one that memorizes all, with a gate
/// between them that is set afterwards.</summary>
/// <remarks>
/// How far the gate is open for a degree is read off the canaries (<see cref="DegreeTable"/>). They move nothing in training but the order
/// in which the first stage lets labels through: the first network has no feedback, and of the second every label is let through. So they
/// are much like any other example with a random label. docs/explanation/adjustable.md.
/// </remarks>
public sealed record AdjustableMemorization : ControlMethod
{
    /// <summary>The degree that the first network is released to.</summary>
    private const double LowDegree = 0;

    /// <summary>The share of the epochs that this takes.</summary>
    /// <remarks>It is the first time that an MLP is shown its pictures shifted, and worth 4 points.</remarks>
    private const double LowShare = 0.28;

    /// <summary>The same where pictures are cropped anew in the learning phase already, which is longer then: the sum is as
    /// large.</summary>
    /// <remarks>A residual network on 10,000 pictures has 66.9 instead of 60.7 % of the test images right at 0.1, and 60.3 instead of 56.5
    /// at 1.</remarks>
    private const double ShortLowShare = 0.08;

    private const int FewestEpochs = 3;

    /// <summary>The dial that the first network is trained as.</summary>
    /// <remarks>Without feedback: its controller would hold the steering canaries nearer to the degree than other labels are.</remarks>
    internal MemorizationDial Low { get; } = new() { Target = LowDegree, Parts = DialParts.All & ~DialParts.Feedback };

    /// <summary>The dial that the second network is trained as.</summary>
    internal MemorizationDial High { get; } = new() { Target = 1 };

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "adjustable memorization";

    /// <inheritdoc/>
    [JsonIgnore]
    public override double? Most => High.Target;

    /// <inheritdoc/>
    public override void RequireFit(Recipe recipe, Corruption corruption)
    {
        High.RequireFit(recipe, corruption);
        if (recipe.Epochs < FewestEpochs)
        {
            throw new InputException(
                $"Adjustable memorization takes {FewestEpochs} epochs at least, one to learn, one to memorize little and one to memorize "
                    + $"all; the recipe has {recipe.Epochs}."
            );
        }
    }

    /// <inheritdoc/>
    public override Augmentation? Nearby(Recipe recipe, bool isColour) => High.Nearby(recipe, isColour);

    /// <inheritdoc/>
    public override TrainingMethod Create(ControlSetting setting) => new AdjustableTraining(this, setting);

    /// <summary>The stages after the learning phase.</summary>
    /// <param name="recipe">Gives the epochs.</param>
    internal IReadOnlyList<ReleaseStage> Stages(Recipe recipe) =>
        [new(Low, Math.Max(1, (int)Math.Round((LearningPhase.Crops(recipe) ? ShortLowShare : LowShare) * recipe.Epochs))), new(High, null)];

    /// <summary>The phase before them.</summary>
    /// <param name="recipe">Gives the epochs.</param>
    /// <param name="examples">The number of examples trained on.</param>
    internal LearningPhase Learning(Recipe recipe, int examples) => new(High, recipe, examples);
}
