using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Benchmarks.Audits;

/// <summary>What average precision would have been on other examples: the examples are drawn anew, with replacement, and the lists that
/// were made are kept.</summary>
/// <remarks>Two lists over the same examples err together, so that their difference is drawn from the same examples. What another training
/// would have changed is not in it: that takes other seeds.</remarks>
internal static class PrecisionBootstrap
{
    private const int Draws = 500;

    /// <summary>Average precision.</summary>
    /// <param name="scores">[N] high is meant to be of the kind.</param>
    /// <param name="isOfKind">[N].</param>
    /// <returns>In [0, 1], with its error; NaN where none is of the kind.</returns>
    public static Estimate Of(double[] scores, bool[] isOfKind) =>
        new(RankQuality.AveragePrecision(scores, isOfKind), Deviation(Drawn(scores, isOfKind)), scores.Length);

    /// <summary>By how much one list's average precision is above another's.</summary>
    /// <param name="scores">[N] of the one.</param>
    /// <param name="others">[N] of the other.</param>
    /// <param name="isOfKind">[N].</param>
    /// <returns>In [−1, 1], with the error of the difference.</returns>
    public static Estimate Lead(double[] scores, double[] others, bool[] isOfKind) =>
        new(
            RankQuality.AveragePrecision(scores, isOfKind) - RankQuality.AveragePrecision(others, isOfKind),
            Deviation([.. Drawn(scores, isOfKind).Zip(Drawn(others, isOfKind), (a, b) => a - b)]),
            scores.Length
        );

    private static double[] Drawn(double[] scores, bool[] isOfKind)
    {
        if (!isOfKind.Contains(true))
        {
            return [double.NaN];
        }

        var order = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ThenBy(i => i).ToArray();
        var draws = new double[Draws];
        Parallel.For(0, Draws, draw => draws[draw] = Precision(order, isOfKind, Times(scores.Length, draw)));
        return draws;
    }

    /// <summary>How often each example is in one draw; the same draw for every list.</summary>
    private static int[] Times(int examples, int draw)
    {
        var random = new Seeds(1).Stream("bootstrap", draw);
        var times = new int[examples];
        for (var i = 0; i < examples; i++)
        {
            times[random.NextInt(examples)]++;
        }

        return times;
    }

    private static double Precision(int[] order, bool[] isOfKind, int[] times)
    {
        var (found, rank, sum) = (0, 0, 0.0);
        foreach (var i in order)
        {
            for (var n = 0; n < times[i]; n++)
            {
                rank++;
                if (isOfKind[i])
                {
                    found++;
                    sum += (double)found / rank;
                }
            }
        }

        return sum / found;
    }

    private static double Deviation(double[] draws)
    {
        var mean = draws.Average();
        return Math.Sqrt(draws.Sum(d => (d - mean) * (d - mean)) / (draws.Length - 1));
    }
}
