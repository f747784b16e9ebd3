namespace Rote.Audits;

/// <summary>Small symmetric positive definite systems.</summary>
internal static class LinearSystem
{
    /// <summary>Solves A·x = b by Cholesky's factorization.</summary>
    /// <param name="matrix">[d, d] symmetric positive definite; only the lower triangle is read.</param>
    /// <param name="right">[d] b.</param>
    /// <returns>[d] x.</returns>
    public static double[] Solve(double[,] matrix, double[] right)
    {
        var d = right.Length;
        var factor = new double[d, d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[i, k] * factor[j, k];
                }

                factor[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-300)) : sum / factor[j, j];
            }
        }

        var solution = (double[])right.Clone();
        for (var i = 0; i < d; i++)
        {
            for (var k = 0; k < i; k++)
            {
                solution[i] -= factor[i, k] * solution[k];
            }

            solution[i] /= factor[i, i];
        }

        for (var i = d - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < d; k++)
            {
                solution[i] -= factor[k, i] * solution[k];
            }

            solution[i] /= factor[i, i];
        }

        return solution;
    }
}
