using static TorchSharp.torch;

namespace Rote.Measurement;

/// <summary>Combines several opinions about the same examples: multiplies their probabilities, each raised to its own weight.</summary>
/// <param name="Weights">[V] exponent of each opinion, at least 0.</param>
/// <remarks>p(k) ∝ Π_v p_v(k)^w_v, the logarithmic opinion pool (Genest and Zidek 1986, section 3). The weight of a single opinion is an
/// inverse temperature (Guo et al. 2017, arXiv:1706.04599).</remarks>
public sealed record LogLinearPool(IReadOnlyList<double> Weights)
{
    /// <summary>Floor of all probabilities: one sure mistake must not decide the weights.</summary>
    private const double Least = 1e-4;

    private const int Steps = 25;

    /// <summary>Fits the weights to labels.</summary>
    /// <param name="opinions">[V] probabilities [N][K] made without the labels of the same examples; a row with NaN is skipped.</param>
    /// <param name="labels">[N] class numbers in [0, K).</param>
    /// <returns>The weights that maximize the mean log-likelihood, which is concave, by Newton's method. An opinion that would get a
    /// negative weight gets 0.</returns>
    public static LogLinearPool Of(IReadOnlyList<ClassProbabilities> opinions, int[] labels)
    {
        var used = Enumerable.Range(0, opinions.Count).ToList();
        while (true)
        {
            var weights = Fit([.. used.Select(v => opinions[v])], labels);
            var worst = Array.IndexOf(weights, weights.Min());
            if (weights[worst] >= 0 || used.Count == 1)
            {
                var all = new double[opinions.Count];
                foreach (var (place, v) in used.Index())
                {
                    all[v] = Math.Max(0, weights[place]);
                }

                return new LogLinearPool(all);
            }

            used.RemoveAt(worst);
        }
    }

    /// <summary>Combines the opinions.</summary>
    /// <param name="opinions">[V] as for <see cref="Of"/>. Where one has NaN, only the others count.</param>
    /// <returns>[N][K] probabilities, of which as many are kept as of the first opinion; NaN where every opinion with a weight has NaN.
    /// Where no opinion has a weight, because all are worse than none, every class is as probable.</returns>
    public ClassProbabilities Apply(IReadOnlyList<ClassProbabilities> opinions)
    {
        var result = new ClassProbabilities(opinions[0].Kept);
        var classes = result.Classes;
        var buffers = opinions.Select(opinion => opinion.NewBuffer()).ToArray();
        var (row, pooled) = (new double[classes], new float[classes]);
        var counts = Weights.Any(weight => weight > 0) ? Weights.Select(weight => weight > 0).ToArray() : [.. Weights.Select(_ => true)];
        for (var i = 0; i < result.Count; i++)
        {
            Array.Clear(row);
            var isKnown = false;
            for (var v = 0; v < opinions.Count; v++)
            {
                if (counts[v] && opinions[v].IsKnown(i))
                {
                    isKnown = true;
                    var own = opinions[v].Row(i, buffers[v]);
                    for (var k = 0; k < classes; k++)
                    {
                        row[k] += Weights[v] * Math.Log(Math.Max(Least, own[k]));
                    }
                }
            }

            Normalize(row);
            for (var k = 0; k < classes; k++)
            {
                pooled[k] = isKnown ? (float)row[k] : float.NaN;
            }

            result.Set(i, pooled);
        }

        return result;
    }

    private static double[] Fit(ClassProbabilities[] opinions, int[] labels)
    {
        var count = opinions.Length;
        var classes = opinions[0].Classes;
        var rows = Rows(opinions);
        var logs = Array.ConvertAll(opinions, opinion => Logs(opinion, rows));
        var labelled = Array.ConvertAll(rows, i => labels[i]);
        var weights = Enumerable.Repeat(1.0 / count, count).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            var (gradient, curvature) = Slope(logs, labelled, classes, weights);
            using var scope = NewDisposeScope();
            var change = linalg.solve(tensor(curvature), tensor(gradient)).data<double>().ToArray();
            for (var v = 0; v < count; v++)
            {
                weights[v] += Math.Clamp(change[v], -1, 1);
            }

            if (change.Max(Math.Abs) < 1e-7)
            {
                break;
            }
        }

        return weights;
    }

    /// <summary>The examples that are fitted: those of which every opinion knows something; where they have more than 10⁸ numbers, some of
    /// them at even distances. A handful of weights needs no more.</summary>
    private static int[] Rows(ClassProbabilities[] opinions)
    {
        int[] known = [.. Enumerable.Range(0, opinions[0].Count).Where(i => Array.TrueForAll(opinions, opinion => opinion.IsKnown(i)))];
        var step = (((long)known.Length * opinions[0].Classes) + KeptClasses.Most - 1) / KeptClasses.Most;
        return step <= 1 ? known : [.. known.Where((_, place) => place % step == 0)];
    }

    private static float[] Logs(ClassProbabilities opinion, int[] rows)
    {
        var (logs, buffer) = (new float[rows.Length * opinion.Classes], opinion.NewBuffer());
        var place = 0;
        foreach (var i in rows)
        {
            foreach (var p in opinion.Row(i, buffer))
            {
                logs[place++] = (float)Math.Log(Math.Max(Least, p));
            }
        }

        return logs;
    }

    /// <summary>Gradient and negative Hessian of the log-likelihood; the latter is the covariance of the opinions' logarithms.</summary>
    private static (double[] Gradient, double[,] Curvature) Slope(float[][] logs, int[] labels, int classes, double[] weights)
    {
        var count = logs.Length;
        var (gradient, curvature) = (new double[count], new double[count, count]);
        var (row, means) = (new double[classes], new double[count]);
        for (var i = 0; i < labels.Length; i++)
        {
            Array.Clear(row);
            for (var v = 0; v < count; v++)
            {
                for (var k = 0; k < classes; k++)
                {
                    row[k] += weights[v] * logs[v][(i * classes) + k];
                }
            }

            Normalize(row);
            for (var v = 0; v < count; v++)
            {
                var own = logs[v].AsSpan(i * classes, classes);
                means[v] = Mean(row, own);
                gradient[v] += own[labels[i]] - means[v];
                for (var u = 0; u <= v; u++)
                {
                    var other = logs[u].AsSpan(i * classes, classes);
                    for (var k = 0; k < classes; k++)
                    {
                        curvature[v, u] += row[k] * (own[k] - means[v]) * (other[k] - means[u]);
                    }

                    curvature[u, v] = curvature[v, u];
                }
            }
        }

        for (var v = 0; v < count; v++)
        {
            curvature[v, v] += 1e-9 * Math.Max(1, labels.Length);
        }

        return (gradient, curvature);
    }

    private static double Mean(double[] probabilities, ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        for (var k = 0; k < values.Length; k++)
        {
            sum += probabilities[k] * values[k];
        }

        return sum;
    }

    private static void Normalize(double[] logs)
    {
        var largest = logs.Max();
        var sum = 0.0;
        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] = Math.Exp(logs[k] - largest);
            sum += logs[k];
        }

        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] /= sum;
        }
    }
}
