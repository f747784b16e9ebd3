namespace Rote.Measurement;

/// <summary>The confident joint, the confident-learning estimate of how given and true labels go together.</summary>
/// <param name="Counts">[K][K] Entry (j, k): examples that are given class j and confidently belong to class k.</param>
/// <param name="Joint">[K][K] The counts, calibrated to the number of examples given each class and divided by their sum: an estimate of
/// P(given = j, true = k); sums to 1.</param>
/// <param name="Thresholds">[K] Mean probability of class k among the examples given k; an example at or above it confidently belongs to
/// k.</param>
public sealed record ConfidentJoint(
    IReadOnlyList<IReadOnlyList<int>> Counts,
    IReadOnlyList<IReadOnlyList<double>> Joint,
    IReadOnlyList<double> Thresholds
)
{
    /// <summary>The estimated share of wrong labels: everything off the diagonal.</summary>
    public double WrongShare => 1 - Joint.Select((row, j) => row[j]).Sum();

    /// <summary>[K] The estimated share of wrong labels of each given class: P(true ≠ j | given = j); 0 for a class that no example is
    /// given.</summary>
    public IReadOnlyList<double> WrongOfGiven =>
        [.. Joint.Select((row, j) => row.Sum() is var sum and > 0 ? Math.Max(0, 1 - (row[j] / sum)) : 0)];

    /// <summary>[K] The estimated share of each true class that is mislabelled: P(given ≠ k | true = k); 0 for a class that no example is
    /// estimated to belong to.</summary>
    public IReadOnlyList<double> MislabelledOfTrue =>
        [
            .. Enumerable
                .Range(0, Joint.Count)
                .Select(k => Joint.Sum(row => row[k]) is var sum and > 0 ? Math.Max(0, 1 - (Joint[k][k] / sum)) : 0),
        ];

    /// <summary>Estimates the confident joint.</summary>
    /// <param name="probabilities">[N·K] Mean probabilities of the networks not trained on the example; examples with NaN are
    /// skipped.</param>
    /// <param name="labels">[N] Class numbers in [0, K).</param>
    /// <param name="classes">K.</param>
    /// <param name="right">[N] whether a label is known to be right: such an example is counted as its own class, whatever is predicted;
    /// null: none is known.</param>
    /// <returns>The joint. O(N·K).</returns>
    /// <remarks>docs/reference/measures/confident-joint.md. Source: Northcutt, Jiang and Chuang 2021 (arXiv:1911.00068), equations 1 to
    /// 3; an example above several thresholds belongs to the class of the largest probability among them.</remarks>
    public static ConfidentJoint Of(float[] probabilities, int[] labels, int classes, bool[]? right = null) =>
        Of(ClassProbabilities.Whole(probabilities, classes), labels, right);

    /// <summary>The same where perhaps only some probabilities of an example are kept.</summary>
    /// <param name="probabilities">[N][K] as above.</param>
    /// <param name="labels">[N] class numbers in [0, K).</param>
    /// <param name="right">As above.</param>
    public static ConfidentJoint Of(ClassProbabilities probabilities, int[] labels, bool[]? right = null)
    {
        var classes = probabilities.Classes;
        var (sums, given) = (new double[classes], new int[classes]);
        for (var i = 0; i < labels.Length; i++)
        {
            if (probabilities.IsKnown(i))
            {
                sums[labels[i]] += probabilities[i, labels[i]];
                given[labels[i]]++;
            }
        }

        var thresholds = sums.Select((sum, k) => given[k] == 0 ? double.PositiveInfinity : sum / given[k]).ToArray();
        var counts = Enumerable.Range(0, classes).Select(_ => new int[classes]).ToArray();
        var buffer = probabilities.NewBuffer();
        for (var i = 0; i < labels.Length; i++)
        {
            var isRight = right?[i] == true && probabilities.IsKnown(i);
            if ((isRight ? labels[i] : Confident(probabilities.Row(i, buffer), thresholds)) is var k and >= 0)
            {
                counts[labels[i]][k]++;
            }
        }

        return new ConfidentJoint(counts, Calibrate(counts, given), thresholds);
    }

    /// <summary>The class that an example confidently belongs to; −1 for none.</summary>
    private static int Confident(ReadOnlySpan<float> probabilities, double[] thresholds)
    {
        var best = -1;
        for (var k = 0; k < thresholds.Length; k++)
        {
            if (probabilities[k] >= thresholds[k] && (best < 0 || probabilities[k] > probabilities[best]))
            {
                best = k;
            }
        }

        return best;
    }

    private static double[][] Calibrate(int[][] counts, int[] given)
    {
        var total = Math.Max(1, given.Sum());
        return
        [
            .. counts.Select(
                (row, j) =>
                {
                    var sum = row.Sum();
                    return row.Select((count, k) => (sum == 0 ? (j == k ? 1.0 : 0.0) : (double)count / sum) * given[j] / total).ToArray();
                }
            ),
        ];
    }
}
