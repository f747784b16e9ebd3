using static TorchSharp.torch;

namespace Rote.Audits.Checks;

/// <summary>How far points lie from the middle of all, in units of how they scatter, whatever a few of them do.</summary>
/// <remarks>
/// The Mahalanobis distance with the mean and the covariance of the nine tenths that are nearest to the medians, each feature divided by
/// its median absolute deviation, and once again with those nearest by that distance: two steps of the minimum covariance determinant
/// (Rousseeuw and Van Driessen 1999, Technometrics 41). O(N·F²).
/// </remarks>
internal static class RobustDistance
{
    private const double Core = 0.9;

    /// <summary>What is added to the variance of every direction, for features that do not vary.</summary>
    private const double Ridge = 1e-3;

    /// <summary>Measures.</summary>
    /// <param name="points">[N][F].</param>
    /// <returns>[N] logarithms of 1 + the distances.</returns>
    public static double[] Of(double[][] points)
    {
        var scaled = Scaled(points);
        var squares = Array.ConvertAll(scaled, point => point.Sum(x => x * x));
        for (var step = 0; step < 2; step++)
        {
            var limit = squares.Order().ElementAt((int)(Core * (squares.Length - 1)));
            squares = Squares(scaled, [.. scaled.Where((_, i) => squares[i] <= limit)]);
        }

        return Array.ConvertAll(squares, square => Math.Log(1 + Math.Sqrt(square)));
    }

    private static double[][] Scaled(double[][] points)
    {
        var features = points[0].Length;
        var (middle, scale) = (new double[features], new double[features]);
        for (var f = 0; f < features; f++)
        {
            middle[f] = Median(points.Select(p => p[f]));
            var deviation = 1.4826 * Median(points.Select(p => Math.Abs(p[f] - middle[f])));
            var plain = Math.Sqrt(points.Average(p => (p[f] - middle[f]) * (p[f] - middle[f])));
            scale[f] = Math.Max(1e-6, Math.Max(deviation, 0.1 * plain)); // more than half of the values may be equal
        }

        return Array.ConvertAll(points, point => point.Select((x, f) => (x - middle[f]) / scale[f]).ToArray());
    }

    /// <summary>[N] squared Mahalanobis distances, by the mean and covariance of the core.</summary>
    private static double[] Squares(double[][] points, double[][] core)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var features = points[0].Length;
        var inside = Matrix(core); // [C, F]
        var mean = inside.mean([0L]);
        var centred = inside.sub(mean);
        var covariance = centred.t().mm(centred).div(core.Length).add(eye(features, dtype: float64).mul(Ridge)); // [F, F]
        var solved = linalg.solve_triangular(linalg.cholesky(covariance), Matrix(points).sub(mean).t(), upper: false); // [F, N]
        return solved.square().sum([0L]).data<double>().ToArray();
    }

    private static Tensor Matrix(double[][] rows) => tensor([.. rows.SelectMany(row => row)], [rows.Length, rows[0].Length], float64);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
