using Rote.Complexity;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Complexity;

/// <summary>Norms with known answers, and the path norm against the sum over all paths.</summary>
public sealed class NormMeasuresTests
{
    [Fact, NoTensorLeaks]
    public void Norms_of_diagonal_layers_are_known()
    {
        using var scope = NewDisposeScope();
        var subject = Diagonal();
        Assert.Equal(12, NormMeasures.Parameters(subject));
        Assert.Equal(9 + 16 + 4 + 1, NormMeasures.SumOfSquares(subject), 1e-6);
        Assert.Equal(Math.Log(25 * 5), NormMeasures.LogFrobeniusProduct(subject), 1e-6);
        Assert.Equal(Math.Log(16 * 4), NormMeasures.LogSpectralProduct(subject), 1e-6);
        Assert.Equal((25.0 / 16) + (5.0 / 4), NormMeasures.StableRank(subject), 1e-6);
        Assert.Equal(1 + 4, NormMeasures.Distance(subject), 1e-6); // (3 − 2)² and (2 − 0)²
        Assert.Equal(1 + 4, NormMeasures.SpectralDistance(subject), 1e-6);
        Assert.Equal(
            Math.Log(64) + Math.Log((1.0 / 16) + (4.0 / 4)),
            NormMeasures.SpectralBound(subject) + (2 * Math.Log(subject.Margin)),
            1e-6
        );
        Assert.Equal(Math.Log(64) - (2 * Math.Log(subject.Margin)), NormMeasures.SpectralOverMargin(subject), 1e-6);
        Assert.Equal(Math.Log(125) - (2 * Math.Log(subject.Margin)), NormMeasures.FrobeniusOverMargin(subject), 1e-6);
    }

    [Fact, NoTensorLeaks]
    public void The_path_norm_is_the_sum_over_all_paths()
    {
        using var scope = NewDisposeScope();
        var layers = SmallReluNetwork.Layers();
        var subject = SmallReluNetwork.Subject(layers);
        Assert.Equal(Paths(layers, 2).Sum(), Math.Exp(NormMeasures.PathNorm(subject)), 1e-3);
        Assert.Equal(NormMeasures.PathNorm(subject) - (2 * Math.Log(subject.Margin)), NormMeasures.PathNormOverMargin(subject), 1e-9);
    }

    /// <summary>For each unit of a layer, the squared products of all paths to it, a path from a bias beginning there.</summary>
    private static double[] Paths(IReadOnlyList<ReluLayer> layers, int layer)
    {
        var weight = SmallReluNetwork.Rows(layers[layer].Weight);
        var bias = layers[layer].Bias.data<float>().ToArray();
        var before = layer == 0 ? [.. Enumerable.Repeat(1.0, SmallReluNetwork.Inputs)] : Paths(layers, layer - 1);
        return [.. weight.Select((row, unit) => (bias[unit] * (double)bias[unit]) + row.Zip(before, (w, p) => w * w * p).Sum())];
    }

    private static ComplexitySubject Diagonal()
    {
        ReluLayer[] layers =
        [
            new(Diagonal(3, 4), zeros(2), Diagonal(2, 4), zeros(2)),
            new(Diagonal(2, 1), zeros(2), Diagonal(0, 1), zeros(2)),
        ];
        return new ComplexitySubject(layers, eye(2), tensor(new long[] { 0, 1 }), new Seeds(1));

        static Tensor Diagonal(float first, float second) => tensor(new[] { first, second }).diag();
    }
}
