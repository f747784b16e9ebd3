using Rote.Audits.Scoring;
using Rote.Measurement;

namespace Rote.Audits.OwnModel;

/// <summary>Confident learning on the out-of-sample probabilities of a model. Arrays have an entry an example.</summary>
/// <remarks>Source: Northcutt, Jiang and Chuang 2021 (arXiv:1911.00068); the scores: Kuan and Mueller 2022.</remarks>
public sealed record OwnPredictions
{
    /// <summary>Agreement from which probabilities may have been fitted to these labels.</summary>
    internal const double AgreeingWithAll = 0.999;

    /// <summary>And mean probability of the label.</summary>
    internal const double Sure = 0.99;

    /// <summary>From here on it cannot be decided whether the labels are wrong or the model.</summary>
    private const double Most = 0.5;

    /// <summary>[N·K] the probabilities, all classes of example 0 first; NaN where there is no prediction.</summary>
    public required float[] Probabilities { get; init; }

    /// <summary>How many examples have a prediction, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>[N] the most probable class; −1 where there is no prediction.</summary>
    public required int[] Predicted { get; init; }

    /// <summary>[N] the most probable class beside the label; −1 where there is no prediction.</summary>
    public required int[] Suggested { get; init; }

    /// <summary>[N] <see cref="Measurement.SelfConfidence"/>.</summary>
    public required double[] SelfConfidence { get; init; }

    /// <summary>[N] <see cref="Measurement.NormalizedMargin"/>.</summary>
    public required double[] NormalizedMargin { get; init; }

    /// <summary>[N] <see cref="Measurement.ConfidenceWeightedEntropy"/>.</summary>
    public required double[] ConfidenceWeightedEntropy { get; init; }

    /// <summary>The confident joint of given and true labels.</summary>
    public required ConfidentJoint Joint { get; init; }

    /// <summary>[N] whether <see cref="ConfidentPruning.ByClass"/> takes the example out.</summary>
    public required bool[] PrunedByClass { get; init; }

    /// <summary>[N] whether <see cref="ConfidentPruning.ByNoiseRate"/> does.</summary>
    public required bool[] PrunedByNoiseRate { get; init; }

    /// <summary>Share of the examples with a prediction whose label is the most probable class.</summary>
    public required Estimate Agreement { get; init; }

    /// <summary>Mean probability of the label over the examples with a prediction, in [0, 1].</summary>
    public required double MeanSelfConfidence { get; init; }

    /// <summary>Share of the classes whose examples are mostly predicted as another class, in [0, 1]: where it is large, rows or columns
    /// are in another order than the labels.</summary>
    public required double StrangeClasses { get; init; }

    /// <summary>Whether the model may have been trained on these very examples: it agrees with more than 99.9 % of the labels and gives
    /// them 0.99 and more on average. Then it has learned the wrong ones too, and nothing can be told; a clean and easy set looks the
    /// same.</summary>
    public bool MayKnowLabels => Agreement.Value > AgreeingWithAll && MeanSelfConfidence >= Sure;

    /// <summary>Whether anything is told of how many labels are wrong. Not where the model may know them, nor where confident learning
    /// takes more than half of them for wrong: either they are, or the model knows too little of the data, and both look the
    /// same.</summary>
    public bool IsTold => !MayKnowLabels && Joint.WrongShare <= Most;

    /// <summary>The share of wrong labels that confident learning estimates; NaN where nothing is told. No interval is known; on clean
    /// labels it is too high.</summary>
    public double WrongShare => IsTold ? Joint.WrongShare : double.NaN;

    /// <summary>An example's verdict, by the two ways of pruning: wrong if both remove it and another class is more probable; a rule if
    /// neither does and the label is predicted.</summary>
    /// <param name="example">In [0, N).</param>
    /// <returns>The verdict; ambiguous where there is no prediction.</returns>
    public Verdict VerdictOn(int example) =>
        (PrunedByClass[example], PrunedByNoiseRate[example], NormalizedMargin[example]) switch
        {
            (true, true, < 0) => Verdict.ProbablyWrong,
            (false, false, >= 0) => Verdict.Rule,
            _ => Verdict.Ambiguous,
        };

    /// <summary>Computes it all.</summary>
    /// <param name="probabilities">[N·K] checked; kept.</param>
    /// <param name="labels">[N] class numbers in [0, K).</param>
    /// <param name="classes">K, at least 2.</param>
    /// <param name="right">[N] whether a label is known to be right; null: none is known.</param>
    internal static OwnPredictions Of(float[] probabilities, int[] labels, int classes, bool[]? right = null)
    {
        var known = Enumerable.Range(0, labels.Length).Where(i => !float.IsNaN(probabilities[i * classes])).ToArray();
        var (predicted, suggested) = (new int[labels.Length], new int[labels.Length]);
        Array.Fill(predicted, -1);
        Array.Fill(suggested, -1);
        foreach (var i in known)
        {
            var row = probabilities.AsSpan(i * classes, classes);
            (predicted[i], suggested[i]) = (ArgMax.Of(row), ArgMax.Beside(row, labels[i]));
        }

        var joint = ConfidentJoint.Of(probabilities, labels, classes, right);
        var confidence = Measurement.SelfConfidence.Of(probabilities, labels);
        return new OwnPredictions
        {
            Probabilities = probabilities,
            Count = known.Length,
            Predicted = predicted,
            Suggested = suggested,
            SelfConfidence = confidence,
            NormalizedMargin = Measurement.NormalizedMargin.Of(probabilities, labels),
            ConfidenceWeightedEntropy = Measurement.ConfidenceWeightedEntropy.Of(probabilities, labels),
            Joint = joint,
            PrunedByClass = ConfidentPruning.ByClass(probabilities, labels, joint, right),
            PrunedByNoiseRate = ConfidentPruning.ByNoiseRate(probabilities, labels, joint, right),
            Agreement = Estimate.Share(known.Count(i => predicted[i] == labels[i]), known.Length),
            MeanSelfConfidence = known.Average(i => confidence[i]),
            StrangeClasses = Strange(predicted, labels, classes),
        };
    }

    private static double Strange(int[] predicted, int[] labels, int classes)
    {
        var (counts, given) = (new Dictionary<(int, int), int>(), new int[classes]);
        foreach (var (label, prediction) in labels.Zip(predicted).Where(pair => pair.Second >= 0))
        {
            counts[(label, prediction)] = counts.GetValueOrDefault((label, prediction)) + 1;
            given[label]++;
        }

        var strange = counts.Where(c => c.Key.Item1 != c.Key.Item2 && 2 * c.Value > given[c.Key.Item1]).Count();
        return (double)strange / Math.Max(1, given.Count(count => count > 0));
    }
}
