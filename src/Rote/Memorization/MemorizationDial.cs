using System.Text.Json.Serialization;
using Rote.Corruptions;
using Rote.Memorization.Dial;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Schedules;

namespace Rote.Memorization;

/// <summary>The parts of the dial.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<DialParts>))]
public enum DialParts
{
    /// <summary>None: two phases of plain training with the dial's step sizes, the control that the dial is to be compared with.</summary>
    [JsonStringEnumMemberName("none")]
    None = 0,

    /// <summary>Labels that are not trusted are replaced by the teacher's prediction; without it all pass.</summary>
    [JsonStringEnumMemberName("gate")]
    Gate = 1,

    /// <summary>Labels pass in the order of confidence; without it in a random order.</summary>
    [JsonStringEnumMemberName("trust")]
    Trust = 2,

    /// <summary>Augmented copies of the examples to be memorized are trained on with the teacher's targets.</summary>
    [JsonStringEnumMemberName("anchors")]
    Anchors = 4,

    /// <summary>Labels that have passed and are not fitted weigh more.</summary>
    [JsonStringEnumMemberName("boost")]
    Boost = 8,

    /// <summary>The controller corrects the share that passes; without it the share is the feed-forward value.</summary>
    [JsonStringEnumMemberName("feedback")]
    Feedback = 16,

    /// <summary>In the learning phase a loss that gives up on labels that it finds too improbable (generalized cross-entropy); without it
    /// plain cross-entropy.</summary>
    [JsonStringEnumMemberName("robust")]
    Robust = 32,

    /// <summary>The target of a released label is soft, only as sure as it takes; without it a one-hot target.</summary>
    [JsonStringEnumMemberName("tempering")]
    Tempering = 64,

    /// <summary>In the release phase examples are augmented, except those whose labels are to be memorized; without it none is.</summary>
    [JsonStringEnumMemberName("views")]
    Views = 128,

    /// <summary>All of them.</summary>
    [JsonStringEnumMemberName("all")]
    All = Gate | Trust | Anchors | Boost | Feedback | Robust | Tempering | Views,
}

/// <summary>The dial: trains to a requested degree of memorization, by feedback from canaries.</summary>
/// <remarks>
/// First the network learns as usual, until it agrees more with the labels of training examples than with those of examples held out. Then
/// its averaged weights become a teacher, and a given label is released with a probability that grows with the network's confidence in it;
/// the others are replaced by the teacher's prediction. The canaries, whose labels are known to be wrong, set that probability: a selector
/// that releases a share of them releases the same share of the unknown wrong labels. A controller moves it until the network has fitted as
/// much as was asked for. docs/explanation/dial.md.
/// </remarks>
[FormerMember("algorithm")] // a version of its own, until engine 3
public sealed record MemorizationDial : ControlMethod
{
    /// <summary>The degree of memorization m asked for, in [0, 1]: the share of planted random labels that the network has fitted,
    /// corrected for chance.</summary>
    /// <exception cref="InputException">The value is not in [0, 1], or not a number.</exception>
    public required double Target
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new InputException($"The degree of memorization is {value}, expected a number from 0 to 1.");
    }

    /// <summary>The parts that are used; leaving one out shows its worth. Default: all.</summary>
    public DialParts Parts { get; init; } = DialParts.All;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title =>
        Parts switch
        {
            DialParts.All => $"dial at {Target}",
            DialParts.None => "the dial's two phases without the dial",
            _ => $"dial at {Target} with {Parts} only",
        };

    /// <inheritdoc/>
    /// <remarks>Nothing is asked for where no part works.</remarks>
    [JsonIgnore]
    public override double? Asked => Parts == DialParts.None ? null : Target;

    /// <inheritdoc/>
    public override void RequireFit(Recipe recipe, Corruption corruption)
    {
        Sentence? refusal = recipe switch
        {
            { Schedule: not ConstantSchedule } => $"has step sizes of its own: leave out {Setting.Schedule}",
            { Loss: not null } => $"has a loss of its own: leave out {Setting.Loss}",
            { MixupAlpha: not null } => $"says what each example's label is worth, and a mixture has two: leave out {Setting.Mixup}",
            { LabelSmoothing: > 0 } => $"says labels only as surely as it takes: leave out {Setting.LabelSmoothing}",
            { Patience: not null } => $"needs all its epochs, and an earlier network has memorized less: leave out {Setting.Patience}",
            { StopAtTrainAccuracy: not null } => $"needs all its epochs: leave out {Setting.StopAt}",
            { StopAtTrainLoss: not null } => $"needs all its epochs: leave out {Setting.StopAtLoss}",
            _ when corruption.ReplacesPixels => new Sentence(
                "trains on neighbours of the pictures too, and this corruption leaves no picture that has any: leave one of them out"
            ),
            _ => null,
        };
        if (refusal is not null)
        {
            throw new InputException($"The dial {refusal}.");
        }
    }

    /// <inheritdoc/>
    public override Augmentation? Nearby(Recipe recipe, bool isColour) => SmallChanges(recipe, isColour);

    /// <inheritdoc/>
    public override TrainingMethod Create(ControlSetting setting) => new DialTraining(this, setting);
}
