using Rote.Measurement;

namespace Rote.Audits.Scoring;

/// <summary>The share of wrong labels where they stand apart from the right ones: then they can be counted one by one.</summary>
/// <remarks>
/// Estimates that are drawn on from a few of the surest predictions are too noisy there: on separable vectors with 4.1 % wrong labels, of
/// which every one was called and hardly a right one, they said 3.6 to 7.3 %.
/// </remarks>
internal static class ApartShare
{
    /// <summary>Called at least, so that their number means something.</summary>
    private const int Fewest = 10;

    /// <summary>From this probability on a label that is not called wrong is in doubt.</summary>
    private const double Doubtful = 0.05;

    /// <summary>In doubt at most, for each label that is called wrong.</summary>
    private const double MostDoubtful = 0.1;

    /// <summary>Share of each kind of canaries that is called wrong, at least.</summary>
    private const double LeastFound = 0.9;

    private const double Confidence = 1.96;

    /// <summary>Counts them.</summary>
    /// <param name="wrong">What is known without.</param>
    /// <param name="density">How many times more often canaries have a score than the data has.</param>
    /// <param name="data">[N] scores of the data.</param>
    /// <param name="canaries">Scores of the canaries by kind, made as the data's.</param>
    /// <returns>The labels called wrong as a share of all, divided by the share of canaries that is called wrong too; its error is that of
    /// both counts. Null where labels do not stand apart: many are in doubt, canaries
    /// are missed, or sure predictions disagree with more labels than chance explains.</returns>
    public static Estimate? Of(WrongLabels wrong, DensityRatio density, IReadOnlyList<double> data, IReadOnlyList<double[]> canaries)
    {
        if (!wrong.IsTold)
        {
            return null;
        }

        double Probability(double score) => WrongLabels.Probability(wrong.Share, density.At(score));
        bool IsCalled(double score) => Probability(score) >= Verdicts.Wrong;
        var called = data.Count(IsCalled);
        var doubtful = data.Count(score => !IsCalled(score) && Probability(score) >= Doubtful);
        if (called < Fewest || doubtful > MostDoubtful * called || canaries.Any(kind => kind.Count(IsCalled) < LeastFound * kind.Length))
        {
            return null;
        }

        var planted = canaries.Sum(kind => kind.Length);
        var found = (double)canaries.Sum(kind => kind.Count(IsCalled)) / planted;
        var share = called / found / data.Count;
        var error = share * Math.Sqrt((1.0 / called) + ((1 - found) / found / planted));
        var chance = Confidence * Math.Sqrt((error * error) + (wrong.Confident.StandardError * wrong.Confident.StandardError));
        return wrong.Confident.Value - share > chance ? null : new Estimate(share, error, called);
    }
}
