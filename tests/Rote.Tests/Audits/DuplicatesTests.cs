using Rote.Audits;
using Rote.Measurement;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;

using static TorchSharp.torch;

namespace Rote.Tests.Audits;

[NoTensorLeaks]
public sealed class DuplicatesTests
{
    [Fact]
    public void Equal_and_nearly_equal_examples_are_found_and_those_in_the_test_set()
    {
        using var scope = NewDisposeScope();
        using var noise = Samples.Noise(30, 10, side: 8, channels: 1, classes: 3);
        var pixels = noise.Train.Pixels.clone();
        pixels[7] = pixels[2];                                              // equal to the bit
        pixels[9] = pixels[4].to(float32).mul(0.97).add(3).to(uint8);       // the same, a little paler
        pixels[11] = noise.Test.Pixels[5];
        var labels = noise.Train.Labels.clone();
        labels[2] = tensor(0L);
        labels[7] = tensor(1L);
        labels[4] = labels[9] = tensor(2L);
        using var examples = noise.Train.With(pixels.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
        using var prepared = PreparedData.From(examples, Precision.Float32);
        var given = Array.ConvertAll(examples.Labels.data<long>().ToArray(), l => (int)l);
        var neighbours = ClassNeighbours.Of(prepared.Inputs.flatten(1), given, 3);
        var found = Duplicates.Find(examples, noise.Test, prepared, neighbours, default);
        Assert.Equal([(2, 7)], found.Exact.Select(t => (t.First, t.Second)));
        Assert.Equal([(4, 9)], found.Near.Select(t => (t.First, t.Second)));
        Assert.InRange(found.Near[0].Similarity, 0.95, 1);
        Assert.Equal([(11, 5)], found.InTest.Select(t => (t.First, t.Second)));
        Assert.Equal(1, found.Conflicts);
    }

    [Fact]
    public void Noise_has_no_twins()
    {
        using var noise = Samples.Noise(40, 10, side: 8, channels: 1, classes: 3);
        using var prepared = PreparedData.From(noise.Train, Precision.Float32);
        var given = Array.ConvertAll(noise.Train.Labels.data<long>().ToArray(), l => (int)l);
        using var scope = NewDisposeScope();
        var neighbours = ClassNeighbours.Of(prepared.Inputs.flatten(1), given, 3);
        var found = Duplicates.Find(noise.Train, noise.Test, prepared, neighbours, default);
        Assert.Empty(found.Exact);
        Assert.Empty(found.Near);
        Assert.Empty(found.InTest);
    }
}
