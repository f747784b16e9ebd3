using Rote.Corruptions;
using Rote.Data;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Augmentations;
using static TorchSharp.torch;

namespace Rote.Tests.Data;

/// <summary>Vectors as the same noun as images, through the stages that treat them otherwise.</summary>
[NoTensorLeaks]
public sealed class DatasetOfVectorsTests
{
    [Fact]
    public void Vectors_count_as_one_row_of_their_features_and_keep_the_names_of_these()
    {
        using var vectors = Vectors.Of(
            [
                [1, 2, 3],
                [4, 5, 6],
            ],
            ["a", "b", "c"]
        );
        Assert.Equal((true, 1, 3, 1, 2), (vectors.IsVectors, vectors.Height, vectors.Width, vectors.Channels, vectors.Count));
        using var first = vectors.Take(1);
        using var second = vectors.Select([1]);
        using var same = vectors.With();
        Assert.All([first, second, same], v => Assert.Equal(["a", "b", "c"], v.FeatureNames!));
        Assert.Equal([4f, 5f, 6f], second.Pixels.data<float>().ToArray());
    }

    [Fact]
    public void Bytes_in_two_dimensions_and_too_few_names_are_no_vectors()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() =>
            new Dataset(zeros([2, 3], uint8), zeros(2, int64), ["a"], Split.Train, new Provenance("", "", ""))
        );
        Assert.Contains(
            "There are 2 names",
            Assert
                .Throws<ArgumentException>(() =>
                    Vectors.Of(
                        [
                            [1, 2, 3],
                        ],
                        ["a", "b"]
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("resnet")]
    [InlineData("small-inception")]
    [InlineData("small-alexnet")]
    public void Networks_that_look_at_neighbours_refuse_vectors(string name)
    {
        using var data = Vectors.Table(9, 3);
        Assert.EndsWith(
            "looks at neighbouring pixels, and these examples are vectors of 3 features, which have none: choose an MLP or linear "
                + "for them.",
            Assert
                .Throws<InputException>(() => NetworkCatalog.Find(name).Build(TaskShape.Of(data.Train), Precision.Float32, new Seeds(1)))
                .Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp-2x8")]
    public void Fully_connected_networks_take_vectors(string name)
    {
        using var scope = NewDisposeScope();
        using var data = Vectors.Table(9, 3);
        using var network = NetworkCatalog.Find(name).Build(TaskShape.Of(data.Train), Precision.Float32, new Seeds(1));
        Assert.Equal([9, 3], network.forward(data.Train.Pixels).shape);
    }

    [Fact]
    public void Augmentation_of_vectors_is_refused()
    {
        using var data = Vectors.Table(9, 3);
        var recipe = new Recipe { Augmentation = new Augmentation { HorizontalFlip = true } };
        Assert.StartsWith(
            "Augmentation moves and recolours the pixels of a picture, and these examples are vectors",
            Assert
                .Throws<InputException>(() =>
                    TrainingData.From(data, null, recipe, HeldOutRows.Draw(data.Train.Count, recipe.HoldOut, new Seeds(1)))
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Vectors_are_prepared_as_they_are()
    {
        using var data = Vectors.Table(1001, 3);
        using var prepared = PreparedData.From(data.Train, Precision.Float32);
        Assert.Equal(data.Train.Pixels.data<float>().ToArray(), prepared.Inputs.data<float>().ToArray());
    }

    [Fact]
    public void A_permutation_of_features_is_the_same_for_all_and_a_fresh_one_keeps_the_values_of_a_row()
    {
        using var vectors = Vectors.Of([.. Enumerable.Range(0, 50).Select(_ => new[] { 0f, 1, 2, 3, 4, 5, 6, 7 })]);
        using var data = new DatasetSplits(vectors.With(), vectors.With());
        using var shuffled = new ShuffledPixels().Apply(data, new Seeds(1));
        using var random = new RandomPixels().Apply(data, new Seeds(1));
        var (one, many) = (Rows(shuffled), Rows(random));
        Assert.Single(one.Select(r => string.Join(' ', r)).Distinct());
        Assert.True(many.Select(r => string.Join(' ', r)).Distinct().Count() > 40);
        Assert.All(one.Concat(many), r => Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7], r.Order()));

        static float[][] Rows(CorruptedData data) => [.. data.Images.Train.Pixels.data<float>().ToArray().Chunk(8)];
    }

    [Fact]
    public void Noise_has_the_moments_of_all_features()
    {
        using var vectors = Vectors.Of([.. Enumerable.Range(0, 4000).Select(i => new[] { i % 2 == 0 ? -1f : 1f, i % 2 == 0 ? 1f : -1f })]);
        using var data = new DatasetSplits(vectors.With(), vectors.With());
        using var noise = new GaussianPixels().Apply(data, new Seeds(1));
        var values = noise.Images.Train.Pixels.data<float>().ToArray();

        // Mean 0 and variance 1 of 8000 draws; their standard errors are 1/√8000 = 0.011 and √(2/8000) = 0.016: five of them.
        Assert.InRange(values.Average(), -0.056, 0.056);
        Assert.InRange(values.Average(v => v * v), 0.92, 1.08);
    }
}
