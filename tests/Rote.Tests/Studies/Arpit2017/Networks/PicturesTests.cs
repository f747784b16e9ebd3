using Rote.Studies.Arpit2017.Networks;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Studies.Arpit2017.Networks;

[NoTensorLeaks]
public sealed class PicturesTests(DrawnShapes shapes) : IClassFixture<DrawnShapes>
{
    [Fact]
    public void A_picture_is_the_average_of_channels_and_of_squares_of_four_pixels()
    {
        using var scope = NewDisposeScope();
        var pictures = Pictures.Draw(shapes.Data, Options(40));
        Assert.Equal(256, pictures.Inputs); // 32×32 becomes 16×16
        var set = pictures.With(NoiseLevel.Real);
        Assert.InRange(set.Rows.mean().item<float>(), -1e-5, 1e-5);
        Assert.InRange(set.Rows.std(unbiased: false).item<float>(), 0.9999, 1.0001);

        // The first picture by a loop, up to the shift and scale that all share: differences of its numbers are in proportion.
        var row = new Rote.Tensors.Seeds(1).Permutation(Rote.Tensors.SeedStreams.ArpitTrain, 2, shapes.Data.Train.Count)[0];
        var pixels = shapes.Data.Train.Pixels[row];
        var known = (int y, int x) =>
            Enumerable.Range(0, 12).Average(i => (double)pixels[(2 * y) + (i / 6), (2 * x) + (i / 3 % 2), i % 3].item<byte>());
        var found = (int y, int x) => (double)set.Rows[0, (16 * y) + x].item<float>();
        var scale = (found(9, 4) - found(0, 0)) / (known(9, 4) - known(0, 0));
        Assert.Equal(scale, (found(7, 8) - found(15, 3)) / (known(7, 8) - known(15, 3)), 4);
    }

    [Fact]
    public void Less_noise_is_a_part_of_more_noise_and_fewer_examples_are_the_first_ones()
    {
        using var scope = NewDisposeScope();
        var pictures = Pictures.Draw(shapes.Data, Options(200));
        foreach (var kind in new[] { NoiseKind.Labels, NoiseKind.Inputs })
        {
            var (some, most) = (pictures.With(new(kind, 0.3)), pictures.With(new(kind, 0.8)));
            Assert.True(some.Replaced.logical_and(most.Replaced.logical_not()).sum([0L]).item<long>() == 0);
            var few = pictures.With(new(kind, 0.8), 50);
            Assert.True(few.Rows.eq(most.Rows.narrow(0, 0, 50)).all().item<bool>());
            Assert.True(few.Labels.eq(most.Labels.narrow(0, 0, 50)).all().item<bool>());
        }
    }

    [Fact]
    public void Noise_replaces_what_it_says()
    {
        using var scope = NewDisposeScope();
        var pictures = Pictures.Draw(shapes.Data, Options(1000));
        var (real, labels, inputs) = (
            pictures.With(NoiseLevel.Real),
            pictures.With(new(NoiseKind.Labels, 0.5)),
            pictures.With(NoiseLevel.RandomInputs)
        );
        Assert.Equal(0, SmallTraining.Share(real.Replaced));
        Assert.True(labels.Rows.eq(real.Rows).all().item<bool>());
        Assert.True(labels.Labels.ne(labels.Truth).eq(labels.Replaced).all().item<bool>());
        Assert.InRange(SmallTraining.Share(labels.Replaced), 0.4, 0.5); // nine tenths of a half
        Assert.Equal(1, SmallTraining.Share(inputs.Replaced));
        Assert.True(inputs.Labels.eq(real.Labels).all().item<bool>());
        Assert.InRange(inputs.Rows.std().item<float>(), 0.99, 1.01);
        Assert.True(inputs.Rows.narrow(0, 0, 100).ne(pictures.NewNoise()).any().item<bool>());
    }

    [Fact]
    public void With_a_class_each_the_label_is_the_number_of_the_example()
    {
        using var scope = NewDisposeScope();
        var set = Pictures.Unique(Pictures.Draw(shapes.Data, Options(30)).With(NoiseLevel.Real));
        Assert.Equal((30, 29L), (set.Classes, set.Labels[29].item<long>()));
        Assert.Equal([30, 30], set.Targets().shape);
    }

    private static PictureOptions Options(int examples) =>
        new()
        {
            Data = "shapes",
            Examples = examples,
            TestExamples = 100,
            Seed = 1,
            Draw = 2,
        };
}
