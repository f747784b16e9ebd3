namespace Rote.Audits.Scoring;

/// <summary>What it means that somebody has found labels right before the audit.</summary>
internal static class KnownExamples
{
    /// <summary>The number of wrong labels without what known right ones had of it: their probabilities of being wrong, which are 0 now, by
    /// the share itself and by each end of its interval.</summary>
    /// <param name="calibration">As if nothing were known.</param>
    /// <param name="right">[N] whether the label is known to be right.</param>
    /// <returns>Nothing is raised. An end that bounds nothing stays 1. What the answers say of other labels with the same score is left
    /// out: where most of what was looked at is right, less of the rest is wrong than this says.</returns>
    public static WrongLabels Without(CanaryCalibration calibration, bool[] right)
    {
        var wrong = calibration.Wrong;
        if (!wrong.IsTold)
        {
            return wrong;
        }

        double[] ratios = [.. calibration.Scores.Given.Where((_, i) => right[i]).Select(calibration.Ratio)];
        double Rest(double share) => Math.Max(0, share - (ratios.Sum(ratio => WrongLabels.Probability(share, ratio)) / right.Length));
        var share = Rest(wrong.Share);
        var reach = Math.Max(share, Rest(wrong.Reach));
        return wrong with
        {
            Share = share,
            Low = Math.Min(share, Rest(wrong.Low)),
            High = wrong.High == 1 ? 1 : Math.Max(share, Rest(wrong.High)),
            Reach = reach,
            Likely = Math.Max(share, Rest(wrong.Likely)),
            OfAll = wrong,
        };
    }

    /// <summary>The same examples, and those that are known to be right are called so, and stand last.</summary>
    /// <param name="examples">[N] what the audit says.</param>
    /// <param name="right">[N] whether the label is known to be right; null for none.</param>
    public static AuditedExample[] Cleared(AuditedExample[] examples, bool[]? right)
    {
        if (right is null || examples.Length == 0)
        {
            return examples;
        }

        var last = examples.Min(e => e.Score) - 1;
        return
        [
            .. examples.Select(
                (example, i) =>
                    right[i]
                        ? example with
                        {
                            Verdict = Verdict.KnownRight,
                            Score = last,
                            LikelihoodRatio = 0,
                            WrongProbability = 0,
                            SuggestedProbability = example.Suggested is null ? double.NaN : 0,
                        }
                        : example
            ),
        ];
    }
}
