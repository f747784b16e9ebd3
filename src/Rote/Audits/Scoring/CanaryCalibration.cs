using Rote.Audits.Members;
using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Audits.Scoring;

/// <summary>How suspicious each label is, and what that means, as the canaries tell.</summary>
/// <param name="Scores">The suspicion.</param>
/// <param name="Wrong">How many labels are wrong.</param>
/// <param name="Density">How many times more often canaries have a score than the data has; null without canaries.</param>
internal sealed record CanaryCalibration(SuspicionScores Scores, WrongLabels Wrong, DensityRatio? Density)
{
    /// <summary>Fits scores, and calibrates them.</summary>
    /// <param name="labels">[N] given labels.</param>
    /// <param name="ensemble">The members.</param>
    /// <param name="outOfBag">[N][K] mean probabilities of the members not trained on the example.</param>
    /// <param name="seeds">The audit's randomness.</param>
    /// <param name="planted">Which canaries count.</param>
    public static CanaryCalibration Of(int[] labels, Ensemble ensemble, ClassProbabilities outOfBag, Seeds seeds, int[] planted)
    {
        var own = SuspicionScores.Of(labels, ensemble, seeds, planted);
        double[] Of(CanaryKind kind) => [.. planted.Where(c => ensemble.Canaries.Kind[c] == kind).Select(c => own.Planted[c])];
        var pairs = PairEvidence.Of(outOfBag, labels);
        var wrong = WrongLabels.Of(
            MixtureShare.Of(own.Matched, Of(CanaryKind.Uniform)),
            MixtureShare.Of(own.Matched, Of(CanaryKind.Confusable)),
            ConfidentDisagreement.Of(outOfBag, labels),
            ConfidentDisagreement.IsLevel(outOfBag, labels) && ConfidentDisagreement.CanTell(outOfBag, labels),
            pairs.IsEven
        );

        // Canaries go other ways than wrong labels, so that they count these by the score without them. People's errors follow the classes
        // and are not level: the evidence counts there too (average precision 0.01 to 0.02 more on labels that people gave CIFAR-10).
        var scores = own.With(pairs, labels, outOfBag, ensemble);
        if (planted.Length == 0)
        {
            return new CanaryCalibration(scores, wrong, null);
        }

        var density = DensityRatio.Of(scores.Matched, [.. planted.Select(c => scores.Planted[c])]);
        var kinds = planted.GroupBy(c => ensemble.Canaries.Kind[c], c => scores.Planted[c]).Select(kind => kind.ToArray()).ToArray();
        if (ApartShare.Of(wrong, density, scores.Matched, kinds) is { } apart)
        {
            return new CanaryCalibration(scores, wrong.With(apart), density);
        }

        if (Agreement(labels, ensemble) is not { } agreement)
        {
            return new CanaryCalibration(scores, wrong, density);
        }

        wrong = wrong.With(agreement);
        return new CanaryCalibration(
            scores,
            wrong,
            wrong.Likely > wrong.Share ? AsDifficult(agreement, scores, ensemble, planted) : density
        );
    }

    /// <summary>Agreement of labels, networks and frozen features; null without one of them.</summary>
    private static AgreementRates? Agreement(int[] labels, Ensemble ensemble)
    {
        if (ensemble.Frozen is not { Probabilities: var frozen } || ensemble.Members == 0)
        {
            return null;
        }

        var networks = ensemble.OutOfBagProbabilities();
        return AgreementRates.Of(frozen, networks, AgreementRates.JointSureness(frozen, networks), labels);
    }

    /// <summary>The density ratio to canaries that are as difficult as the wrong labels of the data are: planted labels stand on average
    /// examples, and people's errors on hard ones.</summary>
    private static DensityRatio AsDifficult(AgreementRates agreement, SuspicionScores scores, Ensemble ensemble, int[] planted)
    {
        var counted = planted.Where(c => agreement.Stratum[ensemble.Canaries.Example[c]] >= 0).ToArray();
        double Wrong(int canary) => agreement.ByStratum[agreement.Stratum[ensemble.Canaries.Example[canary]]];
        return DensityRatio.Of(scores.Matched, [.. counted.Select(c => scores.Planted[c])], [.. counted.Select(Wrong)]);
    }

    /// <summary>The probability that the wrong label of a canary is the true one, because its given label is wrong and the one drawn for it
    /// happens to be right.</summary>
    /// <param name="canary">Which one.</param>
    /// <param name="outOfBag">[N][K] mean probabilities of the members not trained on the example.</param>
    /// <param name="labels">[N] given labels.</param>
    /// <param name="ensemble">The members.</param>
    /// <returns>In [0, 1]; 0 where every member was trained on the example, or nothing is told. Counted as wrong labels that nothing finds,
    /// such canaries would raise the estimate of all wrong labels.</returns>
    public double AccidentOf(int canary, ClassProbabilities outOfBag, int[] labels, Ensemble ensemble)
    {
        var (example, label) = (ensemble.Canaries.Example[canary], ensemble.Canaries.Label[canary]);
        return !outOfBag.IsKnown(example) || !Wrong.IsTold
            ? 0
            : Probability(Scores.Given[example])
                * Math.Min(1, outOfBag[example, label] / Math.Max(1e-12, 1 - (double)outOfBag[example, labels[example]]));
    }

    /// <summary>How many times more often canaries have a score than the data has.</summary>
    /// <param name="score">Any number.</param>
    public double Ratio(double score) => Density?.At(score) ?? 1;

    /// <summary>The probability that a label with this score is wrong, in [0, 1]; NaN where nothing is told.</summary>
    /// <param name="score">Any number.</param>
    public double Probability(double score) => Wrong.ProbabilityAt(Ratio(score));
}
