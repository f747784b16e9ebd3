using Rote.Data;

namespace Rote.Audits.Review;

/// <summary>What a reviewer is shown of one example: the row of an audit's table, as far as it matters there.</summary>
public sealed record ReviewedExample
{
    /// <summary>Its place in the order of the user's data, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>What the user calls it.</summary>
    public required RowIdentity Identity { get; init; }

    /// <summary>Number of the class that it came with.</summary>
    public required int Label { get; init; }

    /// <summary>Number of the most probable other class; null where there is none.</summary>
    public int? Suggested { get; init; }

    /// <summary>Suspicion: only its order counts.</summary>
    public required double Score { get; init; }

    /// <summary>The audit's verdict; empty where it gives none.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Whether the audit has something against the label: it is not a <c>rule</c>, nor known to be right.</summary>
    public bool IsSuspect => Verdict is not ("rule" or "known right");

    /// <summary>Probability that the label is wrong, in [0, 1]; NaN where that is not known.</summary>
    public double WrongProbability { get; init; } = double.NaN;

    /// <summary>Networks' belief in the label, in [0, 1]; NaN where that is not known.</summary>
    public double SelfConfidence { get; init; } = double.NaN;

    /// <summary>Probability that <see cref="Suggested"/> is the true class, in [0, 1]; NaN where that is not known.</summary>
    public double SuggestedProbability { get; init; } = double.NaN;

    /// <summary>What the user's list of names calls it; null where there is none, or no name for it.</summary>
    public string? Name { get; init; }

    /// <summary>Which picture is its own: a path in the folder of pictures, or the array's file with a row; null where there is
    /// none.</summary>
    public string? Picture { get; init; }

    /// <summary>The text; null where the examples are none.</summary>
    public string? Text { get; init; }

    /// <summary>The most similar example with the same label; null where there is none.</summary>
    public int? Agreeing { get; init; }

    /// <summary>The most similar example with another label; null where there is none.</summary>
    public int? Contradicting { get; init; }

    /// <summary>An earlier example that it equals, or nearly; null where there is none.</summary>
    public int? DuplicateOf { get; init; }
}
