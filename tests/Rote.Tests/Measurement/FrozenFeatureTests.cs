using Rote.Measurement;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Measurement;

/// <summary>What a linear rule and the nearest examples say of frozen features, against naive loops.</summary>
[NoTensorLeaks]
public sealed class FrozenFeatureTests
{
    private const int Count = 120;
    private const int Classes = 3;

    private static readonly (float[] Features, int Class)[] Rows = Clusters();

    private static int[] Labels => [.. Rows.Select((row, i) => i < 6 ? (row.Class + 1) % Classes : row.Class)];

    [Fact]
    public void A_linear_rule_tells_the_classes_of_examples_that_it_was_not_fitted_on()
    {
        using var features = Features();
        var found = LinearProbe.Of(features, Labels, Classes, Fold());
        Assert.All(found.Chunk(Classes), row => Assert.Equal(1, row.Sum(), 1e-5));
        Assert.InRange(Enumerable.Range(6, Count - 6).Count(i => ArgMax.Of(found.AsSpan(i * Classes, Classes)) == Rows[i].Class), 105, 114);
        Assert.InRange(Enumerable.Range(0, 6).Count(i => found[(i * Classes) + Labels[i]] < 0.3), 5, 6);
    }

    [Fact]
    public void No_example_helps_to_predict_itself()
    {
        using var features = Features();
        var (before, after) = (Labels, Labels);
        after[50] = (after[50] + 1) % Classes;
        var fold = Fold();
        var first = LinearProbe.Of(features, before, Classes, fold);
        var second = LinearProbe.Of(features, after, Classes, fold);
        var votes = NeighbourVotes.Of(features, before, Classes).AsSpan(50 * Classes, Classes).ToArray();
        Assert.Equal(votes, NeighbourVotes.Of(features, after, Classes).AsSpan(50 * Classes, Classes).ToArray());

        // The factor that makes probabilities of values is fitted on all examples, so only the order of the classes is equal.
        static int[] Order(float[] all) => [.. Enumerable.Range(0, Classes).OrderBy(k => all[(50 * Classes) + k])];
        Assert.Equal(Order(first), Order(second));
    }

    [Fact]
    public void Votes_are_those_of_a_naive_loop()
    {
        using var features = Features();
        var found = NeighbourVotes.Of(features, Labels, Classes);
        for (var i = 0; i < Count; i++)
        {
            var near = Enumerable
                .Range(0, Count)
                .Where(j => j != i)
                .Select(j => (Cosine: Cosine(Rows[i].Features, Rows[j].Features), Label: Labels[j]))
                .OrderByDescending(other => other.Cosine)
                .Take(20)
                .ToArray();
            var total = near.Sum(other => Math.Exp(8 * (other.Cosine - 1)));
            for (var k = 0; k < Classes; k++)
            {
                var share = near.Where(other => other.Label == k).Sum(other => Math.Exp(8 * (other.Cosine - 1))) / total;
                Assert.Equal((0.98 * share) + (0.02 / Classes), found[(i * Classes) + k], 1e-4);
            }
        }
    }

    private static Tensor Features() => tensor(Rows.SelectMany(row => row.Features).ToArray(), [Count, 4]);

    /// <summary>Three classes in as many directions, with noise; the fourth feature is noise alone.</summary>
    private static (float[] Features, int Class)[] Clusters()
    {
        var stream = new Seeds(3).Stream("test/clusters");
        return
        [
            .. Enumerable
                .Range(0, Count)
                .Select(i =>
                    (
                        Enumerable.Range(0, 4).Select(k => (float)((k == i % Classes ? 2 : 0) + (2 * stream.NextDouble()) - 1)).ToArray(),
                        i % Classes
                    )
                ),
        ];
    }

    private static long[] Fold() => [.. Enumerable.Range(0, Count).Select(i => (long)i)];

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b).Sum(p => (double)p.First * p.Second) / Math.Sqrt(a.Sum(v => (double)v * v) * b.Sum(v => (double)v * v));
}
