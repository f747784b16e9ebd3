using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Training;

[NoTensorLeaks]
public sealed class PreparedDataTests
{
    // TensorFlow's per_image_standardization, by hand on pixels / 255: (x − mean) / max(s, 1/√n).
    [Fact]
    public void Whitening_equals_a_naive_loop()
    {
        using var data = Samples.Noise(9, 1);
        using var scope = NewDisposeScope();
        var found = PreparedData.Whiten(data.Train.Pixels).flatten(1).data<float>().ToArray();
        var pixels = data.Train.Pixels.bytes.ToArray().Select(b => b / 255.0).Chunk(108);
        var expected = pixels.SelectMany(image =>
        {
            var mean = image.Average();
            var deviation = Math.Sqrt(image.Average(v => (v - mean) * (v - mean)));
            return image.Select(v => (v - mean) / Math.Max(deviation, 1 / Math.Sqrt(108)));
        });
        Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Fact]
    public void An_image_of_one_colour_becomes_zeros_not_infinities()
    {
        using var scope = NewDisposeScope();
        var whitened = PreparedData.Whiten(full([1, 4, 4, 1], 200, ScalarType.Byte));
        Assert.All(whitened.data<float>().ToArray(), v => Assert.Equal(0, v, 1e-4));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void True_labels_are_kept_where_some_labels_and_not_all_differ_from_them(int changed, bool isKept)
    {
        using var data = Samples.Noise(3, 1);
        var given = data.Train.Labels.data<long>().ToArray();
        using var prepared = PreparedData.From(
            data.Train,
            Precision.Float32,
            [.. given.Select((label, i) => i < changed ? label + 1 : label)]
        );
        Assert.Equal((changed, isKept), (prepared.ChangedCount, prepared.TrueLabels is not null));
        Assert.Throws<ArgumentException>(() => PreparedData.From(data.Train, Precision.Float32, [1, 2]));
    }

    [Fact]
    public void Planted_labels_count_neither_as_clean_nor_as_changed()
    {
        using var data = Samples.Noise(10, 1);
        var given = data.Train.Labels.data<long>().ToArray();
        using var prepared = PreparedData.From(
            data.Train,
            Precision.Float32,
            [
                .. given.Select(
                    (label, i) =>
                        i < 3 ? label + 1
                        : i < 5 ? Rote.Corruptions.PlantedCanaries.NoTruth
                        : label
                ),
            ]
        );
        Assert.Equal((5, 3), (prepared.CleanCount, prepared.ChangedCount));
        Assert.NotNull(prepared.TrueLabels);
    }

    [Fact]
    public void Preparing_in_parts_equals_preparing_at_once()
    {
        using var data = Samples.Noise(1100, 1, side: 3, channels: 1);
        using var prepared = PreparedData.From(data.Train, Precision.Float32);
        using var scope = NewDisposeScope();
        Assert.Equal(PreparedData.Whiten(data.Train.Pixels).data<float>().ToArray(), prepared.Inputs.data<float>().ToArray());
    }
}
