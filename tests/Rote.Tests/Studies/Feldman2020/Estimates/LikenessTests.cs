using Rote.Data;
using Rote.Studies.Feldman2020.Estimates;
using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Tests.Studies.Feldman2020.Estimates;

[NoTensorLeaks]
public sealed class LikenessTests
{
    [Fact]
    public void A_rank_counts_the_nearer_examples_of_the_class()
    {
        float[] distances = [5, 1, 2, 3, 4];
        long[] labels = [0, 0, 1, 0, 0];
        Assert.Equal(1.0 / 4, Likeness.Rank(distances, labels, 1));
        Assert.Equal(2.0 / 4, Likeness.Rank(distances, labels, 3)); // the nearer example 2 is of another class
        Assert.Equal(1, Likeness.Rank(distances, labels, 0));
        Assert.Equal(1, Likeness.Rank(distances, labels, 2));
    }

    [Fact]
    public void A_copy_of_a_training_example_is_the_nearest_of_its_class()
    {
        using var data = Samples.Learnable(40, 10, 6);
        using var both = data with { Train = data.Train.With(), Test = data.Train.Take(10) };
        var labels = Labels(data);
        InfluencePair[] pairs = [new(4, 4, 1, 1, 1), new(7, 7, 1, 1, 1)];
        var found = Likeness.Of(both, pairs, [.. labels.Select(_ => true)], new Seeds(1), CancellationToken.None);
        Assert.Equal(pairs.Select(pair => 1.0 / labels.Count(label => label == labels[pair.Train])), found.PairRanks);
        Assert.All(found.OtherRanks, (rank, p) => Assert.True(rank > found.PairRanks[p]));
    }

    [Fact]
    public void Without_another_memorized_example_there_is_none_to_compare_with()
    {
        using var data = Samples.Learnable(40, 10, 6);
        var memorized = new bool[40];
        memorized[4] = true;
        var found = Likeness.Of(data, [new(4, 2, 1, 1, 1)], memorized, new Seeds(1), CancellationToken.None);
        Assert.Null(Assert.Single(found.OtherRanks));
    }

    [Fact]
    public void The_neighbours_are_those_of_a_loop()
    {
        using var data = Samples.Learnable(40, 10, 6);
        var found = Likeness.Of(data, [], new bool[40], new Seeds(1), CancellationToken.None).OwnNeighbours;
        var (labels, rows) = (Labels(data), Rows(data));
        for (var i = 0; i < 40; i++)
        {
            var nearest = Enumerable
                .Range(0, 40)
                .Where(j => j != i)
                .OrderBy(j => rows[i].Zip(rows[j], (a, b) => (a - b) * (a - b)).Sum())
                .Take(Likeness.Neighbours);
            Assert.Equal(nearest.Count(j => labels[j] == labels[i]) / 10.0, found[i], 1e-6);
        }
    }

    private static long[] Labels(DatasetSplits data) => data.Train.Labels.data<long>().ToArray();

    private static double[][] Rows(DatasetSplits data)
    {
        using var prepared = Rote.Training.PreparedData.From(data.Train, Precision.Float32);
        return [.. prepared.Inputs.data<float>().ToArray().Select(value => (double)value).Chunk(36)];
    }
}
