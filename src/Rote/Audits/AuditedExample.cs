using Rote.Audits.Scoring;
using Rote.Measurement;

namespace Rote.Audits;

/// <summary>An audit's result for one example.</summary>
public sealed record AuditedExample
{
    /// <summary>Its row among the audited examples.</summary>
    public required int Id { get; init; }

    /// <summary>The label it came with.</summary>
    public required int Label { get; init; }

    /// <summary>Suspicion: log-odds that the label looks like a canary's wrong one rather than like the data's labels. Only its order and
    /// the probability below mean something.</summary>
    public required double Score { get; init; }

    /// <summary>How many times more often canaries have this score than the data has; at least 0, infinite above every score of the
    /// data.</summary>
    public required double LikelihoodRatio { get; init; }

    /// <summary>Probability that the label is wrong, in [0, 1]: the share of wrong labels times the ratio; NaN where that share cannot be
    /// told.</summary>
    public required double WrongProbability { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The most probable other class, by the members not trained on it; null where there is none.</summary>
    public required int? Suggested { get; init; }

    /// <summary>Probability that this is the true one, in [0, <see cref="WrongProbability"/>]; NaN where there is none.</summary>
    public required double SuggestedProbability { get; init; }

    /// <summary>Probability of the label in members that were trained on it.</summary>
    public required Estimate InBag { get; init; }

    /// <summary>Probability of the label in members that were not: the self-confidence.</summary>
    public required Estimate OutOfBag { get; init; }

    /// <summary>Share of the members trained on it that predict the label; NaN where there is none.</summary>
    public required double InBagAccuracy { get; init; }

    /// <summary>Share of the members not trained on it that predict the label.</summary>
    public required Estimate Consistency { get; init; }

    /// <summary>The memorization value: <see cref="InBag"/> minus <see cref="OutOfBag"/>.</summary>
    public required Estimate Memorization { get; init; }

    /// <summary>The label's mean probability minus the largest of the others, in members not trained on it, in [−1, 1].</summary>
    public required double NormalizedMargin { get; init; }

    /// <summary>Probability of the label by the frozen features of an encoder, without its own label; NaN where there is no
    /// encoder.</summary>
    public double FrozenConfidence { get; init; } = double.NaN;

    /// <summary>Means over the members trained on it of the measures of training dynamics, by name.</summary>
    public required IReadOnlyDictionary<string, double> Dynamics { get; init; }

    /// <summary>The most similar example with the same label and the cosine to it; row −1 where there is none.</summary>
    public required (int Row, float Similarity) Agreeing { get; init; }

    /// <summary>The most similar example with another label and the cosine to it; row −1 where there is none.</summary>
    public required (int Row, float Similarity) Contradicting { get; init; }
}
