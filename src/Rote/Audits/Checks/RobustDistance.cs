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

    private static double[] Squares(double[][] points, double[][] core)
    {
        var features = points[0].Length;
        var mean = Enumerable.Range(0, features).Select(f => core.Average(p => p[f])).ToArray();
        var covariance = new double[features, features];
        foreach (var point in core)
        {
            for (var i = 0; i < features; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    covariance[i, j] += (point[i] - mean[i]) * (point[j] - mean[j]) / core.Length;
                }
            }
        }

        for (var i = 0; i < features; i++)
        {
            covariance[i, i] += Ridge;
        }

        var root = Cholesky(covariance);
        return Array.ConvertAll(points, point => Square(root, point, mean));
    }

    /// <summary>|L⁻¹(x − mean)|².</summary>
    private static double Square(double[,] root, double[] point, double[] mean)
    {
        Span<double> solved = stackalloc double[mean.Length];
        var sum = 0.0;
        for (var i = 0; i < mean.Length; i++)
        {
            var rest = point[i] - mean[i];
            for (var j = 0; j < i; j++)
            {
                rest -= root[i, j] * solved[j];
            }

            solved[i] = rest / root[i, i];
            sum += solved[i] * solved[i];
        }

        return sum;
    }

    /// <summary>The lower triangle L of L·Lᵀ; only the lower triangle of the matrix is read.</summary>
    private static double[,] Cholesky(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var root = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= root[i, k] * root[j, k];
                }

                root[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / root[j, j];
            }
        }

        return root;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
