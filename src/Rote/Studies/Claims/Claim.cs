using Rote.Experiments;
using Rote.Measurement;

namespace Rote.Studies.Claims;

/// <summary>One thing that a paper says, as a number that can be measured and a criterion stated beforehand.</summary>
public sealed record Claim
{
    /// <summary>Its name, from the general to the particular, as <c>table1/mlp-1x512/random-labels/test</c>; the first part is its
    /// group.</summary>
    public required string Id { get; init; }

    /// <summary>Where in the paper, as "Table 1, row 19".</summary>
    public required string Source { get; init; }

    /// <summary>What is claimed, in one sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>The paper's own number or words.</summary>
    public required string Paper { get; init; }

    /// <summary>What the number is.</summary>
    public required Unit Unit { get; init; }

    /// <summary>When it counts as reproduced.</summary>
    public required Criterion Criterion { get; init; }

    /// <summary>The runs it rests on, all seeds; none for what needs no training.</summary>
    public required IReadOnlyList<Experiment> Needs { get; init; }

    /// <summary>Takes the number from the runs.</summary>
    public required Func<Evidence, Estimate> Measure { get; init; }

    /// <summary>Why nobody looks at it at this scale, in a sentence; null where it is looked at.</summary>
    public string? NotAtThisScale { get; init; }

    /// <summary>Why it is left out unless everything is asked for, in a sentence; null where it is of the core.</summary>
    public string? Extra { get; init; }

    /// <summary>Whether a training that fails, as by a loss that is no longer a number, is what it says.</summary>
    public bool HoldsIfTrainingFails { get; init; }

    /// <summary>The first part of <see cref="Id"/>.</summary>
    public string Group => Id.Split('/')[0];
}
