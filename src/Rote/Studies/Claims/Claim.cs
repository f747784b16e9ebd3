using Rote.Experiments;
using Rote.Measurement;

namespace Rote.Studies.Claims;

/// <summary>One statement of a paper, as a measurable number with a criterion stated in advance.</summary>
public sealed record Claim
{
    /// <summary>Its name, from general to specific, as <c>table1/mlp-1x512/random-labels/test</c>; the first part is its group.</summary>
    public required string Id { get; init; }

    /// <summary>Its place in the paper, as "Table 1, row 19".</summary>
    public required string Source { get; init; }

    /// <summary>What is claimed, in one sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>The paper's own number or words.</summary>
    public required string Paper { get; init; }

    /// <summary>The unit of the measured number.</summary>
    public required Unit Unit { get; init; }

    /// <summary>The criterion by which it counts as reproduced.</summary>
    public required Criterion Criterion { get; init; }

    /// <summary>The runs it rests on, all seeds; empty if it needs no training.</summary>
    public required IReadOnlyList<Experiment> Needs { get; init; }

    /// <summary>Measures the number from the runs.</summary>
    public required Func<Evidence, Estimate> Measure { get; init; }

    /// <summary>Why this scale does not check it, in a sentence; null if it is checked.</summary>
    public string? NotAtThisScale { get; init; }

    /// <summary>Why it is checked only with <c>--all</c>, in a sentence; null for a core claim.</summary>
    public string? Extra { get; init; }

    /// <summary>Whether it claims that training fails, as with a NaN loss.</summary>
    public bool HoldsIfTrainingFails { get; init; }

    /// <summary>The first part of <see cref="Id"/>.</summary>
    public string Group => Id.Split('/')[0];
}
