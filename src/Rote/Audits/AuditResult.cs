using Rote.Audits.Checks;
using Rote.Audits.Members;
using Rote.Audits.Scoring;
using Rote.Measurement;

namespace Rote.Audits;

/// <summary>What the canaries of one kind show: errors that are known, so this is measured.</summary>
/// <param name="Kind">How their wrong labels were drawn.</param>
/// <param name="Planted">Canaries that at least one member was trained on, without those of the next.</param>
/// <param name="RightByAccident">Canaries left out of everything, because their wrong label is more likely the true one than not: the label
/// that their example came with is wrong.</param>
/// <param name="Found">Share of them that are called probably wrong: the recall, as a binomial estimate; NaN where nothing is called wrong
/// because it cannot be told.</param>
/// <param name="Auroc">How well the score puts them before the data as it is, of which some labels are wrong too.</param>
public sealed record CanaryQuality(CanaryKind Kind, int Planted, int RightByAccident, Estimate Found, Estimate Auroc);

/// <summary>The finished audit.</summary>
public sealed record AuditResult
{
    /// <summary>The audit.</summary>
    public required AuditPlan Plan { get; init; }

    /// <summary>Members that it rests on.</summary>
    public required int Members { get; init; }

    /// <summary>Class names.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Every example, in the order of the data.</summary>
    public required IReadOnlyList<AuditedExample> Examples { get; init; }

    /// <summary>How many labels are wrong.</summary>
    public required WrongLabels Wrong { get; init; }

    /// <summary>What the canaries show, one entry a kind.</summary>
    public required IReadOnlyList<CanaryQuality> Canaries { get; init; }

    /// <summary>How much each measure weighs in the score, by name; the measures are on one scale, log-odds of ranks.</summary>
    public required IReadOnlyList<(string Measure, double Weight)> Weights { get; init; }

    /// <summary>The confident joint of given and true labels.</summary>
    public required ConfidentJoint Joint { get; init; }

    /// <summary>Decisions of people on the examples from before the audit; null where there are none.</summary>
    public DecidedExamples? Decided { get; init; }

    /// <summary>Share of the examples that members not trained on them predict as labelled.</summary>
    public required Estimate OutOfBagAccuracy { get; init; }

    /// <summary>Examples that stand in the data more than once.</summary>
    public required Duplicates Duplicates { get; init; }

    /// <summary>What else there is to say of the data; null in a preliminary result.</summary>
    public DataChecks? Checks { get; init; }

    /// <summary>[N·K] mean probabilities of the members not trained on the example, all classes of example 0 first; NaN where no member
    /// left it out. Null where they were not asked for, as in a preliminary result.</summary>
    public ClassProbabilities? OutOfBagProbabilities { get; init; }

    /// <summary>The examples, the most suspicious first.</summary>
    public IReadOnlyList<AuditedExample> Suspects => field ??= [.. Examples.OrderByDescending(e => e.Score).ThenBy(e => e.Id)];

    /// <summary>How many of the first suspects are wrong.</summary>
    /// <param name="first">How many suspects, at least 1.</param>
    /// <returns>An estimate, NaN where nothing is told or wrong labels may be hidden: the sum of their probabilities; its error holds
    /// chance and what the ends of the interval of the share of wrong labels would make of it,
    /// the lower end being what the canaries alone say where that is less: then the wrong labels do not look like canaries, and the
    /// probabilities, which rest on that, may be far too high.</returns>
    public Estimate WrongAmong(int first)
    {
        var some = Suspects.Take(first).ToArray();
        if (Wrong.MayBeHidden)
        {
            return new Estimate(double.NaN, double.NaN, some.Length);
        }

        var expected = some.Sum(e => e.WrongProbability);
        var chance = some.Sum(e => e.WrongProbability * (1 - e.WrongProbability));

        // The interval is one of 95 %: 3.92 standard errors.
        double At(double share) => some.Sum(e => WrongLabels.Probability(share, e.LikelihoodRatio));
        var all = Wrong.OfAll ?? Wrong; // labels known to be right have a ratio of 0 below, and must not count twice
        var least = all.Apart is not null
            ? all.Low
            : new[] { all.Uniform.Value, all.Confusable.Value }.Where(value => !double.IsNaN(value)).DefaultIfEmpty(0).Max();
        var share = (At(Math.Max(all.Reach, all.Likely)) - At(Math.Min(all.Low, least))) / 3.92;
        return new Estimate(expected, Math.Sqrt(chance + (share * share)), some.Length);
    }

    /// <summary>Examples with a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>How many there are.</returns>
    public int Count(Verdict verdict) => Examples.Count(e => e.Verdict == verdict);
}
