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

    [Fact]
    public void A_lone_example_has_no_votes_and_every_class_is_as_likely()
    {
        using var features = ones(1, 4);
        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f], NeighbourVotes.Of(features, [2], 4));
    }

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b).Sum(p => (double)p.First * p.Second) / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));
}
