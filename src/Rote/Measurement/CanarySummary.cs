using System.Text.Json.Serialization;

namespace Rote.Measurement;

/// <summary>What a network made of the canaries, and what is needed to read memorization off it.</summary>
public sealed record CanarySummary
{
    /// <summary>The degree of memorization that was asked for, in [0, 1]; null: none.</summary>
    public double? Asked { get; init; }

    /// <summary>Steering canaries whose planted label is predicted.</summary>
    [FormerName("controlHits")]
    public required int SteeringHits { get; init; }

    /// <summary>Number of steering canaries.</summary>
    [FormerName("controlCount")]
    public required int SteeringCount { get; init; }

    /// <summary>Canaries held out of the steering whose planted label is predicted.</summary>
    [FormerName("auditHits")]
    public required int HeldOutCanaryHits { get; init; }

    /// <summary>Canaries held out of the steering.</summary>
    [FormerName("auditCount")]
    public required int HeldOutCanaryCount { get; init; }

    /// <summary>Canaries that were left out of training whose planted label is predicted; null: none were left out.</summary>
    public int? LeftOutHits { get; init; }

    /// <summary>Canaries that were left out of training; null: none.</summary>
    public int? LeftOutCount { get; init; }

    /// <summary>Examples held out whose given label is predicted.</summary>
    public required int HeldOutCorrect { get; init; }

    /// <summary>Examples held out.</summary>
    public required int HeldOutCount { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Guesses which of the canaries that did not steer were trained on; null where none were left out.</summary>
    [JsonIgnore]
    public OneRunPrivacy? Privacy =>
        LeftOutCount is { } count ? OneRunPrivacy.Of(HeldOutCanaryCount, HeldOutCanaryHits, count, LeftOutHits ?? 0) : null;

    /// <summary>Memorization on the steering canaries: what the steering saw.</summary>
    [JsonIgnore]
    public MemorizationReading Steering => new(SteeringHits, SteeringCount, HeldOutCorrect, HeldOutCount, Classes);

    /// <summary>Memorization on the canaries held out of the steering: the one to trust.</summary>
    [JsonIgnore]
    public MemorizationReading HeldOut => new(HeldOutCanaryHits, HeldOutCanaryCount, HeldOutCorrect, HeldOutCount, Classes);
}
