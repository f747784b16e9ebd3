using Rote.Measurement;
using static TorchSharp.torch;

namespace Rote.Tests.Measurement;

/// <summary>kNN votes without an example's own label.</summary>
public sealed class NeighbourVotesTests
{
    [Fact]
    public void Votes_equal_a_naive_loop()
    {
        const int count = 40;
        const int classes = 3;
        using var features = randn([count, 5], generator: new Generator(3));
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i * 7 % classes)];
        var found = NeighbourVotes.Of(features, labels, classes);

        var rows = Enumerable.Range(0, count).Select(i => features[i].data<float>().ToArray()).ToArray();
        for (var i = 0; i < count; i++)
        {
            var near = Enumerable.Range(0, count).Where(j => j != i).OrderByDescending(j => Cosine(rows[i], rows[j])).Take(20).ToArray();
            var weights = near.Select(j => Math.Exp(8 * (Cosine(rows[i], rows[j]) - 1))).ToArray();
            for (var k = 0; k < classes; k++)
            {
                var share = near.Zip(weights).Where(p => labels[p.First] == k).Sum(p => p.Second) / weights.Sum();
                Assert.Equal((0.98 * share) + (0.02 / classes), found[(i * classes) + k], 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(50_000)]
    [InlineData(50_001)]
    [InlineData(60_000)]
    [InlineData(117 * NeighbourVotes.Group)]
    public void The_nearest_of_many_are_those_of_a_selection_among_all(int count)
    {
        using var scope = NewDisposeScope();
        var similar = randn([5, count], generator: new Generator(1));
        similar[0].narrow(0, count - 7, 7).fill_(9); // in the last group, or in what is left of one
        similar[1].narrow(0, 100, 25).fill_(9); // more than are asked for, all equal
        var (expected, places) = similar.topk(20, 1);
        var (values, rows) = NeighbourVotes.Nearest(similar, 20);
        Assert.Equal(expected.data<float>().ToArray(), values.data<float>().ToArray());
        Assert.Equal(expected.data<float>().ToArray(), similar.gather(1, rows).data<float>().ToArray());
        for (var row = 0; row < 5; row++)
        {
            var found = rows[row].data<long>().ToArray();
            Assert.Equal(20, found.Distinct().Count());
            Assert.True(row is 0 or 1 || found.SequenceEqual(places[row].data<long>().ToArray()));
        }
    }

    [Fact]
    public void A_lone_example_has_no_votes_and_every_class_is_as_likely()
    {
        using var features = ones(1, 4);
        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f], NeighbourVotes.Of(features, [2], 4));
    }

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b).Sum(p => (double)p.First * p.Second) / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));
}
