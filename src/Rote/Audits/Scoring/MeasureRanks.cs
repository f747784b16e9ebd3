using Rote.Audits.Members;
using Rote.Measurement;

namespace Rote.Audits.Scoring;

/// <summary>What speaks for or against the label of each of n examples: one row an example, one column a measure, on one scale.</summary>
/// <remarks>
/// Every measure becomes the log-odds of its rank among the examples under their given labels, log(u / (1 − u)): units and outliers no
/// longer matter, and what is missing is 0, the middle.
/// </remarks>
internal sealed class MeasureRanks
{
    private static readonly MeasureColumn[] OfTrainedMembers =
    [
        new("selfConfidence", -1),
        new("normalizedMargin", -1),
        new("inBagProbability", -1),
        new("neighbours", -1),
    ];

    /// <summary>Predictions from frozen features, where there are some.</summary>
    private static readonly MeasureColumn OfFrozenFeatures = new("frozenConfidence", -1);

    private readonly double[][] _sorted;

    /// <param name="population">Raw values of the examples that ranks are taken among.</param>
    public MeasureRanks(double[][] population) =>
        _sorted = [.. population.Select(column => column.Where(v => !double.IsNaN(v)).Order().ToArray())];

    /// <summary>The measures, in the order of the columns.</summary>
    /// <param name="ensemble">Whose.</param>
    public static IReadOnlyList<MeasureColumn> Columns(Ensemble ensemble) =>
        [.. OfTrainedMembers, .. ensemble.Measures, .. ensemble.Frozen is null ? Array.Empty<MeasureColumn>() : [OfFrozenFeatures]];

    /// <summary>Raw values.</summary>
    /// <param name="sums">The members' sums for the examples under their labels.</param>
    /// <param name="examples">[n] which of the N examples they are.</param>
    /// <param name="labels">[n] the labels they are taken to have.</param>
    /// <param name="ensemble">Says the rest.</param>
    /// <param name="outOfBag">[N][K] mean probabilities of the members not trained on the example.</param>
    /// <returns>[measures][n]; NaN where a value is missing.</returns>
    public static double[][] Raw(LabelSums sums, int[] examples, int[] labels, Ensemble ensemble, ClassProbabilities outOfBag)
    {
        var buffer = outOfBag.NewBuffer();
        return
        [
            [.. examples.Select((example, i) => (double)outOfBag[example, labels[i]])],
            [.. examples.Select((example, i) => NormalizedMargin.Of(outOfBag.Row(example, buffer), labels[i]))],
            [.. Enumerable.Range(0, examples.Length).Select(i => sums.InBag(i).Value)],
            [.. examples.Select((example, i) => (double)Closeness(ensemble.Neighbours, example, labels[i]))],
            .. ensemble.Measures.Select(column => sums.Dynamics(column.Name)),
            .. ensemble.Frozen is { } frozen
                ?
                [
                    [.. examples.Select((example, i) => (double)frozen.Probabilities[example, labels[i]])],
                ]
                : Array.Empty<double[]>(),
        ];
    }

    /// <summary>The rows for raw values.</summary>
    /// <param name="raw">[measures][n].</param>
    /// <returns>[n][measures].</returns>
    public double[][] Rows(double[][] raw) =>
        [.. Enumerable.Range(0, raw[0].Length).Select(i => raw.Select((column, m) => LogOdds(_sorted[m], column[i])).ToArray())];

    private static float Closeness(ClassNeighbours neighbours, int example, int label) =>
        neighbours.Agreeing(example, label) - neighbours.Contradicting(example, label);

    private static double LogOdds(double[] sorted, double value)
    {
        if (double.IsNaN(value) || sorted.Length == 0)
        {
            return 0;
        }

        var share = Ranks.Share(sorted, value);
        return Math.Log(share / (1 - share));
    }
}
