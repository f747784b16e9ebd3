using Rote.Complexity;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Complexity;

/// <summary>Margins against plain loops, and against the distance to a plane.</summary>
public sealed class MarginMeasuresTests
{
    [Fact, NoTensorLeaks]
    public void Margins_are_those_of_plain_loops()
    {
        using var scope = NewDisposeScope();
        var subject = SmallReluNetwork.Subject(SmallReluNetwork.Layers());
        var labels = subject.Labels.data<long>().ToArray();
        var naive = SmallReluNetwork
            .Rows(subject.Values[^1])
            .Zip(labels, (row, label) => row[label] - row.Where((_, k) => k != label).Max())
            .ToArray();
        Assert.All(naive.Zip(subject.Margins().data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        // Of twelve examples the tenth's place is the second smallest; the smallest is the wrong one.
        var second = naive.Order().ElementAt(1);
        Assert.Equal(Math.Max(second, 1e-6), subject.Margin, 1e-5);
        Assert.Equal(1 / subject.Margin, MarginMeasures.Inverse(subject), 1e-12);
    }

    [Fact, NoTensorLeaks]
    public void Of_a_linear_network_the_margin_is_the_distance_to_the_plane()
    {
        using var scope = NewDisposeScope();
        var weight = tensor(new float[] { 3, 0, 0, 4 }, [2, 2], float32); // logits 3x and 4y; the plane 3x = 4y
        ReluLayer[] layers = [new(weight, zeros(2), zeros(2, 2), zeros(2))];
        var inputs = tensor(new float[] { 5, 0, 10, 0 }, [2, 2], float32); // distances 3 and 6 from it
        var subject = new ComplexitySubject(layers, inputs, zeros(2, int64), new Seeds(1));
        var spread = 2.5; // x is 5 or 10
        Assert.Equal(3 / spread, MarginMeasures.At(subject, 0), 1e-5);
        Assert.Equal(spread / 3, MarginMeasures.AtInput(subject), 1e-5);
        Assert.Equal(-Math.Log(3 / spread), MarginMeasures.AtAllLayers(subject), 1e-5);
    }

    [Fact, NoTensorLeaks]
    public void Margins_of_layers_do_not_change_with_the_scale_of_a_layer()
    {
        using var scope = NewDisposeScope();
        var layers = SmallReluNetwork.Layers(biases: 0);
        ReluLayer[] scaled =
        [
            layers[0] with
            {
                Weight = layers[0].Weight.mul(8),
            },
            layers[1] with
            {
                Weight = layers[1].Weight.div(8),
            },
            layers[2],
        ];
        var (one, other) = (SmallReluNetwork.Subject(layers), SmallReluNetwork.Subject(scaled));
        Assert.Equal(MarginMeasures.AtAllLayers(one), MarginMeasures.AtAllLayers(other), 1e-4);
    }
}
