using Rote.Audits.Scoring;
using Rote.Measurement;

namespace Rote.Benchmarks.Audits;

/// <summary>One planted set under one method, as its file holds it.</summary>
internal sealed record AuditEvaluationRecord
{
    public required string Data { get; init; }
    public required int Examples { get; init; }
    public required string Kind { get; init; }
    public required double Rate { get; init; }
    public required long Seed { get; init; }
    public required string Method { get; init; }
    public required string Network { get; init; }

    /// <summary>The frozen encoder that the audit looked through; null: none, and of the baselines.</summary>
    public string? Encoder { get; init; }

    public required int Epochs { get; init; }
    public required int Members { get; init; }
    public required Estimate Auroc { get; init; }
    public required Estimate AveragePrecision { get; init; }

    /// <summary>By how much the audit's average precision on the same set is above this baseline's.</summary>
    public Estimate? AuditLead { get; init; }

    public required double TrueShare { get; init; }

    /// <summary>What the call took; networks and scores that were finished before are not in it.</summary>
    public required double Seconds { get; init; }

    public WrongLabels? Wrong { get; init; }
    public double? OutOfBagAccuracy { get; init; }

    /// <summary>How many of the first 200 suspects are wrong, as the audit says.</summary>
    public Estimate? SaidAmongFirst { get; init; }

    /// <summary>How many of them are.</summary>
    public int? WrongAmongFirst { get; init; }

    /// <summary>The sum of all labels' probabilities of being wrong, as a share of them.</summary>
    public double? MeanWrongProbability { get; init; }

    /// <summary>Of the rare right ones the share that is called probably wrong, at the recall in <see cref="Recall"/>.</summary>
    public double? RareThrownAway { get; init; }

    /// <summary>Share of the wrong labels among the first <see cref="Called"/>.</summary>
    public double? Recall { get; init; }

    /// <summary>Labels called probably wrong by the audit; the same number of suspects is taken for a baseline until it has the same
    /// recall.</summary>
    public int? Called { get; init; }
}
