using System.Text.Json.Serialization;

namespace Rote.Measurement;

/// <summary>How a network predicts the canaries, and the numbers needed to measure memorization from it.</summary>
public sealed record CanarySummary
{
    /// <summary>The requested degree of memorization, in [0, 1]; null: none.</summary>
    public double? Asked { get; init; }

    /// <summary>Steering canaries whose planted label is predicted.</summary>
    [FormerName("controlHits")]
    public required int SteeringHits { get; init; }

    /// <summary>Number of steering canaries.</summary>
    [FormerName("controlCount")]
    public required int SteeringCount { get; init; }

    /// <summary>Held-out canaries whose planted label is predicted.</summary>
    [FormerName("auditHits")]
    public required int HeldOutCanaryHits { get; init; }

    /// <summary>Held-out canaries: those that do not steer.</summary>
    [FormerName("auditCount")]
    public required int HeldOutCanaryCount { get; init; }

    /// <summary>Canaries left out of training whose planted label is predicted; null: none were left out.</summary>
    public int? LeftOutHits { get; init; }

    /// <summary>Canaries left out of training; null: none.</summary>
    public int? LeftOutCount { get; init; }

    /// <summary>Held-out examples whose given label is predicted.</summary>
    public required int HeldOutCorrect { get; init; }

    /// <summary>Held-out examples.</summary>
    public required int HeldOutCount { get; init; }

    /// <summary>The number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Guesses which of the canaries that did not steer were trained on; null if none were left out of training.</summary>
    [JsonIgnore]
    public OneRunPrivacy? Privacy =>
        LeftOutCount is { } count ? OneRunPrivacy.Of(HeldOutCanaryCount, HeldOutCanaryHits, count, LeftOutHits ?? 0) : null;

    /// <summary>Memorization measured on the steering canaries: what the steering saw.</summary>
    [JsonIgnore]
    public MemorizationReading Steering => new(SteeringHits, SteeringCount, HeldOutCorrect, HeldOutCount, Classes);

    /// <summary>Memorization measured on the held-out canaries: the one to trust.</summary>
    [JsonIgnore]
    public MemorizationReading HeldOut => new(HeldOutCanaryHits, HeldOutCanaryCount, HeldOutCorrect, HeldOutCount, Classes);
}
