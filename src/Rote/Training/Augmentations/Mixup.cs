using Rote.Tensors;

namespace Rote.Training.Augmentations;

/// <summary>Mixup: training on mixtures of two examples and, in the same proportion, of their losses; the proportion of each step is drawn
/// from Beta(α, α).</summary>
/// <remarks>Zhang et al. 2018 (arXiv:1710.09412); section 3.4 for corrupted labels, where a large α helped most. Partners are the batch's
/// own examples, moved on by a random number of places.</remarks>
internal static class Mixup
{
    /// <summary>How a step mixes.</summary>
    /// <param name="alpha">α, above 0.</param>
    /// <param name="seeds">The run's randomness; stream <c>mixup/EPOCH</c> is drawn.</param>
    /// <param name="batch">Which step.</param>
    /// <returns>The share of the example itself, in [0, 1], and how many places on its partner stands in the batch.</returns>
    public static (double Share, long Places) Draw(double alpha, Seeds seeds, TrainingBatch batch)
    {
        var stream = seeds.Stream(SeedStreams.Mixup + batch.Epoch, batch.Step);
        return (Beta(alpha, stream), stream.NextInt((int)batch.Labels.shape[0]));
    }

    /// <summary>A draw from Beta(α, α), by two gamma variates.</summary>
    internal static double Beta(double alpha, RandomStream stream)
    {
        var (a, b) = (Gamma(alpha, stream), Gamma(alpha, stream));
        var sum = a.Value + b.Value; // of a small α both are often below the smallest double
        return sum > 0 ? a.Value / sum : 1 / (1 + Math.Exp(b.Log - a.Log));
    }

    /// <summary>A draw from Gamma(α, 1), and its logarithm. Marsaglia and Tsang 2000, "A simple method for generating gamma
    /// variables".</summary>
    private static (double Value, double Log) Gamma(double alpha, RandomStream stream)
    {
        if (alpha < 1)
        {
            var (more, log) = Gamma(alpha + 1, stream);
            var uniform = 1 - stream.NextDouble();
            return (more * Math.Pow(uniform, 1 / alpha), log + (Math.Log(uniform) / alpha));
        }

        var d = alpha - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        Span<float> normal = stackalloc float[1];
        while (true)
        {
            stream.FillGaussian(normal);
            var v = Math.Pow(1 + (c * normal[0]), 3);
            if (v > 0 && Math.Log(1 - stream.NextDouble()) < (0.5 * normal[0] * normal[0]) + d - (d * v) + (d * Math.Log(v)))
            {
                return (d * v, Math.Log(d * v));
            }
        }
    }
}
