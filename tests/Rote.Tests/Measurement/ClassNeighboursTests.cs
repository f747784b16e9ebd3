using Rote.Measurement;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class ClassNeighboursTests
{
    private const int Examples = 37;
    private const int Features = 5;
    private const int Classes = 4;

    [Fact]
    public void They_are_the_nearest_of_a_naive_loop()
    {
        using var scope = NewDisposeScope();
        var stream = new Seeds(1).Stream("features");
        var features = new float[Examples * Features];
        stream.FillGaussian(features);
        int[] labels = [.. Enumerable.Range(0, Examples).Select(_ => stream.NextInt(Classes - 1))]; // the last class has no example
        var found = ClassNeighbours.Of(tensor(features, [Examples, Features]), labels, Classes);
        for (var i = 0; i < Examples; i++)
        {
            for (var k = 0; k < Classes; k++)
            {
                var best = Enumerable
                    .Range(0, Examples)
                    .Where(j => j != i && labels[j] == k)
                    .Select(j => (j, Cosine(features, i, j)))
                    .DefaultIfEmpty((-1, ClassNeighbours.None))
                    .MaxBy(c => c.Item2);
                Assert.Equal(best.Item1, found.Row[(i * Classes) + k]);
                Assert.Equal(best.Item2, found.Similarity[(i * Classes) + k], 1e-5);
            }

            Assert.Equal(found.Similarity[(i * Classes) + labels[i]], found.Agreeing(i, labels[i]));
            Assert.Equal(
                Enumerable.Range(0, Classes).Where(k => k != labels[i]).Max(k => found.Similarity[(i * Classes) + k]),
                found.Contradicting(i, labels[i])
            );
        }
    }

    // 1,300 queries are three blocks.
    [Fact]
    public void Blocks_at_the_same_time_and_rows_made_a_few_at_a_time_give_the_same_bits()
    {
        const int Count = 1300;
        using var scope = NewDisposeScope();
        var stream = new Seeds(2).Stream("features");
        var values = new float[Count * Features];
        stream.FillGaussian(values);
        int[] labels = [.. Enumerable.Range(0, Count).Select(_ => stream.NextInt(Classes))];
        var features = tensor(values, [Count, Features]);
        var kept = KeptClasses.All(Count, Classes);
        var doubled = FeatureRows.Of(features) with { At = rows => features.index_select(0, rows) * 2 }; // of the same directions
        var (one, shares) = (ClassNeighbours.Of(features, labels, Classes), new List<double>());
        var three = new NeighbourSearch(doubled, labels) { Done = Told, Together = 3 }.Find(kept, default);
        Assert.Equal(one.Row, three.Row);
        Assert.Equal(one.Similarity, three.Similarity);
        Assert.Equal([1 / 3.0, 2 / 3.0, 1], shares.Order());

        var votes = NeighbourVotes.Of(doubled, labels, kept, Told, default).Values;
        Assert.Equal(NeighbourVotes.Of(features, labels, Classes), votes);

        void Told(double share)
        {
            lock (shares)
            {
                shares.Add(share);
            }
        }
    }

    [Fact]
    public void Some_examples_can_be_asked_about()
    {
        using var scope = NewDisposeScope();
        var features = tensor(new float[] { 1, 0, 0, 1, 1, 1 }, [3, 2]);
        var found = ClassNeighbours.Of(features, [0, 1, 1], 2, [2]);
        Assert.Equal([0, 1], found.Row);
    }

    private static float Cosine(float[] features, int i, int j)
    {
        double Product(int a, int b) =>
            Enumerable.Range(0, Features).Sum(d => (double)features[(a * Features) + d] * features[(b * Features) + d]);
        return (float)(Product(i, j) / Math.Sqrt(Product(i, i) * Product(j, j)));
    }
}
