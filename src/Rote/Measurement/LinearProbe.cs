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

    /// <summary>Most regressed values that are held for a fold, 80 MB.</summary>
    private const int MostValues = 20_000_000;

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
        return Of(FeatureRows.Of(features), labels, KeptClasses.All(labels.Length, classes), fold, cancel).Values;
    }

    /// <summary>The same where perhaps only some probabilities of an example are kept.</summary>
    /// <param name="features">N rows as above.</param>
    /// <param name="labels">[N] class numbers in [0, K).</param>
    /// <param name="kept">What is kept.</param>
    /// <param name="fold">[N] as above.</param>
    /// <param name="cancel">Stops between two folds.</param>
    /// <returns>[N][K] as above; O(D²) memory besides.</returns>
    internal static ClassProbabilities Of(FeatureRows features, int[] labels, KeptClasses kept, long[] fold, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (grams, products) = Moments(features, labels, kept.Classes, fold, cancel);
        var (allGrams, allProducts) = (grams.sum([0L]), products.sum([0L])); // [D + 1, D + 1], [D + 1, K]
        var unit = eye(allGrams.shape[0], dtype: float64);
        unit[-1, -1] = 0; // the intercept is free
        (double Loss, double Factor, Tensor[] Weights) best = (double.PositiveInfinity, Factors[0], []);
        foreach (var penalty in Penalties)
        {
            var weights = new Tensor[Folds];
            for (var f = 0; f < Folds; f++)
            {
                cancel.ThrowIfCancellationRequested();
                using var solving = NewDisposeScope();
                var ridge = unit * ((penalty * labels.Length) + 1e-6);
                var solved = linalg.solve(allGrams - grams[f] + ridge, allProducts - products[f]).to(float32); // [D + 1, K]
                weights[f] = solved.MoveToOuterDisposeScope();
            }

            var losses = Losses(features, weights, labels, fold);
            for (var factor = 0; factor < Factors.Length; factor++)
            {
                best = losses[factor] < best.Loss ? (losses[factor], Factors[factor], weights) : best;
            }
        }

        var result = new ClassProbabilities(kept);
        var probabilities = new float[kept.Classes];
        Each(
            features,
            best.Weights,
            fold,
            (i, row) =>
            {
                Softmax(row, best.Factor, probabilities);
                result.Set(i, probabilities);
            }
        );
        return result;
    }

    /// <summary>XᵀX and XᵀY of each fold, with a column of ones after the features.</summary>
    private static (Tensor Grams, Tensor Products) Moments(
        FeatureRows features,
        int[] labels,
        int classes,
        long[] fold,
        CancellationToken cancel
    )
    {
        var width = features.Width + 1;
        var (grams, products) = (zeros([Folds, width, width], float64), zeros([Folds, width, classes], float64));
        for (var f = 0; f < Folds; f++)
        {
            var rows = Enumerable.Range(0, labels.Length).Where(i => fold[i] % Folds == f).Select(i => (long)i).ToArray();
            for (var start = 0; start < rows.Length; start += Rows)
            {
                cancel.ThrowIfCancellationRequested();
                using var part = NewDisposeScope();
                var chosen = rows.AsSpan(start, Math.Min(Rows, rows.Length - start)).ToArray();
                var x = WithOnes(features.At(tensor(chosen, int64))); // [n, D + 1]
                var y = zeros([chosen.Length, classes], float32);
                y.scatter_(1, tensor(Array.ConvertAll(chosen, i => (long)labels[i]), int64).unsqueeze(1), ones([chosen.Length, 1]));
                grams[f].add_(x.t().mm(x).to(float64));
                products[f].add_(x.t().mm(y).to(float64));
            }
        }

        return (grams, products);
    }

    private static Tensor WithOnes(Tensor x) => cat([x, ones([x.shape[0], 1], float32)], 1);

    /// <summary>Regresses every example by the weights that were found without its fold.</summary>
    private static void Each(FeatureRows features, Tensor[] weights, long[] fold, Action<int, ReadOnlyMemory<float>> take)
    {
        var classes = (int)weights[0].shape[1];
        var rows = Math.Min(Rows, Math.Max(1, MostValues / classes));
        for (var start = 0; start < fold.Length; start += rows)
        {
            using var part = NewDisposeScope();
            var size = Math.Min(rows, fold.Length - start);
            var x = WithOnes(features.Part(start, size));
            var values = Array.ConvertAll(weights, weight => x.mm(weight).data<float>().ToArray());
            for (var i = 0; i < size; i++)
            {
                take(start + i, values[fold[start + i] % Folds].AsMemory(i * classes, classes));
            }
        }
    }

    /// <summary>Negative log-likelihoods of the labels for every factor.</summary>
    private static double[] Losses(FeatureRows features, Tensor[] weights, int[] labels, long[] fold)
    {
        var losses = new double[Factors.Length];
        Each(
            features,
            weights,
            fold,
            (i, values) =>
            {
                var row = values.Span;
                for (var factor = 0; factor < Factors.Length; factor++)
                {
                    var (largest, sum) = Normalizer(row, Factors[factor]);
                    var own = (float)(Math.Exp(Factors[factor] * (row[labels[i]] - largest)) / sum);
                    losses[factor] -= Math.Log(Math.Max(1e-12, own));
                }
            }
        );
        return losses;
    }

    private static void Softmax(ReadOnlyMemory<float> values, double factor, float[] probabilities)
    {
        var row = values.Span;
        var (largest, sum) = Normalizer(row, factor);
        for (var k = 0; k < row.Length; k++)
        {
            probabilities[k] = (float)(Math.Exp(factor * (row[k] - largest)) / sum);
        }
    }

    private static (float Largest, double Sum) Normalizer(ReadOnlySpan<float> row, double factor)
    {
        var (largest, sum) = (row[ArgMax.Of(row)], 0.0);
        foreach (var value in row)
        {
            sum += Math.Exp(factor * (value - largest));
        }

        return (largest, sum);
    }
}
