namespace Rote.Measurement;

/// <summary>How often labels differ from the surest predictions: if everybody would label an example alike, a label that differs is
/// wrong.</summary>
internal static class ConfidentDisagreement
{
    /// <summary>Share of each predicted class's examples that counts as sure.</summary>
    private const double Sure = 0.2;

    /// <summary>The most that chance may be, as a fraction of the disagreement that is tested.</summary>
    private const double MostChance = 0.5;

    /// <summary>Chance this small, as a share of the predictions, is precise enough however few disagree.</summary>
    private const double Fine = 0.01;

    private const double Confidence = 1.96;

    /// <summary>Fewest examples of a class that count as sure.</summary>
    private const int Fewest = 10;

    /// <summary>Estimates the share of wrong labels from the surest predictions of each class.</summary>
    /// <param name="outOfBag">[N·K] Mean probabilities of the members not trained on the example; examples with NaN are skipped.</param>
    /// <param name="labels">[N] given labels.</param>
    /// <param name="sure">Share of each predicted class's examples that counts as sure, in (0, 0.5].</param>
    /// <returns>Σ over classes of (share of the predictions) · (disagreement among its surest ones, minus what the network's own errors
    /// add, as estimated from the next surest ones); in [0, 1]. It is the share of wrong labels if they do not depend on how hard an
    /// example is, and too low if hard examples are mislabelled more often.</returns>
    /// <remarks>Extrapolates the disagreement r of the surest and of twice as many to the surest 0 %, as if r(q) = a + b·q²: a network's
    /// errors set in slowly. The idea of anchor points: Liu and Tao 2016 (arXiv:1411.7718); Patrini et al. 2017
    /// (arXiv:1609.03683).</remarks>
    public static Estimate Of(ClassProbabilities outOfBag, int[] labels, double sure = Sure) =>
        Share(Predictions(outOfBag), outOfBag, labels, sure, fewest: 1);

    private static Estimate Share(
        List<(int Example, float Probability)>[] byClass,
        ClassProbabilities outOfBag,
        int[] labels,
        double sure,
        int fewest
    )
    {
        var total = byClass.Where(list => list.Count >= fewest).Sum(list => list.Count);
        var (share, variance) = (0.0, 0.0);
        var buffer = outOfBag.NewBuffer();
        foreach (var list in byClass.Where(list => list.Count >= Math.Max(1, fewest)))
        {
            var order = list.OrderByDescending(p => p.Probability).ThenBy(p => p.Example).Select(p => p.Example).ToArray();
            var predicted = order.Length == 0 ? 0 : ArgMax.Of(outOfBag.Row(order[0], buffer));
            var (near, far) = Surest(order.Length, sure);
            double Disagreeing(int count) => (double)order.Take(count).Count(i => labels[i] != predicted) / count;
            var (first, second) = (Disagreeing(near), Disagreeing(far));
            var isTwice = far == 2 * near; // fewer predictions allow no extrapolation
            var atZero = isTwice ? ((4 * first) - second) / 3 : first;
            var weight = (double)order.Length / Math.Max(1, total);
            share += weight * atZero;

            // (4·first − second) / 3 = 7/6 · (the surer fifth) − 1/6 · (the next), which are independent.
            var rest = Math.Clamp((2 * second) - first, 0, 1);
            variance +=
                weight
                * weight
                * (isTwice ? (49 / 36.0 * Binomial(first, near)) + (1 / 36.0 * Binomial(rest, near)) : Binomial(first, near));
        }

        return new Estimate(Math.Clamp(share, 0, 1), Math.Sqrt(variance), total);
    }

    /// <summary>Whether half and twice the share of surest predictions give the same estimate: they do if the network makes no mistakes of
    /// its own there.</summary>
    /// <param name="outOfBag">[N·K] as for <see cref="Of"/>.</param>
    /// <param name="labels">[N] given labels.</param>
    /// <returns>False if the estimate falls with sureness by more than chance: the network is then too weak for the data, and its own
    /// errors look like wrong labels. Also false if it cannot be known: most predictions are of classes with so few that half and twice the
    /// share select the same ones.</returns>
    public static bool IsLevel(ClassProbabilities outOfBag, int[] labels)
    {
        var byClass = Predictions(outOfBag);
        var fewest = (int)Math.Ceiling(2 * Fewest / (2 * Sure)); // with fewer, half and twice the share are much the same predictions
        if (2 * byClass.Where(list => list.Count >= fewest).Sum(list => list.Count) < byClass.Sum(list => list.Count))
        {
            return false;
        }

        var (surer, less) = (Share(byClass, outOfBag, labels, Sure / 2, fewest), Share(byClass, outOfBag, labels, 2 * Sure, fewest));
        return less.Value - surer.Value <= Confidence * surer.StandardError;
    }

    /// <summary>Whether <see cref="IsLevel"/> could have detected a fall: a test that cannot fail proves nothing.</summary>
    /// <param name="outOfBag">[N·K] as for <see cref="Of"/>.</param>
    /// <param name="labels">[N] given labels.</param>
    /// <returns>False if chance is more than half of the tested disagreement, and more than a hundredth of the predictions.</returns>
    public static bool CanTell(ClassProbabilities outOfBag, int[] labels)
    {
        var byClass = Predictions(outOfBag);
        var (surer, less) = (Share(byClass, outOfBag, labels, Sure / 2, 1), Share(byClass, outOfBag, labels, 2 * Sure, 1));
        return Confidence * surer.StandardError <= Math.Max(Fine, MostChance * less.Value);
    }

    /// <summary>Estimates the same for every pair of classes: the share of each class's surest predictions that carries each other
    /// label.</summary>
    /// <param name="outOfBag">[N·K] as for <see cref="Of"/>.</param>
    /// <param name="labels">[N] given labels.</param>
    /// <returns>[K·K], the predicted class first: the share, extrapolated to the very surest, which chance may bring below 0; 0 on the
    /// diagonal. A class with fewer than twice ten predictions allows no extrapolation. Samples counts the surest fifth of the class; it is
    /// 0 if the class is never predicted.</returns>
    public static Estimate[] Pairs(ClassProbabilities outOfBag, int[] labels)
    {
        var classes = outOfBag.Classes;
        var pairs = new Estimate[classes * classes];
        var byClass = Predictions(outOfBag);
        for (var j = 0; j < classes; j++)
        {
            var order = byClass[j].OrderByDescending(p => p.Probability).ThenBy(p => p.Example).Select(p => labels[p.Example]).ToArray();
            var (near, far) = Surest(order.Length, Sure);
            var (first, second) = (new int[classes], new int[classes]); // among the surest, and among twice as many
            foreach (var (rank, label) in order.Take(far).Index())
            {
                first[label] += rank < near ? 1 : 0;
                second[label]++;
            }

            for (var k = 0; k < classes && near > 0; k++)
            {
                pairs[(j * classes) + k] = j == k ? new Estimate(0, 0, near) : Pair(first[k], near, second[k], far);
            }
        }

        return pairs;
    }

    /// <summary>The share among the very surest, of counts among the surest and among up to twice as many.</summary>
    /// <remarks>Counts are Poisson; half a count is added, because none seen does not mean that none exist.</remarks>
    private static Estimate Pair(int first, int near, int second, int far) =>
        far == 2 * near
            ? new Estimate(
                ((4.0 * first / near) - ((double)second / far)) / 3,
                Math.Sqrt((49 / 36.0 * (first + 0.5)) + (1 / 36.0 * (second - first + 0.5))) / near,
                near
            )
            : new Estimate((double)first / near, Math.Sqrt(first + 0.5) / near, near);

    /// <summary>How many predictions of a class count as sure, and twice that number.</summary>
    private static (int Near, int Far) Surest(int count, double sure)
    {
        var near = Math.Min(count, Math.Max(Fewest, (int)Math.Round(sure * count)));
        return (near, Math.Min(count, 2 * near));
    }

    /// <summary>Variance of a share; not 0 for a share of 0.</summary>
    private static double Binomial(double share, int count)
    {
        var smoothed = ((share * count) + 0.5) / (count + 1);
        return smoothed * (1 - smoothed) / count;
    }

    private static List<(int Example, float Probability)>[] Predictions(ClassProbabilities outOfBag)
    {
        var byClass = Enumerable.Range(0, outOfBag.Classes).Select(_ => new List<(int, float)>()).ToArray();
        var buffer = outOfBag.NewBuffer();
        for (var i = 0; i < outOfBag.Count; i++)
        {
            if (outOfBag.IsKnown(i))
            {
                var row = outOfBag.Row(i, buffer);
                var k = ArgMax.Of(row);
                byClass[k].Add((i, row[k]));
            }
        }

        return byClass;
    }
}
