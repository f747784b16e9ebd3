using Rote.Audits.Members;
using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Audits.Scoring;

/// <summary>From the members' predictions to a verdict on every example.</summary>
internal static class Judgement
{
    /// <summary>Judges.</summary>
    /// <param name="plan">The audit.</param>
    /// <param name="labels">[N] given labels.</param>
    /// <param name="classNames">[K] names.</param>
    /// <param name="ensemble">The members, at least one.</param>
    /// <param name="duplicates">Examples that stand in the data more than once.</param>
    /// <param name="right">[N] whether somebody has found the label right; null where nobody was asked.</param>
    /// <param name="mayKnowLabels">Whether the examples are vectors that a network may have made which was trained on these labels.</param>
    public static AuditResult Of(
        AuditPlan plan,
        int[] labels,
        IReadOnlyList<string> classNames,
        Ensemble ensemble,
        Duplicates duplicates,
        bool[]? right,
        bool mayKnowLabels
    )
    {
        var outOfBag = ensemble.Pooled().Probabilities;
        var trained = Enumerable
            .Range(0, ensemble.Planted.Count)
            .Where(c => ensemble.Frozen is not null || ensemble.Planted.InBagCount[c] > 0)
            .ToArray();
        var calibration = CanaryCalibration.Of(labels, ensemble, outOfBag, new Seeds(plan.Seed), trained);
        var planted = trained.Where(c => calibration.AccidentOf(c, outOfBag, labels, ensemble) < 0.5).ToArray();
        if (planted.Length < trained.Length)
        {
            calibration = CanaryCalibration.Of(labels, ensemble, outOfBag, new Seeds(plan.Seed), planted);
        }

        var scores = calibration.Scores;
        var wrong = right is null ? calibration.Wrong : KnownExamples.Without(calibration, right);
        int Count(int[] canaries, CanaryKind kind) => canaries.Count(c => ensemble.Canaries.Kind[c] == kind);
        double[] Scores(CanaryKind kind) => [.. planted.Where(c => ensemble.Canaries.Kind[c] == kind).Select(c => scores.Planted[c])];
        var buffer = outOfBag.NewBuffer();
        var seen = Enumerable.Range(0, labels.Length).Where(i => outOfBag.IsKnown(i)).ToArray();
        var accuracy = Estimate.Share(seen.Count(i => ArgMax.Of(outOfBag.Row(i, buffer)) == labels[i]), Math.Max(1, seen.Length));
        return new AuditResult
        {
            Plan = plan,
            Members = ensemble.Members,
            ClassNames = classNames,
            Examples = KnownExamples.Cleared(
                [.. labels.Select((_, i) => Example(i, labels, ensemble, outOfBag.Row(i, buffer), scores.Given[i], calibration))],
                right
            ),
            Wrong = mayKnowLabels ? wrong.OfVectorsThatMayKnow(accuracy.Value) : wrong,
            Canaries =
            [
                .. Enum.GetValues<CanaryKind>()
                    .Select(kind =>
                        Quality(
                            kind,
                            Scores(kind),
                            Count(trained, kind) - Count(planted, kind),
                            scores.Matched,
                            wrong.IsTold ? score => calibration.Probability(score) >= Verdicts.Wrong : null
                        )
                    ),
            ],
            Weights = scores.Weights,
            Joint = ConfidentJoint.Of(outOfBag, labels),
            OutOfBagAccuracy = accuracy,
            Duplicates = duplicates,
        };
    }

    private static CanaryQuality Quality(
        CanaryKind kind,
        double[] canaries,
        int rightByAccident,
        double[] data,
        Func<double, bool>? isFound
    )
    {
        var isCanary = Enumerable.Repeat(true, canaries.Length).Concat(Enumerable.Repeat(false, data.Length)).ToArray();
        return new CanaryQuality(
            kind,
            canaries.Length,
            rightByAccident,
            canaries.Length == 0 || isFound is null
                ? new Estimate(double.NaN, double.NaN, 0)
                : Estimate.Share(canaries.Count(isFound), canaries.Length),
            RankQuality.Auroc([.. canaries, .. data], isCanary)
        );
    }

    private static AuditedExample Example(
        int i,
        int[] labels,
        Ensemble ensemble,
        ReadOnlySpan<float> row,
        double score,
        CanaryCalibration calibration
    )
    {
        var wrong = calibration.Probability(score);
        var (given, near) = (ensemble.Given, ensemble.Neighbours);
        var (inBag, left) = (given.InBag(i), given.OutOfBag(i));
        var memorization = MemorizationValue.Of(inBag, left);
        var suggested = float.IsNaN(row[0]) ? null : (int?)ArgMax.Beside(row, labels[i]);

        // With frozen features what all predict together decides: on few examples networks alone predict hardly anything.
        var consistency =
            ensemble.Frozen is null ? given.OutOfBagAccuracy(i).Value
            : ArgMax.Of(row) == labels[i] ? 1
            : 0;
        var (agreeing, contradicting) = (near.Agreeing(i, labels[i]), near.Contradiction(i, labels[i]));
        return new AuditedExample
        {
            Id = i,
            Label = labels[i],
            Score = score,
            LikelihoodRatio = calibration.Ratio(score),
            WrongProbability = wrong,
            Verdict = Verdicts.Of(wrong, memorization, consistency),
            Suggested = suggested,
            SuggestedProbability = suggested is { } other
                ? wrong * Math.Min(1, row[other] / Math.Max(1e-12, 1 - (double)row[labels[i]]))
                : double.NaN,
            InBag = inBag,
            OutOfBag = left,
            InBagAccuracy = given.InBagAccuracy(i),
            Consistency = given.OutOfBagAccuracy(i),
            Memorization = memorization,
            NormalizedMargin = Measurement.NormalizedMargin.Of(row, labels[i]),
            FrozenConfidence = ensemble.Frozen?.Probabilities[i, labels[i]] ?? double.NaN,
            Dynamics = ensemble
                .Measures.Where(column => given.Has(column.Name))
                .ToDictionary(column => column.Name, column => given.Dynamics(column.Name, i)),
            Agreeing = (near.RowOf(i, labels[i]), agreeing),
            Contradicting = (near.RowOf(i, contradicting), near.Contradicting(i, labels[i])),
        };
    }
}
