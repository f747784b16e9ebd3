using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Theory.RandomFeatures;

/// <summary>Random features of centred rows; its tensors belong to the caller's scope.</summary>
internal sealed class RandomFeatureMap
{
    // Pairs of examples for the median distance: enough for a bandwidth, which is a choice and no result.
    private const int Pairs = 2_000;

    private readonly FeatureMap _map;
    private readonly Tensor _weights;
    private readonly Tensor? _shifts;

    /// <summary>Draws features.</summary>
    /// <param name="map">What a feature computes.</param>
    /// <param name="rows">[n, d] centred training rows, n at least 2: their distances give the bandwidth.</param>
    /// <param name="count">N features.</param>
    /// <param name="seeds">The randomness; feature k does not depend on the number of features.</param>
    /// <param name="draw">The number of the draw.</param>
    /// <remarks>Fourier: w ~ N(0, 2/median), with the median of the squared distances, so the kernel of two typical examples is exp(−1).
    /// ReLU: w a uniform direction, rows scaled to mean squared length 1.</remarks>
    public RandomFeatureMap(FeatureMap map, Tensor rows, int count, Seeds seeds, int draw)
    {
        using var scope = NewDisposeScope();
        _map = map;
        var dimension = (int)rows.shape[1];
        var weights = new float[count * dimension];
        seeds.Stream(SeedStreams.RandomFeatureWeights, draw).FillGaussian(weights);
        var raw = tensor(weights, [count, dimension], float32);
        if (map == FeatureMap.Fourier)
        {
            var random = seeds.Stream(SeedStreams.RandomFeatureShifts, draw);
            var shifts = Enumerable.Range(0, count).Select(_ => (float)(2 * Math.PI * random.NextDouble())).ToArray();
            _shifts = tensor(shifts, float32).MoveToOuterDisposeScope();
            _weights = raw.mul(Math.Sqrt(2 / Median(rows))).MoveToOuterDisposeScope();
        }
        else
        {
            var length = rows.square().sum([1L]).mean().sqrt().item<double>();
            _weights = raw.div(raw.square().sum([1L], keepdim: true).sqrt()).div(length).MoveToOuterDisposeScope();
        }
    }

    /// <summary>Computes the features of rows.</summary>
    /// <param name="rows">[n, d] centred.</param>
    /// <returns>[n, N] float64, not yet divided by √N.</returns>
    public Tensor Of(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var products = rows.to(float32).mm(_weights.t()); // [n, N]
        var features =
            _map == FeatureMap.Fourier
                ? products.add_(_shifts!).cos_().mul_(Math.Sqrt(2))
                : products.relu_().mul_(Math.Sqrt(2 * _weights.shape[1]));
        return features.to(float64).MoveToOuterDisposeScope();
    }

    private static double Median(Tensor rows)
    {
        using var scope = NewDisposeScope();
        var count = Math.Min(Pairs, rows.shape[0] - 1);
        var median = rows.narrow(0, 0, count).sub(rows.narrow(0, 1, count)).square().sum([1L]).median().item<double>();
        return median > 0 ? median : throw new InputException("Most training examples are equal; random features need different ones.");
    }
}
