using static TorchSharp.torch;

namespace Rote.Audits.Scoring;

/// <summary>A linear score whose logistic function tells two kinds of rows apart.</summary>
/// <param name="Intercept">Score of a row of zeros.</param>
/// <param name="Weights">[d] what a unit of each column adds.</param>
internal sealed record LogisticFit(double Intercept, double[] Weights)
{
    private const int Steps = 25;

    /// <summary>The log-odds of the kind that was 1.</summary>
    /// <param name="row">[d].</param>
    public double Score(double[] row)
    {
        var sum = Intercept;
        for (var k = 0; k < row.Length; k++)
        {
            sum += Weights[k] * row[k];
        }

        return sum;
    }

    /// <summary>Fits it by Newton's method.</summary>
    /// <param name="rows">[n][d].</param>
    /// <param name="isKind">[n] which rows are of the kind.</param>
    /// <param name="ridge">Penalty ½·ridge·‖w − prior‖² in units of one row, above 0; not on the intercept.</param>
    /// <param name="prior">[d] what the weights are drawn to; null: to 0.</param>
    /// <returns>The fit; both kinds weigh equally, however many rows each has.</returns>
    /// <remarks>Iteratively reweighted least squares (McCullagh and Nelder 1989, section 2.5). The ridge keeps the weights finite where the
    /// kinds can be told apart without error.</remarks>
    public static LogisticFit Of(IReadOnlyList<double[]> rows, IReadOnlyList<bool> isKind, double ridge, double[]? prior = null)
    {
        var (n, d) = (rows.Count, rows[0].Length);
        double ofKind = isKind.Count(kind => kind);
        var weight = isKind.Select(kind => kind ? n / (2 * ofKind) : n / (2 * (n - ofKind))).ToArray();
        var beta = new double[d + 1];
        for (var step = 0; step < Steps; step++)
        {
            var (gradient, hessian) = (new double[d + 1], new double[d + 1, d + 1]);
            for (var i = 0; i < n; i++)
            {
                Add(rows[i], isKind[i], weight[i], beta, gradient, hessian);
            }

            for (var k = 0; k < d; k++)
            {
                gradient[k] -= ridge * (beta[k] - (prior?[k] ?? 0));
                hessian[k, k] += ridge;
            }

            hessian[d, d] += 1e-9;
            var change = Solve(hessian, gradient);
            for (var k = 0; k <= d; k++)
            {
                beta[k] += change[k];
            }

            if (change.Max(Math.Abs) < 1e-10)
            {
                break;
            }
        }

        return new LogisticFit(beta[d], beta[..d]);
    }

    private static double[] Solve(double[,] matrix, double[] right)
    {
        using var scope = NewDisposeScope();
        return linalg.solve(tensor(matrix), tensor(right)).data<double>().ToArray();
    }

    private static void Add(double[] row, bool isKind, double weight, double[] beta, double[] gradient, double[,] hessian)
    {
        var d = row.Length;
        var score = beta[d];
        for (var k = 0; k < d; k++)
        {
            score += beta[k] * row[k];
        }

        var probability = 1 / (1 + Math.Exp(-score));
        var (error, curve) = (weight * ((isKind ? 1 : 0) - probability), weight * Math.Max(1e-6, probability * (1 - probability)));
        for (var k = 0; k <= d; k++)
        {
            var left = k == d ? 1 : row[k];
            gradient[k] += error * left;
            for (var j = 0; j <= d; j++)
            {
                hessian[k, j] += curve * left * (j == d ? 1 : row[j]);
            }
        }
    }
}
