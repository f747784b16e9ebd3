using Rote.Data;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Theory.Representation;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.Representation;

[NoTensorLeaks]
public sealed class Theorem1Tests
{
    private static readonly Seeds Seed = new(1);

    [Fact]
    public void Any_labels_of_images_are_represented()
    {
        using var data = Samples.Noise(500, 1);
        var result = Theorem1.Represent(new ImagePoints(data.Train), Seed);
        Assert.Equal((500, 500, 108, 1_108L, 1), (result.Examples, result.Points, result.Dimension, result.Weights, result.Draws));
        Assert.Equal(["double-double", "float64", "float32"], result.Computations.Select(c => c.Name));
        Assert.Equal((500, 500), (result.Computations[0].Points, result.Computations[0].Right));
        Assert.InRange(result.Computations[0].LargestResidual, 0, 1e-12);
    }

    [Fact]
    public void Generated_points_are_represented_and_do_not_depend_on_threads()
    {
        var first = Theorem1.Represent(new GeneratedPoints(3_000, 17, 1_000, Seed), Seed);
        var second = Theorem1.Represent(new GeneratedPoints(3_000, 17, 1_000, Seed), Seed);
        Assert.Equal(3_000, first.Computations[0].Right);
        Assert.Equal(first.LargestWeight, second.LargestWeight);
        Assert.Equal(first.Computations, second.Computations);
    }

    [Fact]
    public void One_point_is_represented()
    {
        using var data = Samples.Noise(1, 1);
        var result = Theorem1.Represent(new ImagePoints(data.Train), Seed);
        Assert.Equal((1, 110L), (result.Computations[0].Right, result.Weights));
        Assert.True(double.IsNaN(result.SmallestGap));
    }

    [Fact]
    public void Equal_pictures_with_one_label_count_once()
    {
        using var images = Of([1, 2, 3, 4, 1, 2], 3, [1, 0, 1]);
        var result = Theorem1.Represent(new ImagePoints(images), Seed);
        Assert.Equal((3, 2, 6L), (result.Examples, result.Points, result.Weights));
    }

    [Fact]
    public void Equal_pictures_with_different_labels_are_one_sentence()
    {
        using var images = Of([1, 2, 3, 4, 1, 2], 3, [1, 0, 0]);
        var error = Assert.Throws<InputException>(() => Theorem1.Represent(new ImagePoints(images), Seed));
        Assert.Equal(
            "dots: row 0 and row 2 are the same picture with different labels (1 and 0), and no function gives both; remove one of them.",
            error.Message
        );
    }

    /// <summary>Examples are called what they are.</summary>
    [Theory]
    [InlineData("picture", false, false)]
    [InlineData("row", true, false)]
    [InlineData("text", false, true)]
    [InlineData("vector", false, false)]
    public void Equal_examples_are_called_what_they_are(string noun, bool haveNames, bool areTexts)
    {
        using var scope = NewDisposeScope();
        var values = tensor(new float[] { 1, 2, 3, 4, 1, 2 });
        using var data = new Dataset(
            noun == "picture" ? values.view(3, 1, 2, 1) : values.view(3, 2),
            tensor(new long[] { 1, 0, 0 }),
            ["a", "b"],
            Split.Train,
            new Provenance("t.csv", "test", ""),
            featureNames: haveNames ? ["x", "y"] : null,
            texts: areTexts ? ["one", "two", "one"] : null
        );
        Assert.Contains(
            $"are the same {noun} with different labels",
            Assert.Throws<InputException>(() => Theorem1.Represent(new ImagePoints(data), Seed)).Message,
            StringComparison.Ordinal
        );
    }

    // A direction that is orthogonal to the difference of two points: the first drawn for a source that lies about its first projection.
    [Fact]
    public void A_direction_in_which_different_points_meet_is_drawn_anew()
    {
        using var images = Of([1, 2, 3, 4, 5, 6], 3, [1, 0, 0]);
        var result = Theorem1.Represent(new MeetingPoints(new ImagePoints(images), meetings: 2), Seed);
        Assert.Equal((3, 3), (result.Draws, result.Computations[0].Right));
        var error = Assert.Throws<InputException>(() =>
            Theorem1.Represent(new MeetingPoints(new ImagePoints(images), meetings: 100), Seed)
        );
        Assert.Contains(
            "in each of 20 random directions two different points have the same projection",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_pixel_that_is_no_number_is_one_sentence()
    {
        using var images = Of([1, float.NaN, 3, 4], 2, [1, 0]);
        var error = Assert.Throws<InputException>(() => Theorem1.Represent(new ImagePoints(images), Seed));
        Assert.Equal("dots: row 0 has a pixel that is no finite number; expected numbers only.", error.Message);
    }

    [Theory]
    [InlineData(0, 3, 2, "The number of points is 0")]
    [InlineData(3, 0, 2, "The dimension is 0")]
    [InlineData(3, 3, 0, "The number of classes is 0")]
    public void Wrong_generated_points_are_one_sentence(int count, int dimension, int classes, string part) =>
        Assert.StartsWith(
            part,
            Assert.Throws<InputException>(() => new GeneratedPoints(count, dimension, classes, Seed)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Points_that_do_not_fit_are_refused_before_they_are_drawn() =>
        Assert.Contains(
            "at most 8,333 examples fit: generate fewer",
            Assert.Throws<MachineException>(() => new GeneratedPoints(2_000_000, 3, 2, Seed, available: 1_000_000)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Work_that_is_stopped_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            Theorem1.Represent(new GeneratedPoints(3_000, 17, 2, Seed), Seed, null, stop.Token)
        );
    }

    private static Dataset Of(float[] pixels, int count, long[] labels)
    {
        using var scope = NewDisposeScope();
        var values = tensor(pixels, [count, 1, pixels.Length / count, 1]);
        var isBytes = pixels.All(float.IsInteger);
        return new Dataset(
            isBytes ? values.to(uint8) : values,
            tensor(labels, int64),
            ["a", "b"],
            Split.Train,
            new Provenance("dots", "made by the test", "")
        );
    }

    /// <summary>Points of which the first two have the same projection in the first directions.</summary>
    private sealed class MeetingPoints(IPoints points, int meetings) : IPoints
    {
        private int _projected;

        public string Name => points.Name;

        public int Count => points.Count;

        public int Dimension => points.Dimension;

        public int Classes => points.Classes;

        public IReadOnlyList<double> Targets => points.Targets;

        public double[] Project(Direction direction, IProgress<Rote.Theory.TheoryProgress>? progress, CancellationToken cancel)
        {
            var projections = points.Project(direction, progress, cancel);
            projections[1] = _projected++ < meetings ? projections[0] : projections[1];
            return projections;
        }

        public bool AreEqual(int first, int second) => points.AreEqual(first, second);

        public string NameOf(int index) => points.NameOf(index);
    }
}
