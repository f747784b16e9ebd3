using System.Text.Json.Serialization;

namespace Rote.Measurement;

/// <summary>What a network made of the canaries, and what is needed to read memorization off it.</summary>
public sealed record CanarySummary
{
    /// <summary>The degree of memorization that was asked for, in [0, 1]; null: none.</summary>
    public double? Asked { get; init; }

    /// <summary>Control canaries whose planted label is predicted.</summary>
    public required int ControlHits { get; init; }

    /// <summary>Control canaries.</summary>
    public required int ControlCount { get; init; }

    /// <summary>Audit canaries whose planted label is predicted.</summary>
    public required int AuditHits { get; init; }

    /// <summary>Audit canaries.</summary>
    public required int AuditCount { get; init; }

    /// <summary>Examples held out whose given label is predicted.</summary>
    public required int HeldOutCorrect { get; init; }

    /// <summary>Examples held out.</summary>
    public required int HeldOutCount { get; init; }

    /// <summary>Classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Memorization on the control canaries: what the steering saw.</summary>
    [JsonIgnore]
    public MemorizationReading Control => new(ControlHits, ControlCount, HeldOutCorrect, HeldOutCount, Classes);

    /// <summary>Memorization on the audit canaries, which were kept apart: the one to trust.</summary>
    [JsonIgnore]
    public MemorizationReading Audit => new(AuditHits, AuditCount, HeldOutCorrect, HeldOutCount, Classes);
}
