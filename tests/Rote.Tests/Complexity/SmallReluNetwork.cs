using Rote.Complexity;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Tests.Complexity;

/// <summary>A drawn network of a few units with some examples; its tensors live in the caller's scope.</summary>
internal static class SmallReluNetwork
{
    public const int Inputs = 4;
    public const int Classes = 3;
    public const int Count = 12;

    /// <summary>Draws layers 4-5-6-3 of float32.</summary>
    public static IReadOnlyList<ReluLayer> Layers(long seed = 1, float biases = 1)
    {
        int[] sizes = [Inputs, 5, 6, Classes];
        return
        [
            .. Enumerable
                .Range(0, 3)
                .Select(i => new ReluLayer(
                    Draw(seed, i, sizes[i + 1], sizes[i]),
                    Draw(seed, 10 + i, sizes[i + 1]).mul(biases),
                    Draw(seed, 20 + i, sizes[i + 1], sizes[i]),
                    Draw(seed, 30 + i, sizes[i + 1])
                )),
        ];
    }

    /// <summary>A subject of those layers, whose labels are mostly what the network predicts.</summary>
    public static ComplexitySubject Subject(IReadOnlyList<ReluLayer> layers, long seed = 1)
    {
        var inputs = Draw(seed, 40, Count, Inputs);
        var labels = ReluLayer.NetworkOf(layers).Forward(inputs)[^1].argmax(1);
        labels[0] = (labels[0] + 1) % Classes; // one that it gets wrong
        return new ComplexitySubject(layers, inputs, labels, new Seeds(seed));
    }

    /// <summary>The logits by plain loops, in float64.</summary>
    public static double[] Naive(IReadOnlyList<ReluLayer> layers, double[] input)
    {
        var values = input;
        for (var l = 0; l < layers.Count; l++)
        {
            var (weight, bias) = (Rows(layers[l].Weight), layers[l].Bias.data<float>().ToArray());
            var sums = weight.Select((row, unit) => row.Zip(values, (w, v) => w * v).Sum() + bias[unit]);
            values = [.. l == layers.Count - 1 ? sums : sums.Select(sum => Math.Max(sum, 0))];
        }

        return values;
    }

    /// <summary>The rows of a matrix.</summary>
    public static double[][] Rows(Tensor matrix) =>
        [
            .. matrix
                .contiguous()
                .data<float>()
                .ToArray()
                .Chunk((int)matrix.shape[1])
                .Select(row => Array.ConvertAll(row, value => (double)value)),
        ];

    private static Tensor Draw(long seed, int place, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
        new Seeds(seed).Stream(SeedStreams.FairSample, place).FillGaussian(values);
        return tensor(values, shape, float32).mul(1);
    }
}
