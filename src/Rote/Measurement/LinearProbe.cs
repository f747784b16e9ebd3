using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Measurement;

/// <summary>Out-of-fold predictions of ridge regression on features: a linear rule predicts examples whose labels it has not
/// seen.</summary>
/// <remarks>docs/reference/measures/frozen-confidence.md. The regression targets are one-hot labels; the solution is in closed form: (XᵀX +
/// λI)W = XᵀY. Source: Rifkin, Yeo and Poggio 2003, regularized least-squares classification.</remarks>
public static class LinearProbe
{
    private const int Folds = 5;
    private const int Rows = 4096;

    /// <summary>Penalties to try, as fractions of the number of examples: features have a variance of 1.</summary>
    private static readonly double[] Penalties = [0.003, 0.03, 0.3, 3];

    /// <summary>Inverse temperatures to try: the factors between regressed values and log-probabilities.</summary>
    private static readonly double[] Factors = [1, 2, 3, 4, 6, 8, 11, 15, 20, 30];

    /// <summary>Predicts all examples.</summary>
    /// <param name="features">[N, D] float32, each feature with mean about 0 and variance about 1.</param>
    /// <param name="labels">[N] class numbers in [0, <paramref name="classes"/>).</param>
    /// <param name="classes">K.</param>
    /// <param name="fold">[N] any whole numbers of at least 0: examples with the same remainder modulo 5 are held out together.</param>
    /// <param name="cancel">Stops between two folds.</param>
    /// <returns>[N·K] probabilities: softmax of the regressed values, with the penalty and the factor that maximize the likelihood of the
    /// held-out labels. O(N·D² + 20·D³).</returns>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static float[] Of(Tensor features, int[] labels, int classes, long[] fold, CancellationToken cancel = default)
    {
        Shape.Require(features, nameof(features), labels.Length, -1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (grams, products) = Moments(features, labels, classes, fold, cancel);
        var (allGrams, allProducts) = (grams.sum([0L]), products.sum([0L])); // [D + 1, D + 1], [D + 1, K]
        var unit = eye(allGrams.shape[0], dtype: float64);
        unit[-1, -1] = 0; // the intercept is free
        (double Loss, float[] Probabilities) best = (double.PositiveInfinity, []);
        foreach (var penalty in Penalties)
        {
            using var trial = NewDisposeScope();
            var weights = new Tensor[Folds];
            for (var f = 0; f < Folds; f++)
            {
                cancel.ThrowIfCancellationRequested();
                var ridge = unit * ((penalty * labels.Length) + 1e-6);
                weights[f] = linalg.solve(allGrams - grams[f] + ridge, allProducts - products[f]).to(float32); // [D + 1, K]
            }

            var values = Values(features, weights, fold, classes);
            foreach (var factor in Factors)
            {
                var (loss, probabilities) = Softmax(values, factor, labels, classes);
                best = loss < best.Loss ? (loss, probabilities) : best;
            }
        }

        return best.Probabilities;
    }

    /// <summary>XᵀX and XᵀY of each fold, with a column of ones after the features.</summary>
    private static (Tensor Grams, Tensor Products) Moments(
        Tensor features,
        int[] labels,
        int classes,
        long[] fold,
        CancellationToken cancel
    )
    {
        var width = features.shape[1] + 1;
        var (grams, products) = (zeros([Folds, width, width], float64), zeros([Folds, width, classes], float64));
        for (var f = 0; f < Folds; f++)
        {
            var rows = Enumerable.Range(0, labels.Length).Where(i => fold[i] % Folds == f).Select(i => (long)i).ToArray();
            for (var start = 0; start < rows.Length; start += Rows)
            {
                cancel.ThrowIfCancellationRequested();
                using var part = NewDisposeScope();
                var chosen = rows.AsSpan(start, Math.Min(Rows, rows.Length - start)).ToArray();
                var x = WithOnes(features.index_select(0, tensor(chosen, int64))); // [n, D + 1]
                var y = zeros([chosen.Length, classes], float32);
                y.scatter_(1, tensor(Array.ConvertAll(chosen, i => (long)labels[i]), int64).unsqueeze(1), ones([chosen.Length, 1]));
                grams[f].add_(x.t().mm(x).to(float64));
                products[f].add_(x.t().mm(y).to(float64));
            }
        }

        return (grams, products);
    }

    private static Tensor WithOnes(Tensor x) => cat([x, ones([x.shape[0], 1], float32)], 1);

    private static float[] Values(Tensor features, Tensor[] weights, long[] fold, int classes)
    {
        var count = fold.Length;
        var result = new float[(long)count * classes];
        for (var start = 0; start < count; start += Rows)
        {
            using var part = NewDisposeScope();
            var size = Math.Min(Rows, count - start);
            var x = WithOnes(features.narrow(0, start, size));
            for (var f = 0; f < Folds; f++)
            {
                var values = x.mm(weights[f]).data<float>().ToArray();
                for (var i = 0; i < size; i++)
                {
                    if (fold[start + i] % Folds == f)
                    {
                        values.AsSpan(i * classes, classes).CopyTo(result.AsSpan((start + i) * classes));
                    }
                }
            }
        }

        return result;
    }

    private static (double Loss, float[] Probabilities) Softmax(float[] values, double factor, int[] labels, int classes)
    {
        var (loss, probabilities) = (0.0, new float[values.Length]);
        for (var i = 0; i < labels.Length; i++)
        {
            var row = values.AsSpan(i * classes, classes);
            var result = probabilities.AsSpan(i * classes, classes);
            var (largest, sum) = (row[ArgMax.Of(row)], 0.0);
            foreach (var value in row)
            {
                sum += Math.Exp(factor * (value - largest));
            }

            for (var k = 0; k < classes; k++)
            {
                result[k] = (float)(Math.Exp(factor * (row[k] - largest)) / sum);
            }

            loss -= Math.Log(Math.Max(1e-12, result[labels[i]]));
        }

        return (loss, probabilities);
    }
}
